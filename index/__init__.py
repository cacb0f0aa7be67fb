"""Passages and their vectors: encoders, BM25, engines, snapshots, search."""

import os

# The products of a question are small: a second BLAS thread only spins, and doubled the time to an answer on two
# cores. Takes effect where numpy has not been imported before; FAISS and ONNX Runtime have threads of their own.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
