"""Tests of the reply: the sender's own file marked, and what comes back of it."""
