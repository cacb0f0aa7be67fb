"""Manifest: what a snapshot was built from and with, and the files it is made of."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError

from corpus.document import SourceKind, digest
from corpus.errors import Inconsistent, IndexMismatch
from index import lexical, texts, tokens
from index.encoders.base import Encoder
from index.encoders.models import file_sha256

FORMAT = 1
NAME = "manifest.json"
REMEDY = "run `curbside index`"


@dataclass(frozen=True, slots=True)
class File:
    """One file of a snapshot: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """One snapshot. `documents` and `passages` count by kind; `created` is ISO 8601 in UTC."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    format: int
    created: str
    encoder: str
    dim: int
    corpus: str
    engine: str
    documents: dict[SourceKind, int]
    passages: dict[SourceKind, int]
    sentences: int
    files: dict[str, File]

    def require(self, encoder: Encoder | None = None, corpus_fingerprint: str | None = None) -> None:
        """Raise IndexMismatch, with the remedy, unless the snapshot fits what is given."""
        if encoder is not None and encoder.fingerprint != self.encoder:
            raise IndexMismatch(
                f"the index was built with the encoder {self.encoder}, the settings say {encoder.fingerprint}: {REMEDY}"
            )
        if encoder is not None and encoder.dim != self.dim:
            raise IndexMismatch(
                f"the index holds vectors of {self.dim} numbers, the encoder gives {encoder.dim}: {REMEDY}"
            )
        if corpus_fingerprint is not None and corpus_fingerprint != self.corpus:
            raise IndexMismatch(
                f"the index was built from the corpus {self.corpus[:16]}, the corpus is now {corpus_fingerprint[:16]}: "
                f"{REMEDY}"
            )


_ADAPTER = TypeAdapter(Manifest)


def snapshot_id(encoder: Encoder, corpus_fingerprint: str, engine: str) -> str:
    """Return 16 hex digits: the same for the same corpus, encoder, engine and rules of this code."""
    rules = [FORMAT, texts.VERSION, tokens.VERSION, lexical.VERSION]
    return digest([rules, encoder.fingerprint, encoder.dim, corpus_fingerprint, engine])[:16]


def read_manifest(folder: Path) -> Manifest:
    """Return the folder's manifest. Raises Inconsistent where it is not whole or a file has another size."""
    path = folder / NAME
    try:
        manifest = _ADAPTER.validate_json(path.read_bytes())
    except OSError as error:
        raise Inconsistent(f"no snapshot at {folder} ({error.strerror}): {REMEDY}") from None
    except ValidationError as error:
        raise Inconsistent(f"{path} is not what was written there ({error.error_count()} faults): {REMEDY}") from None
    if manifest.format != FORMAT:
        raise IndexMismatch(f"{folder} has format {manifest.format}, this program reads {FORMAT}: {REMEDY}")
    for name, file in manifest.files.items():
        held = folder / name
        size = held.stat().st_size if held.is_file() else None
        if size != file.size:
            found = "is missing" if size is None else f"has {size} bytes"
            raise Inconsistent(f"{held} {found}, {file.size} were written: {REMEDY}")
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into the folder."""
    (folder / NAME).write_bytes(_ADAPTER.dump_json(manifest, indent=1) + b"\n")


def files_of(folder: Path) -> dict[str, File]:
    """Return every file under the folder, by its path there, with size and hash."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {p.relative_to(folder).as_posix(): File(p.stat().st_size, file_sha256(p)) for p in paths}


def verify_files(folder: Path) -> Manifest:
    """Return the manifest after comparing every byte with its hashes. Raises Inconsistent."""
    manifest = read_manifest(folder)
    for name, file in manifest.files.items():
        found = file_sha256(folder / name)
        if found != file.sha256:
            raise Inconsistent(f"{folder / name} has SHA-256 {found[:16]}…, {file.sha256[:16]}… was written: {REMEDY}")
    return manifest
