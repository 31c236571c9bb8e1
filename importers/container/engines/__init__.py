"""The engines: each reads one family of formats, inside the limited child."""
