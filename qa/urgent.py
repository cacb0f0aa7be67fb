"""Questions that come before evidence: an emergency, one person's dose, and what quoting must not pass for."""

import re

from corpus.document import SourceKind
from index.search import Searcher
from qa.asked import Asked
from qa.compose import Blocks
from qa.intent import Intent
from qa.label_part import label_points, labels_of, points_of_label
from qa.terms import normalised

EMERGENCY = (
    "This may be an emergency. Call the emergency services now (911 in the United States, 112 in Europe, or the local "
    "number) and do not wait for an answer here. If somebody may harm themselves, stay with them and call the same "
    "number."
)
DECLINED = {
    Intent.DOSE_A_PERSON: (
        "Curbside does not choose, change or stop a dose for one person: that needs the prescriber, with the whole "
        "record. What the label says in general is quoted below where it is held."
    ),
    Intent.COPY: (
        "Curbside quotes the passages that answer a question; it does not reproduce whole documents. "
        "Ask what you want to know of the document, or open it at its source."
    ),
    Intent.TOOL: (
        "Curbside has no calculator and no inputs of a patient, and writes no documents: it quotes what sources say. "
        "Ask what a guideline or a label says about the score or the decision."
    ),
    Intent.GREETING: "Ask a clinical question, for example about a drug: what it is for, its dose, its warnings.",
}
_SEEK_HELP = re.compile(
    r" (?:seek|immediate|immediately|emergency|911|prompt medical|medical attention|medical help|poison control) "
)
MOST_URGENT = 3


def urgent_blocks(asked: Asked, searcher: Searcher) -> dict[SourceKind, Blocks]:
    """Return what the labels of the drugs named say about seeking help, nothing else: no dose, no evidence."""
    blocks: Blocks = []
    for drug in asked.drugs:
        for index in labels_of(searcher, drug)[:1]:
            blocks += points_of_label(asked, searcher, index, _tells_to_seek_help, MOST_URGENT)
    return {SourceKind.LABEL: blocks}


def declined_blocks(asked: Asked, searcher: Searcher) -> dict[SourceKind, Blocks]:
    """Return the label's general statement on dosing where one person's dose was asked for, else nothing."""
    if asked.understanding.intent is not Intent.DOSE_A_PERSON:
        return {}
    return {SourceKind.LABEL: label_points(asked, searcher)}


def _tells_to_seek_help(text: str) -> bool:
    return _SEEK_HELP.search(normalised(text)) is not None
