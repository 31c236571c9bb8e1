"""How others call it: the REST API, its schemas beside its routes; no SQL, no rules."""
