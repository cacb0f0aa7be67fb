"""Bytes from the world become documents, passages, and a published snapshot."""
