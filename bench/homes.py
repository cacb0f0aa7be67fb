"""Data folders to measure on: one of as many real passages as asked for, kept and used again."""

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document, digest
from corpus.passage import Passage, SplitDocument
from evals import corpora
from index.encoders.base import Encoder
from index.encoders.minilm_onnx import MiniLmOnnx
from index.encoders.models import Precision, model_folder
from index.export import export_model
from index.manifest import Manifest
from index.publish import publish
from ingest.split import TARGET_TOKENS, split
from ingest.splitter import EncoderSplitter
from qa import drug_names

# The texts hold fewer than 60,000 passages of the usual size, and 108,000 balanced around 90 tokens.
HELD_AT_USUAL_SIZE = 50_000
SMALL_TOKENS = 90
_ROOT = Path(__file__).resolve().parents[1]

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """A home, its manifest, and how long it took to build; 0 where it was there already."""

    home: Path
    manifest: Manifest
    target_tokens: int
    seconds: float


def target_tokens(passages: int) -> int:
    """Return the size that passages are balanced around so that the texts give as many as asked for."""
    return TARGET_TOKENS if passages <= HELD_AT_USUAL_SIZE else SMALL_TOKENS


def encoder_at(home: Path, precision: Precision, threads: int) -> MiniLmOnnx:
    """Return the home's encoder, exported first where it is not there, with the drug names beside it."""
    export_model(home)
    if not (home / "models" / drug_names.FILE_NAME).exists():
        drug_names.export(home / "models")
    return MiniLmOnnx(model_folder(home), precision, threads)


def scaled(cache: Path, data: Path, passages: int, encoder: Encoder, engine: str, progress: Progress) -> Built:
    """Return the home under `cache` that serves this many passages, built where it does not yet."""
    target = target_tokens(passages)

    def cut(document: Document) -> tuple[Passage, ...]:
        return split(document, encoder.count_tokens, encoder.max_tokens, target)

    def found() -> Iterator[SplitDocument]:
        held = 0
        for one in corpora.passages(corpora.documents(data), cut, passages):
            yield one
            held += len(one.passages)
            progress("passages", held, passages)

    began = time.perf_counter()
    name = digest(["bench", passages, target, EncoderSplitter(encoder).fingerprint, _sources()])
    told = _Told(progress)
    manifest = publish(cache, found(), encoder, corpus_fingerprint=name, engine=engine, keep=3, progress=told)
    return Built(cache, manifest, target, time.perf_counter() - began if told.any else 0.0)


class _Told:
    """Passes on what it hears, and remembers whether it heard anything."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.any = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        self.any = True
        self._progress(stage, done, total)


def _sources() -> str:
    """Return a hash of what the documents are read with, and of the starter corpus."""
    files = [*(_ROOT / "ingest").rglob("*.py"), *(_ROOT / "corpus").glob("*.py"), *corpora.STARTER.rglob("*.md")]
    whole = hashlib.sha256(Path(corpora.__file__).read_bytes())
    for path in sorted(files):
        whole.update(path.read_bytes())
    return whole.hexdigest()
