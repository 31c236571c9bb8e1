"""A sheet read to firms, machines, permits and acts, with every row accounted for."""
