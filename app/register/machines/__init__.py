"""Which machine, permit or action of a listing is which known one, and which came in the place of which."""
