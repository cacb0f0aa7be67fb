"""What links between publications say of the one that has them, in the words that PubMed and Europe PMC share."""

from corpus.document import Integrity

# By the kind of link in small letters without spaces ("RetractionIn", "Retraction in"), the gravest first.
HAPPENED = {
    "retractionin": (Integrity.RETRACTED, "Retraction in"),
    "retractedandrepublishedin": (Integrity.RETRACTED, "Retracted and republished in"),
    "partialretractionin": (Integrity.CONCERN, "Partial retraction in"),
    "expressionofconcernin": (Integrity.CONCERN, "Expression of concern in"),
    "correctedandrepublishedin": (Integrity.SUPERSEDED, "Corrected and republished in"),
    "updatein": (Integrity.SUPERSEDED, "Update in"),
    "erratumin": (Integrity.CORRECTED, "Erratum in"),
}


def plain_kind(kind: str) -> str:
    """Return a kind of link as both services would write it: small letters, no spaces."""
    return "".join(kind.split()).lower()


def happened(kind: str) -> tuple[Integrity, str] | None:
    """Return the state that a kind of link tells of its own record, with its words; None where it tells none."""
    return HAPPENED.get(plain_kind(kind))
