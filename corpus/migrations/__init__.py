"""The store's schema, step by step; `corpus.database` runs what is missing when a store is opened."""

from pathlib import Path

HERE = Path(__file__).parent
HEAD = "0005"
