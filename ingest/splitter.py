"""What cuts documents into passages: the splitter of an encoder, with a fingerprint of all that decides them."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Protocol

from corpus import passage
from corpus.document import Document, digest
from corpus.passage import Passage
from index.encoders.base import Encoder
from ingest.split import split


class Splitter(Protocol):
    """Documents → passages, and what decides where they are cut."""

    @property
    def fingerprint(self) -> str:
        """Return what decides the passages: the rules, the tokenizer, the limit."""

    def split(self, document: Document) -> tuple[Passage, ...]:
        """Return the document's passages in reading order. Raises UnreadableFile."""


class EncoderSplitter:
    """Documents → passages that this encoder reads uncut."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.fingerprint = digest([_rules(), encoder.fingerprint, encoder.max_tokens])[:16]

    def split(self, document: Document) -> tuple[Passage, ...]:
        """Return the document's passages in reading order. Raises UnreadableFile."""
        return split(document, self._encoder.count_tokens, self._encoder.max_tokens)


@cache
def _rules() -> str:
    """Return a hash of the code that cuts: when a rule changes, what it had cut is cut anew."""
    here = Path(__file__).parent
    files = [*sorted(here.glob("sentence*.py")), here / "split.py", here / "balance.py", Path(passage.__file__)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
