"""What a roster would change, and which machine is which."""
