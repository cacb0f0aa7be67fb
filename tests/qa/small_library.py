"""A small library on drugs that do not exist: thirteen Markdown documents, read, split and published as any others."""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.store import Store
from index.publish import publish
from ingest import pipeline
from ingest.splitter import EncoderSplitter
from qa.drug_names import FILE_NAME, FORMAT

DOCUMENTS = Path(__file__).parent / "documents"
# What the dictionary of drug names knows: three drugs that are held, and fortemine, which is not.
NAMES = {
    "zelomab": ["zelomab"],
    "zelo": ["zelomab"],
    "velatide": ["velatide"],
    "velat": ["velatide"],
    "ordazine": ["ordazine"],
    "ordaz": ["ordazine"],
    "fortemine": ["fortemine"],
}
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset("a an and are as at be by do does for from in is it of on or should the to was what with".split())


class BagEncoder:
    """Texts that share words are alike: each word, cut to six letters, has a direction of its own."""

    fingerprint = "bag/1"
    dim = 256
    max_tokens = 128

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) + 2 for text in texts]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._vector(text) for text in texts]) if texts else np.empty((0, self.dim), np.float32)

    def _vector(self, text: str) -> NDArray[np.float32]:
        total = np.full(self.dim, 1e-3, np.float32)
        for word in _WORD.findall(text.lower()):
            if word not in _SMALL:
                seed = int.from_bytes(hashlib.sha256(word[:6].encode()).digest()[:8], "little")
                total += np.random.default_rng(seed).standard_normal(self.dim, np.float32)
        unit: NDArray[np.float32] = total / np.linalg.norm(total)
        return unit.astype(np.float32)


def build(home: Path, *, leave_out: frozenset[str] = frozenset()) -> Path:
    """Return the data folder with a published snapshot of the documents but those named in `leave_out`."""
    body = {"format": FORMAT, "source": "a test", "names": NAMES, "shown": {}, "starts": {}}
    (home / "models").mkdir(parents=True)
    (home / "models" / FILE_NAME).write_text(json.dumps(body), encoding="utf-8")
    encoder = BagEncoder()
    files = [path for path in sorted(DOCUMENTS.glob("*.md")) if path.stem not in leave_out]
    with Store.open(home) as store:
        report = pipeline.ingest(files, store, EncoderSplitter(encoder), retrieved=date(2026, 11, 23))
        assert report.read == len(files), report
        publish(home, store.current_split(), encoder, corpus_fingerprint=store.fingerprint())
    return home
