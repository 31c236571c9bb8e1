"""What cells say: tables of examples, and round trips."""
