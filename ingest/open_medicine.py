"""The guideline digests inside the installed package open-medicine (MIT), as files for the pipeline.

The package has a registry (registry.json: title, DOI, year, organisation, topics) and a folder of
Markdown files for each guideline. What belongs to one guideline is bundled into one file, which the
reader `readers/open_medicine.py` turns into a document: so the bytes that a document was made of are
kept like any others, and the document can be made from them again.
"""

import json
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from corpus.errors import NotReady, UnreadableFile
from ingest.readers.base import RawFile

PACKAGE = "open-medicine"


def files() -> Iterator[RawFile]:
    """Yield one file a guideline, in the order of the registry, the same bytes for the same package version.

    Raises NotReady where the package is not installed, UnreadableFile where it is not laid out as known.
    """
    try:
        package = distribution(PACKAGE)
    except PackageNotFoundError as error:
        raise NotReady(f"{PACKAGE} is not installed: run `pip install {PACKAGE}`") from error
    folder = Path(str(package.locate_file("open_medicine/guidelines")))
    for entry in _registry(folder):
        name = f"{PACKAGE}-{package.version}/{entry.get('id', '')}.json"
        bundle = {"package": PACKAGE, "version": package.version, "entry": entry, "files": _texts(folder, entry)}
        yield RawFile(name, json.dumps(bundle, ensure_ascii=False, indent=1, sort_keys=True).encode())


def _registry(folder: Path) -> list[dict[str, object]]:
    try:
        entries = json.loads((folder / "registry.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{PACKAGE}: its registry cannot be read ({error}): install the package again") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UnreadableFile(f"{PACKAGE}: its registry is not a list of guidelines; this version is not known here")
    return entries


def _texts(folder: Path, entry: dict[str, object]) -> dict[str, str]:
    """Return the Markdown of each section that the registry names."""
    sections = entry.get("sections")
    names = [str(name) for name in sections] if isinstance(sections, list) else []
    try:
        content = folder / "content" / str(entry.get("id"))
        return {name: (content / f"{name}.md").read_text(encoding="utf-8") for name in names}
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{PACKAGE}: the text of {entry.get('id')} cannot be read ({error})") from error
