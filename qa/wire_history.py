"""The history of a document and the flags of an answer, as models of the API."""

import datetime
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.diff import Change, Hunk, Place, SectionChange
from corpus.document import Integrity
from corpus.flags import Flag, Reason
from corpus.history import History, Step
from corpus.text_diff import Run
from qa.wire import Key, Standing, Version

Number = Annotated[int, Field(description="The citation's number in the answer.")]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WireRun(_Wire):
    """Some words of a sentence that changed."""

    op: Literal["same", "removed", "added"]
    text: str
    figure: bool = Field(description="Whether it is a figure, with its unit, that changed.")

    @classmethod
    def of(cls, run: Run) -> "WireRun":
        """Return the words as the API gives them."""
        return cls(op=run.what, text=run.text, figure=run.is_figure)


class WireHunk(_Wire):
    """One sentence, list item or table row that changed, in both wordings."""

    was: str = Field(description='"" where it is new.')
    now: str = Field(description='"" where it is gone.')
    words: list[WireRun] = Field(description="In the order of reading; what was removed before what took its place.")

    @classmethod
    def of(cls, hunk: Hunk) -> "WireHunk":
        """Return the place as the API gives it."""
        return cls(was=hunk.was, now=hunk.now, words=[WireRun.of(run) for run in hunk.runs])


class WirePlace(_Wire):
    """Where a section stands in one version."""

    id: str = Field(description="Made of all that the section holds: the same id, the same text.")
    number: str
    path: list[str] = Field(description="The headings from the outermost to this section's own.")
    loinc: str

    @classmethod
    def of(cls, place: Place | None) -> "WirePlace | None":
        """Return the place as the API gives it."""
        if place is None:
            return None
        return cls(id=place.id, number=place.number, path=list(place.heading), loinc=place.code)


class WireChange(_Wire):
    """What became of one section since the version before."""

    section: str = Field(description="Number and title, as they are now if the section is still there.")
    change: Change = Field(description="`moved`: the same words under another number or heading.")
    was: WirePlace | None = Field(description="Null where the section is new.")
    now: WirePlace | None = Field(description="Null where it is gone.")
    hunks: list[WireHunk] = Field(description="What changed in it; only a changed section has any.")

    @classmethod
    def of(cls, change: SectionChange) -> "WireChange":
        """Return the change as the API gives it."""
        return cls(
            section=change.name,
            change=change.what,
            was=WirePlace.of(change.was),
            now=WirePlace.of(change.now),
            hunks=[WireHunk.of(hunk) for hunk in change.hunks],
        )


class WireSource(_Wire):
    """A file or an address that gave a version."""

    name: str
    address: str
    retrieved: datetime.date = Field(description="The first day on which it did.")


class WireStep(_Wire):
    """One version."""

    id: Version
    version: str = Field(description="As the publisher states it.")
    date: str = Field(description="The publisher's, else the day of retrieval.")
    current: bool = Field(description="Whether questions are answered from it.")
    integrity: Standing
    added: datetime.datetime = Field(description="When it came into the store.")
    sources: list[WireSource]
    changes: list[WireChange] = Field(description="Sections that did not stay as they were; none in the first version.")

    @classmethod
    def of(cls, step: Step, section: str) -> "WireStep":
        """Return the version as the API gives it, with the changes of one section where it is named."""
        return cls(
            id=step.version.id,
            version=step.version.version,
            date=step.date,
            current=step.version.is_current,
            integrity=step.version.integrity,
            added=step.version.added,
            sources=[WireSource(name=s.name, address=s.address, retrieved=s.retrieved) for s in step.sources],
            changes=[WireChange.of(change) for change in step.changed(section)],
        )


class WireStanding(_Wire):
    """One change of where a publication stands."""

    at: datetime.datetime
    was: Integrity | None = Field(description="Null for the first.")
    became: Integrity
    why: str


class WireHistory(_Wire):
    """Every version of a document that is held, the earliest first."""

    document: Key
    title: str
    versions: list[WireStep]
    integrity: list[WireStanding]

    @classmethod
    def of(cls, history: History, section: str) -> "WireHistory":
        """Return the history as the API gives it."""
        return cls(
            document=history.key,
            title=history.title,
            versions=[WireStep.of(step, section) for step in history.steps],
            integrity=[WireStanding(at=c.at, was=c.was, became=c.became, why=c.why) for c in history.integrity],
        )


class WireFlag(_Wire):
    """Why one citation of an answer no longer stands."""

    n: Number
    reason: Reason
    document: Key
    version: Version = Field(description="The version in which the words changed; of a doubted publication, the cited.")
    was: str = Field(description="The quote.")
    now: str = Field(description='The wording in that version, "" where the words are gone.')
    why: str = Field(description="One sentence.")
    at: datetime.datetime
    stands: bool = Field(description="Whether it holds for what is current now.")


class WireFlags(_Wire):
    """Every flag that an answer was ever given, the first one first."""

    answer: str
    stale: bool = Field(description="Whether any of them holds for what is current now.")
    flags: list[WireFlag]

    @classmethod
    def of(cls, answer_id: str, flags: Sequence[Flag], standing: Sequence[Flag]) -> "WireFlags":
        """Return an answer's flags as the API gives them."""
        held = set(standing)
        return cls(
            answer=answer_id,
            stale=bool(standing),
            flags=[
                WireFlag(
                    n=flag.n,
                    reason=flag.reason,
                    document=flag.key,
                    version=flag.document_id,
                    was=flag.was,
                    now=flag.now,
                    why=flag.why,
                    at=flag.at,
                    stands=flag in held,
                )
                for flag in flags
            ],
        )
