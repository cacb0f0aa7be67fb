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
    """What tells versions of one publication apart; `characters` counts the text of all sections."""

    version: str
    effective: str
    is_digest: bool
    retrieved: date
    raw_sha256: str
    characters: int

    @classmethod
    def of(cls, document: Document, retrieved: date, raw_sha256: str) -> "Edition":
        """Return a document's edition."""
        characters = sum(len(section.text) for section in document.sections)
        is_digest = bool(document.digest_of)
        return cls(document.version, document.effective, is_digest, retrieved, raw_sha256, characters)


def is_newer(arriving: Edition, held: Edition, *, elsewhere: bool = False) -> bool:
    """Return whether the arriving version takes the held one's place.

    `elsewhere` says that it comes from another source than the held one: being fetched later then says nothing.

    The first of these that tells them apart decides: the publication itself before a digest of it;
    the higher version number, where both are numbers; one that states its version or date before
    one that does not, which may be an excerpt; the later effective date, as far as both are given.
    Then the same bytes, read anew, take the place of what they gave before. Other bytes do so when
    they were retrieved later, unless both bear the same version number; then, or on the same day,
    the fuller text stays, and of two as long the one that arrives.
    """
    if arriving.is_digest != held.is_digest:
        return held.is_digest
    numbers = _numbers(arriving.version), _numbers(held.version)
    if all(numbers) and numbers[0] != numbers[1]:
        return numbers[0] > numbers[1]
    if _is_dated(arriving) != _is_dated(held):
        return _is_dated(arriving)
    known = min(len(arriving.effective), len(held.effective))
    dates = arriving.effective[:known], held.effective[:known]
    if dates[0] != dates[1]:
        return dates[0] > dates[1]
    if arriving.raw_sha256 == held.raw_sha256:
        return True
    if arriving.retrieved != held.retrieved and not all(numbers) and not elsewhere:
        return arriving.retrieved > held.retrieved
    return arriving.characters >= held.characters


def gravity(state: Integrity) -> int:
    """Return how grave a state is: 0 for current, the graver the higher."""
    return _SEVERITY[state]


def raised(standing: Integrity, arriving: Integrity) -> Integrity:
    """Return the graver of two states: a text that arrives again never clears the publication's name."""
    return max(standing, arriving, key=gravity)


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


def _is_dated(edition: Edition) -> bool:
    return bool(edition.version or edition.effective)
