"""What waits for a person and what she decides: conflicts, who is who, merging, missing firms."""
