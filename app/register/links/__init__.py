"""Upload links: a township sends its files without an account; what comes waits until an officer applies it."""
