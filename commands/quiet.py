"""Silence for the libraries that export the encoder: their remarks about themselves, nothing else."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_TALKERS = ("torch.onnx", "transformers", "sentence_transformers", "onnxscript", "onnx_ir")


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Keep the export's libraries to errors for the block, and leave them as they were found."""
    levels = {name: logging.getLogger(name).level for name in _TALKERS}
    for name in _TALKERS:
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
