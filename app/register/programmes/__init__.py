"""Programmes over the register: each firm's stage and why, buckets, stated figures and what they leave."""
