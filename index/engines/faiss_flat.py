"""The plain exact engine: every vector in float32, compared with every question."""

from typing import Any

import faiss

from index.faiss_engine import FaissEngine


class FaissFlat(FaissEngine):
    """A flat FAISS index: 1,536 bytes a passage at 384 dimensions, all of them read for every question."""

    error = 1e-6  # FAISS and numpy add up in different orders

    @classmethod
    def _empty(cls, dim: int) -> Any:
        return faiss.IndexFlatIP(dim)


ENGINE = FaissFlat
