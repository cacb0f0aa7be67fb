"""What the API takes and gives, as models that refuse unknown keys."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.document import Section
from index.hit import Hit

MAX_QUESTION_CHARS = 2000
MAX_TURNS = 50

QuestionText = Annotated[str, Field(description=f"The question, at most {MAX_QUESTION_CHARS} characters.")]


class Ask(BaseModel):
    """One question, with the questions asked before it, oldest first."""

    model_config = ConfigDict(extra="forbid")

    question: QuestionText
    history: list[QuestionText] = Field(default_factory=list, max_length=MAX_TURNS)
    audience: Literal["clinician", "patient", "researcher"] = "clinician"


class WireSection(BaseModel):
    """Where a hit or a passage lies."""

    id: str
    number: str
    title: str
    path: list[str]
    loinc: str
    page: int | None

    @classmethod
    def of(cls, section: Section) -> "WireSection":
        """Return the section's place, without its text."""
        return cls(
            id=section.id,
            number=section.number,
            title=section.title,
            path=list(section.heading),
            loinc=section.code,
            page=section.page,
        )


class WireHit(BaseModel):
    """One passage found; `parts` names each searcher's share of the score."""

    rank: int
    score: float
    parts: dict[str, float]
    passage: str
    document: str
    version: str
    kind: str
    title: str
    section: WireSection
    start: int
    end: int
    text: str
    url: str
    integrity: str

    @classmethod
    def of(cls, hit: Hit) -> "WireHit":
        """Return the hit as the API gives it."""
        return cls(
            rank=hit.rank,
            score=round(hit.score, 6),
            parts={name: round(share, 6) for name, share in hit.parts.items()},
            passage=hit.passage.id,
            document=hit.document.key,
            version=hit.document.id,
            kind=hit.document.kind,
            title=hit.document.title,
            section=WireSection.of(hit.section),
            start=hit.passage.start,
            end=hit.passage.end,
            text=hit.passage.text,
            url=hit.document.url,
            integrity=hit.document.integrity,
        )


class WirePassage(BaseModel):
    """A passage inside the whole text of its section; [start, end) are the cited characters."""

    passage: str
    document: str
    version: str
    kind: str
    title: str
    body: str
    url: str
    date: str
    integrity: str
    notice: str
    digest_of: str
    licence: str
    identifiers: dict[str, str]
    section: WireSection
    text: str
    start: int
    end: int
    quote: str


class Problem(BaseModel):
    """Why a request was not answered, in a sentence."""

    error: str
