"""The log of a review, in words: who did what when, and what the sources did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from corpus.flags import Flag
from corpus.reviews import Event
from qa.review.state import Kind

SOURCES = "the sources"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: when, who, what they did, what they said, and of which sentence (from 0, None for none)."""

    at: datetime
    who: str
    what: str
    text: str = ""
    claim: int | None = None
    was: str = ""
    now: str = ""


def entries(events: Iterable[Event], flags: Iterable[Flag] = ()) -> tuple[Entry, ...]:
    """Return the log, the first entry first: what people did, and between it when a source changed."""
    found = [_entry(event) for event in events]
    found += [Entry(one.at, SOURCES, f"changed at [{one.n}]", one.why, was=one.was, now=one.now) for one in flags]
    return tuple(sorted(found, key=lambda entry: entry.at))


def said_of(event: Event) -> str:
    """Return one event as a sentence without its full stop."""
    text = event.data.get("text", "")
    moment = event.at.strftime("%Y-%m-%d %H:%M")
    return f"{event.who} {what(event.kind, event.data)} at {moment} UTC" + (f" (“{text}”)" if text else "")


def what(kind: str, data: Mapping[str, Any]) -> str:
    """Return what was done, after a name."""
    if kind == Kind.APPROVED and data.get("alone"):
        return "approved their own edit, as the only reviewer"
    if kind == Kind.COMMENT:
        return "commented on a sentence" if "claim" in data else "commented"
    if kind == Kind.EDITED:
        return {
            "replaced": "replaced a sentence, in a new version",
            "removed": "took a sentence out, in a new version",
            "renewed": "asked again of what is held now, in a new version",
        }[data["how"]]
    return {
        Kind.OPENED.value: "began the review",
        Kind.CHANGES_REQUESTED.value: "requested changes",
        Kind.APPROVED.value: "approved",
        Kind.RETURNED.value: "took the approval back",
        Kind.SUBMITTED.value: f"submitted version {data.get('number', '')}".strip(),
    }[kind]


def _entry(event: Event) -> Entry:
    data = event.data
    return Entry(
        event.at,
        event.who,
        what(event.kind, data),
        data.get("text", ""),
        data.get("claim") if event.kind != Kind.SUBMITTED else None,  # there it is of the version before
        data.get("was", ""),
        data.get("now", ""),
    )
