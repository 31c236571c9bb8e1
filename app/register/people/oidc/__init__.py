"""Signing in by an identity platform (OpenID Connect): its configuration, what it says, whom it stands for here."""
