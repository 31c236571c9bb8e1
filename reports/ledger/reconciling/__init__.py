"""Whether the sheets add up: each sum held against its parts, and what fails by name."""
