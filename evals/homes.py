"""Indexes of gold sets: each corpus gets a data folder of its own, kept by content; the user's is only read."""

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from corpus.document import Document, digest
from corpus.errors import UnreadableFile
from corpus.passage import SplitDocument
from index.encoders.base import Encoder
from index.publish import publish
from ingest.readers.base import PartlyUnreadable, read_any
from ingest.splitter import EncoderSplitter
from ingest.unpack import DEFAULT_LIMITS
from ingest.walk import Skipped, walk

Step = Callable[[str, int, int], None]
_ROOT = Path(__file__).resolve().parents[1]


class Homes:
    """Data folders under `folder`, one for each corpus; models come from `home`, vectors are encoded once for all."""

    def __init__(self, folder: Path, home: Path, encoder: Encoder) -> None:
        self._folder = folder.resolve()
        self._models = home.resolve() / "models"
        self._encoder = encoder
        self._splitter = EncoderSplitter(encoder)
        self._used: set[Path] = set()
        self._code = code_fingerprint("corpus", "ingest", "index")

    def built(
        self, name: str, documents: Iterable[Document], without: frozenset[str], step: Step = lambda s, d, t: None
    ) -> Path:
        """Return the data folder that serves these documents less those left out by key, built where it is not there.

        The first document of a key counts. Documents that cannot be split are left out, as at ingest.
        """
        unique = {document.key: document for document in reversed(list(documents)) if document.key not in without}
        kept = list(reversed(unique.values()))
        fingerprint = digest([self._code, self._splitter.fingerprint, [(d.id, d.integrity, d.notice) for d in kept]])
        home = self._folder / "homes" / name / fingerprint[:16]
        self._link(home)
        self._used.add(home)
        publish(home, self._split(name, kept, step), self._encoder, corpus_fingerprint=fingerprint, progress=step)
        return home

    def prune(self, name: str) -> None:
        """Remove the folders of a set that this run did not use: those of older documents or older code."""
        for folder in (self._folder / "homes" / name).glob("*"):
            if folder not in self._used:
                shutil.rmtree(folder)

    def _split(self, name: str, documents: list[Document], step: Step) -> Iterator[SplitDocument]:
        for number, document in enumerate(documents, 1):
            step(f"{name}: reading", number, len(documents))
            try:
                passages = self._splitter.split(document)
            except UnreadableFile:  # an index of drug classes has no text
                continue
            if passages:
                yield SplitDocument(document, passages)

    def _link(self, home: Path) -> None:
        """Give a folder the models of the user's home, and the vectors that all corpora share."""
        home.mkdir(parents=True, exist_ok=True)
        vectors = self._folder / "vectors"
        vectors.mkdir(exist_ok=True)
        for link, target in ((home / "models", self._models), (home / "vectors", vectors)):
            if link.is_symlink() and link.readlink() != target:
                link.unlink()
            if not link.exists():
                link.symlink_to(target, target_is_directory=True)


def documents_under(path: Path) -> tuple[list[Document], list[str]]:
    """Return the documents of a file or folder as ingest reads them, and a line for each file not read."""
    documents: list[Document] = []
    skipped: list[str] = []
    for found in walk([path], DEFAULT_LIMITS):
        if isinstance(found, Skipped):
            skipped.append(f"{found.name}: {found.reason}")
            continue
        try:
            documents += read_any(found)
        except PartlyUnreadable as error:
            documents += error.documents
            skipped.append(f"{found.name}: {error.reason}")
        except UnreadableFile as error:
            skipped.append(f"{found.name}: {error.reason}")
    return documents, skipped


def code_fingerprint(*packages: str) -> str:
    """Return a hash of the source files, and of the tables beside them, of some of our packages."""
    whole = hashlib.sha256()
    for package in packages:
        for path in sorted((_ROOT / package).rglob("*")):
            if path.suffix in (".py", ".json") and path.is_file():
                whole.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()
