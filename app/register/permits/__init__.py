"""Procedures (手续) of firms: what each must hold against what it holds, what ends when, versions, doubtful numbers."""
