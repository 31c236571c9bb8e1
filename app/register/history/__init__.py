"""The history of firms, the difference between two moments with its reasons, and alarms."""
