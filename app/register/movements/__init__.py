"""What changed in a county between two moments: movements by family and township that add up, and why each."""
