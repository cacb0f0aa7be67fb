"""Label sections: is the section that answers among the first that are ranked, and is it what the answer shows?"""

import re
from collections.abc import Iterable, Mapping

from corpus.document import SourceKind
from evals.gold.base import GoldQuestion, Place
from evals.measures.base import Figure, Share
from evals.outcome import Outcome

_RIGHT = "the right document's referenced section, a subsection of it or the one it lies in (by number or title)"
_WORD = re.compile(r"[^\W_]+")


class Sections:
    """Four shares over the questions whose answering section is known; 0 for a failed question."""

    figures = (
        Figure(
            "section@1",
            f"Share of questions whose first ranked passage lies in {_RIGHT}; 0 to 1.",
            falls_under=("passages swapped",),
        ),
        Figure(
            "section@3",
            f"Share of questions with a passage among the first three that lies in {_RIGHT}; 0 to 1.",
            falls_under=("passages swapped",),
        ),
        Figure(
            "label section answered",
            f"Share of questions whose answer quotes a label from {_RIGHT}; a refusal counts 0; 0 to 1.",
            falls_under=("citations shuffled",),
        ),
        Figure(
            "label section right",
            f"Share of the answers with words from a label that quote {_RIGHT}; 0 to 1.",
            falls_under=("citations shuffled",),
        ),
    )

    def shares(self, question: GoldQuestion, outcome: Outcome) -> Mapping[str, Share]:
        """Return what the question adds; nothing where no section is known to answer it.

        Ranked passages are looked at where a ranking or a failure is held, citations where an answer or a failure is.
        """
        if not question.places:
            return {}
        found: dict[str, Share] = {}
        if outcome.passages or outcome.run or outcome.error:
            places = [passage.place for passage in outcome.passages]
            found["section@1"] = Share(float(right(places[:1], question.places)))
            found["section@3"] = Share(float(right(places[:3], question.places)))
        if outcome.answer is not None or outcome.error:
            answered = Share(float(right(_quoted(outcome), question.places)))
            found["label section answered"] = answered
            if outcome.error or _has_label(outcome):
                found["label section right"] = answered
        return found


MEASURE = Sections()


def right(found: Iterable[Place], wanted: Iterable[Place]) -> bool:
    """Return whether any of the places found is, lies in, or holds one of those wanted."""
    places = tuple(wanted)
    return any(is_place(one, place) for one in found for place in places)


def is_place(found: Place, wanted: Place) -> bool:
    """Return whether a section is the wanted one, lies in it or holds it: in the same document, by number or title."""
    if found.document != wanted.document:
        return False
    if found.number and wanted.number:
        return _within(found.number, wanted.number) or _within(wanted.number, found.number)
    return same_title(found.title, wanted.title)


def same_title(one: str, other: str) -> bool:
    """Return whether two printed titles are the same but for case, numbers, punctuation and "&"."""
    return _plain(one) == _plain(other)


def _plain(title: str) -> list[str]:
    return [word for word in _WORD.findall(title.lower().replace("&", " and ")) if not word.isdecimal()]


def _within(inner: str, outer: str) -> bool:
    return f"{inner}.".startswith(f"{outer}.")


def _quoted(outcome: Outcome) -> list[Place]:
    """Return the label sections whose words the answer's claims are; a citation of other words does not count."""
    if outcome.answer is None:
        return []
    by_number = {one.n: one for one in outcome.answer.citations}
    quoted = [(claim, by_number[n]) for claim in outcome.answer.claims() for n in claim.quoted if n in by_number]
    return [
        Place(one.document, one.section.number, one.section.title, one.loinc)
        for claim, one in quoted
        if one.kind is SourceKind.LABEL and one.quote in claim.text
    ]


def _has_label(outcome: Outcome) -> bool:
    """Return whether the answer shows anything of a label."""
    parts = outcome.answer.parts if outcome.answer else ()
    return any(block.claims for part in parts if part.kind is SourceKind.LABEL for block in part.blocks)
