"""Passages and their vectors: encoders, BM25, engines, snapshots, search."""
