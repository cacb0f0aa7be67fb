"""The identifiers of a label, where they are asked for: as held here, never guessed."""

import re

from index.search import Searcher
from qa.asked import Asked
from qa.label_part import labels_of

_ASKS = re.compile(r"\b(?:set[ -]?ids?|identifiers?|application numbers?|dailymed (?:link|address))\b", re.IGNORECASE)


def identified(asked: Asked, searcher: Searcher) -> str:
    """Return a sentence with the identifiers and the address of the label of each drug asked about, "" for none.

    Only where the question asks for identifiers.
    """
    if not _ASKS.search(asked.understanding.core):
        return ""
    said = []
    for drug in asked.label_drugs:
        for index in labels_of(searcher, drug)[:1]:
            document = searcher.snapshot.document_at(index)
            numbers = ", ".join(f"{scheme} {value}" for scheme, value in document.identifiers)
            if numbers:
                said.append(f"The label of {drug.shown} held here has {numbers} ({document.url or 'no address'}).")
    return " ".join(said)
