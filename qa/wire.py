"""What the API takes and gives beside answers, as models that refuse unknown keys."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.document import Integrity, Section, SourceKind
from index.hit import Hit
from qa.audience import AudienceName
from qa.question import MAX_CHARS

MAX_TURNS = 50
# Room for a question and a whole history, every character of them escaped.
MAX_BODY_BYTES = 1_000_000

QuestionText = Annotated[str, Field(description=f"A question in words, at most {MAX_CHARS:,} characters.")]
Key = Annotated[str, Field(description="The document's key, stable over its versions: `pmid:…`, `spl:…`, `doi:…`.")]
Version = Annotated[str, Field(description="The key and 16 hex digits of the content hash.")]
PassageId = Annotated[str, Field(description="Opens the passage under `/api/passages/{id}`.")]
Start = Annotated[int, Field(description="First character (Unicode code point, from 0) in the section's text.")]
End = Annotated[int, Field(description="The character after the last.")]
Standing = Annotated[Integrity, Field(description="Where the publication stands with its publisher.")]


class Ask(BaseModel):
    """One question, with the questions asked before it, oldest first."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"question": "Who should not receive it?", "history": ["What is romosozumab for?"]}]
        },
    )

    question: QuestionText
    history: list[QuestionText] = Field(
        default_factory=list, max_length=MAX_TURNS, description="The questions asked before it, oldest first."
    )
    audience: AudienceName = Field("clinician", description="Who asks; a patient is given `plain` besides.")
    without: list[Annotated[str, Field(max_length=200)]] = Field(
        default_factory=list,
        max_length=MAX_TURNS,
        description="What holds no longer of what was said of the patient, as `understood.constraints` gives it: it is "
        "taken out of this question and of those before.",
    )


class WireSection(BaseModel):
    """Where a hit or a passage lies."""

    id: str = Field(description="Made of all that the section holds: the same id, the same text.")
    number: str = Field(description='The publisher\'s number, e.g. "5.1"; "" where there is none.')
    title: str
    path: list[str] = Field(description="The headings from the outermost to this section's own.")
    loinc: str = Field(description='The LOINC code of a label section, "" where there is none.')
    page: int | None = Field(description="The page, from 1, where the source has pages.")

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
    """One passage found."""

    rank: int = Field(description="From 1, best first.")
    score: float = Field(description="0 to 1; compares the hits of one search only.")
    parts: dict[str, float] = Field(description="What each searcher gave: `vector`, `bm25`, `sentence`.")
    passage: PassageId
    document: Key
    version: Version
    kind: SourceKind
    title: str
    section: WireSection
    start: Start
    end: End
    text: str = Field(description="The passage's characters.")
    url: str
    integrity: Standing

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

    passage: PassageId
    document: Key
    version: Version
    kind: SourceKind
    title: str
    body: str = Field(description="Who published it: the guideline body, the journal, the manufacturer.")
    url: str
    date: str
    integrity: Standing
    notice: str = Field(description="What the source says about its standing.")
    digest_of: str = Field(description='The publication, where the text is a digest of it; "" otherwise.')
    licence: str
    identifiers: dict[str, str]
    section: WireSection
    text: str = Field(description="The section's whole text.")
    start: Start
    end: End
    quote: str = Field(description="text[start:end].")


class Ready(BaseModel):
    """What is answered from."""

    status: Literal["ready"]
    snapshot: str
    created: str
    encoder: str
    engine: str
    documents: dict[SourceKind, int]
    passages: dict[SourceKind, int]
    sentences: int


class Problem(BaseModel):
    """Why a request was not answered."""

    error: str = Field(description="One sentence: what was found, what was expected, how to put it right.")
