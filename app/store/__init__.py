"""How facts are kept: the only SQLAlchemy models, the one bitemporal writer, guards, engine and unit of work."""
