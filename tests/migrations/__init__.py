"""Tests of how the tables came to be."""
