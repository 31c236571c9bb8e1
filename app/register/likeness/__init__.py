"""How alike two descriptions of firms are: candidates with their reasons, for a person to decide. Pure."""
