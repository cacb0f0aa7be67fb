"""Which of two versions of a publication is the one to answer from, and where the publication stands."""

import re
from dataclasses import dataclass
from datetime import date

from corpus.document import Document, Integrity

_NUMBERS = re.compile(r"v?(\d+(?:\.\d+)*)", re.IGNORECASE)
_SEVERITY = {
    state: rank
    for rank, state in enumerate(
        (
            Integrity.CURRENT,
            Integrity.CORRECTED,
            Integrity.SUPERSEDED,
            Integrity.CONCERN,
            Integrity.WITHDRAWN,
            Integrity.RETRACTED,
        )
    )
}
_STAYS = frozenset({Integrity.CONCERN, Integrity.WITHDRAWN, Integrity.RETRACTED})


@dataclass(frozen=True, slots=True)
class Edition:
    """What tells versions of one publication apart in time."""

    version: str
    effective: str
    is_digest: bool
    retrieved: date

    @classmethod
    def of(cls, document: Document, retrieved: date) -> "Edition":
        """Return a document's edition."""
        return cls(document.version, document.effective, bool(document.digest_of), retrieved)


def is_newer(arriving: Edition, held: Edition) -> bool:
    """Return whether the arriving version takes the held one's place.

    The first of these that tells them apart decides: the publication itself before a digest of it;
    the higher version number, where both are numbers; the later effective date, as far as both are
    given; the later retrieval. Nothing tells them apart: the one that arrives, since the same
    file read better is a new version too.
    """
    if arriving.is_digest != held.is_digest:
        return held.is_digest
    numbers = _numbers(arriving.version), _numbers(held.version)
    if numbers[0] and numbers[1] and numbers[0] != numbers[1]:
        return numbers[0] > numbers[1]
    known = min(len(arriving.effective), len(held.effective))
    dates = arriving.effective[:known], held.effective[:known]
    if dates[0] != dates[1]:
        return dates[0] > dates[1]
    return arriving.retrieved >= held.retrieved


def raised(standing: Integrity, arriving: Integrity) -> Integrity:
    """Return the graver of two states: a text that arrives again never clears the publication's name."""
    return max(standing, arriving, key=_SEVERITY.__getitem__)


def succeeded(standing: Integrity, arriving: Integrity) -> Integrity:
    """Return the state once a newer version is current: its own, but a concern or worse stays until lifted by hand."""
    return raised(standing, arriving) if standing in _STAYS else arriving


def reported_by_older(standing: Integrity, arriving: Integrity) -> Integrity:
    """Return the state after an older version arrived: only a concern or worse reaches the newer one."""
    return raised(standing, arriving) if arriving in _STAYS else standing


def of_version(standing: Integrity, is_current: bool) -> Integrity:
    """Return where one version stands: one that is not current is superseded, if nothing worse."""
    return standing if is_current else raised(standing, Integrity.SUPERSEDED)


def _numbers(version: str) -> tuple[int, ...]:
    match = _NUMBERS.fullmatch(version.strip())
    return tuple(int(part) for part in match[1].split(".")) if match else ()
