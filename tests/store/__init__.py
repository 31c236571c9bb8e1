"""Tests of how facts are kept."""
