"""The calendar: the county's table of holidays, what falls due of whom, and reminders ready to send."""
