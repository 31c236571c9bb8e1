"""What was said becomes what holds: statements, identity, settling, timelines, and the register as of a day."""
