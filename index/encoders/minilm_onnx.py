"""MiniLM-L6 in ONNX Runtime: what asking and ingest use; neither torch nor transformers is imported."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.encoders.models import MODEL, Precision, Verified, model_file, tokenizer_file

MAX_TOKENS = 256
# Up to so many texts, forms of one question, are taken apart one after another.
FEW = 8


class MiniLmOnnx:
    """One exported and verified precision of MiniLM-L6.

    Every text goes through the network by itself, in as many threads as were asked for: int8
    scales its activations by the largest of a whole batch, so that in batches a text's vector
    would depend on its neighbours (cosine down to 0.97 was seen), and the cache would hold
    chance. It is not slower: no padding is computed.
    """

    def __init__(self, folder: Path, precision: Precision = "int8", threads: int = 2) -> None:
        verified = Verified.of(folder, precision)
        self.fingerprint = f"{MODEL}/{precision}/{verified.sha256[:16]}"
        self.dim = verified.dim
        self.max_tokens = MAX_TOKENS
        # Its threads are begun when first needed, and stay.
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="encode") if threads > 1 else None
        self._tokenizer = _tokenizer(folder)
        self._cutting = _tokenizer(folder)
        self._cutting.enable_truncation(MAX_TOKENS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(model_file(folder, precision)), options, providers=["CPUExecutionProvider"]
        )

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return each text's number of tokens, specials included, uncut."""
        return [len(encoding.ids) for encoding in self._tokenizer.encode_batch_fast(_clean(texts))]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dim), float32, in the texts' order."""
        encodings = self._cut(_clean(texts))
        if len(encodings) < 2 or self._pool is None:
            vectors = [self._vector(encoding) for encoding in encodings]
        else:
            vectors = list(self._pool.map(self._vector, encodings))
        return np.stack(vectors) if vectors else np.empty((0, self.dim), np.float32)

    def _cut(self, texts: list[str]) -> list[Encoding]:
        """Return the texts' tokens, no more than the network reads."""
        if len(texts) > FEW:
            return self._cutting.encode_batch_fast(texts)
        # A batch gives up the interpreter, and would wait for whoever works beside this, 5 ms at worst, to get it back.
        return [self._cutting.encode(text) for text in texts]

    def _vector(self, encoding: Encoding) -> NDArray[np.float32]:
        ids = np.array([encoding.ids], np.int64)
        outputs: list[Any] = self._session.run(["vectors"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        vector: NDArray[np.float32] = outputs[0][0]
        return vector


def _tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(tokenizer_file(folder)))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _clean(texts: Sequence[str]) -> list[str]:
    """Return the texts with lone surrogates replaced: the tokenizer takes UTF-8 only."""
    return [text.encode("utf-8", "replace").decode() for text in texts]
