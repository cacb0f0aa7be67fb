"""What a PubMed record says about its own standing: retracted, corrected, superseded and the rest.

PubMed links both ways. Only what has happened to this record counts ("RetractionIn"); that it is
itself the notice about another one ("RetractionOf") does not.
"""

import re
from dataclasses import dataclass

from lxml import etree

from corpus.document import Integrity
from corpus.editions import gravity
from ingest.readers.inline import inline_text
from ingest.readers.standing_links import HAPPENED, plain_kind


@dataclass(frozen=True, slots=True)
class Standing:
    """The integrity state, and what the record says about it ("" for a current one)."""

    integrity: Integrity = Integrity.CURRENT
    notice: str = ""


_RETRACTED_TYPE = "retracted publication"
_NOTICE_TYPES = frozenset(("retraction of publication", "retraction notice"))
_TITLE = re.compile(r"^\W*(retracted|withdrawn)(?:\s+(?:article|publication|chapter|paper))?\s*[:\]]", re.IGNORECASE)


def standing(record: etree._Element, types: tuple[str, ...], title: str) -> Standing:
    """Return the state of a record, from its links, its publication types and the mark in its title."""
    is_notice = any(one.lower() in _NOTICE_TYPES for one in types)
    is_notice |= record.find("CommentsCorrectionsList/CommentsCorrections[@RefType='RetractionOf']") is not None
    return severest([*_links(record), *_types(types), *([] if is_notice else marked_title(title))])


def severest(said: list[Standing]) -> Standing:
    """Return one state from all that was said: the severest decides, and every notice is told."""
    if not said:
        return Standing()
    ordered = sorted(said, key=lambda one: -gravity(one.integrity))
    return Standing(ordered[0].integrity, "; ".join(one.notice for one in ordered))


def marked_title(title: str) -> list[Standing]:
    """Return what a title says of itself: "RETRACTED: …", "[Withdrawn] …"."""
    mark = _TITLE.match(title)
    if not mark:
        return []
    state = Integrity.RETRACTED if mark[1].lower() == "retracted" else Integrity.WITHDRAWN
    return [Standing(state, f'the title says "{mark[1]}"')]


def _links(record: etree._Element) -> list[Standing]:
    found = []
    links = record.findall("CommentsCorrectionsList/CommentsCorrections")
    for kind, (integrity, words) in HAPPENED.items():
        for link in links:
            if plain_kind(link.get("RefType", "")) == kind:
                found.append(Standing(integrity, f"{words}: {_source(link)}"))
    return found


def _source(link: etree._Element) -> str:
    source = link.find("RefSource")
    note = link.find("Note")
    text = inline_text(source) if source is not None else "a source that the record does not name"
    pmid = (link.findtext("PMID") or "").strip()
    told = f"{text} (PMID {pmid})" if pmid else text
    return f"{told}: {inline_text(note)}" if note is not None and inline_text(note) else told


def _types(types: tuple[str, ...]) -> list[Standing]:
    return [
        Standing(Integrity.RETRACTED, f'publication type "{one}"') for one in types if one.lower() == _RETRACTED_TYPE
    ]
