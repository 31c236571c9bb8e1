"""What may be done: verbs that take a Session first and never commit, and queries."""
