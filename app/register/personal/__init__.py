"""Personal data: shown whole to whom the right is given, for a purpose, and recorded."""
