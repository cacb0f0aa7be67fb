"""Answer and its parts: the page as data, in the shape that the API and `ask --json` give it.

The dataclasses are the JSON format `curbside.answer/1`, field by field; docs/answer-format.md explains them.
"""

import secrets
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum

from corpus.document import Integrity, SourceKind, digest

FORMAT = "curbside.answer/1"


class Status(StrEnum):
    """How the question was met."""

    ANSWERED = "answered"
    REFUSED = "refused"  # the sources do not answer it
    DECLINED = "declined"  # not a question to be answered for one person, or not by quoting
    EMERGENCY = "emergency"  # first of all, call for help


class Support(StrEnum):
    """What stands behind a claim's words."""

    VERBATIM = "verbatim"
    VERIFIED = "verified"
    UNSUPPORTED = "unsupported"


class ConflictKind(StrEnum):
    """What two sources disagree in."""

    NUMBERS = "numbers"  # other figures for one endpoint of one trial at one time
    STRENGTH = "strength"  # contraindicated here, to be avoided there
    RECOMMENDATION = "recommendation"  # for and against, or first line and second
    FINDING = "finding"  # a difference here, none or the opposite there
    GRADE = "grade"  # one recommendation, another certainty of its evidence


@dataclass(frozen=True, slots=True)
class CitedSection:
    """Where in its document a citation lies. `path` are the headings from the outermost to this one."""

    id: str
    number: str
    title: str
    path: tuple[str, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Characters [start, end) of one section of one document version; `quote` equals them."""

    n: int
    document: str
    version: str
    kind: SourceKind
    title: str
    body: str
    section: CitedSection
    loinc: str
    start: int
    end: int
    quote: str
    identifiers: dict[str, str]
    url: str
    date: str
    design: str
    integrity: Integrity
    notice: str
    digest_of: str
    licence: str
    passage: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One point of an answer.

    `text` are the quotes of the citations in `quoted`, in order, joined by a space. `context` names
    what the text speaks of where the text itself does not (a drug, a heading path). `citations` are
    all that support it: those quoted first, then others that say the same.
    """

    text: str
    citations: tuple[int, ...]
    quoted: tuple[int, ...]
    support: Support
    context: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Claims under one heading, "" for the lead."""

    heading: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one kind of source says. `searched` says in words what was searched; `found` counts documents quoted."""

    kind: SourceKind
    searched: str
    found: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """In Plain Words: what passages written for patients say. `searched` and `found` are as in a part.

    It comes before the parts where a patient asks, and is no part of them: they are the same for everybody.
    """

    searched: str
    found: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """One side of a disagreement: its claim, quoted and cited as any other, whose it is, its date, and the section.

    `date` is as the publisher states it, "" where it states none; `section` is number and title.
    """

    claim: Claim
    body: str
    date: str
    section: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A matter in which sources disagree: its kind, its subject in words, and two sides or more."""

    kind: ConflictKind
    subject: str
    sides: tuple[ConflictSide, ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """A source that came nearest to a question that was not answered."""

    document: str
    kind: SourceKind
    title: str
    section: str
    url: str
    passage: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, what would be needed, and the nearest sources."""

    reason: str
    missing: tuple[str, ...]
    nearest: tuple[Nearest, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """What the question was taken to ask; shown, so that a wrong reading is seen."""

    drugs: tuple[str, ...]
    unknown_drugs: tuple[str, ...]
    aspects: tuple[str, ...]
    constraints: tuple[str, ...]
    corrections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The page. `hash` is over what a reader sees and where it comes from, not over id, times and confidence."""

    format: str
    id: str
    question: str
    standalone: str
    audience: str
    created: str
    snapshot: str
    hash: str
    status: Status
    notice: str
    understood: Understood
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]
    refusal: Refusal | None
    timing_ms: dict[str, float]
    confidence: float = 0.0
    """How sure it is that the points answer the question, 0 to 1 (`qa/confidence.py`); 0 where nothing is answered."""
    conflicts: tuple[Conflict, ...] = ()
    """Where sources disagree; part of the hash only where there are any."""
    plain: Plain | None = None
    """What is written for patients; part of the hash only where it was asked for. None for other audiences."""

    def claims(self) -> list[Claim]:
        """Return every claim of every part, in reading order: what everybody is told."""
        return [claim for part in self.parts for block in part.blocks for claim in block.claims]

    def every_claim(self) -> list[Claim]:
        """Return those, the sides of disagreements, and what is in plain words: all that cites anything."""
        sides = [side.claim for conflict in self.conflicts for side in conflict.sides]
        plain = [claim for block in (self.plain.blocks if self.plain else ()) for claim in block.claims]
        return [*self.claims(), *sides, *plain]


def content_hash(answer: Answer) -> str:
    """Return SHA-256 over text and spans: notices, claims, refusal, and each citation's version, span and quote.

    The same words from the same characters give the same hash whenever and however they were asked for;
    an approval is bound to it.
    """
    seen: dict[str, object] = {
        "status": answer.status,
        "notice": answer.notice,
        "parts": [[part.kind, part.searched, part.found, _blocks(part.blocks)] for part in answer.parts],
        "refusal": _as_dict(answer.refusal),
        "citations": [[c.n, c.version, c.section.id, c.start, c.end, c.quote, c.integrity] for c in answer.citations],
    }
    if answer.conflicts:  # left out otherwise, so that answers without any keep the hash they always had
        seen["conflicts"] = _as_dict(answer.conflicts)
    if answer.plain:
        seen["plain"] = [answer.plain.searched, answer.plain.found, _blocks(answer.plain.blocks)]
    return digest(seen)


def _as_dict(value: object) -> object:
    """Return a value ready for JSON, as `dataclasses.asdict` gives it, without copying every leaf."""
    if isinstance(value, tuple):
        return [_as_dict(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _as_dict(getattr(value, one.name)) for one in fields(value)}
    return value


def _blocks(blocks: tuple[Block, ...]) -> list[object]:
    return [
        [block.heading, [[c.context, c.text, c.quoted, c.citations, c.support] for c in block.claims]]
        for block in blocks
    ]


def sealed(answer: Answer) -> Answer:
    """Return the answer with its hash, and an id of its own: the same question asked twice at once is two answers."""
    return replace(answer, hash=content_hash(answer), id=secrets.token_hex(10))
