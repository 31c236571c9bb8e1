"""Tests of the container: true types, guard, limited child, engines."""
