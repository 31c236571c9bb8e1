"""What each clause says of each machine: asked of the database, refined and explained in Python, reckoned up."""
