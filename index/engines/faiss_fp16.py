"""The exact engine for large collections: a pass over half-precision vectors, the nearest compared in full."""

from typing import Any

import faiss

from index.faiss_engine import FaissEngine


class FaissFp16(FaissEngine):
    """A FAISS index of float16 vectors beside one of float32, which stays on the disk but for the nearest.

    The results are those of the plain engine: rounding a unit vector to float16 moves its inner
    product with another by at most 2^-11, and what lies within that of the last place is looked at.
    """

    error = 2**-11 + 1e-5  # and what is too small for float16 to hold in full

    def __init__(self, index: Any) -> None:
        super().__init__(index)
        self._scan = faiss.downcast_index(index.base_index)
        self._exact = faiss.downcast_index(index.refine_index)

    @classmethod
    def _empty(cls, dim: int) -> Any:
        rounded = faiss.IndexScalarQuantizer(dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        index = faiss.IndexRefineFlat(rounded)
        index.is_trained = True  # half precision needs no training
        return index


ENGINE = FaissFp16
