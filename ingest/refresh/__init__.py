"""Refresh: what the followed sources have now → what has changed of it → one new snapshot."""
