"""Copies of files without some people."""
