"""How drugs go together: the sentences of a label that name another of the drugs asked about."""

from collections.abc import Sequence

from corpus.document import Document, Section
from qa.asked import Asked, prior_of
from qa.aspect import Aspect
from qa.label_reading import LabelSection, is_quotable
from qa.terms import normalised

# A section that an interaction leads to by so much is of interactions; one that it leads to by less than the second
# figure tells of trials, of animals or of how the label is printed.
OF_INTERACTIONS, LEADS = 0.9, 0.3

_prior = prior_of(Aspect.INTERACTION)


def naming_partners(
    sections: Sequence[LabelSection], asked: Asked, documents: Sequence[Document], most: int, sentences: int
) -> list[tuple[LabelSection, list[int]]]:
    """Return at most `most` sections with those of their sentences that name a partner, the sections that lead first.

    A partner is a drug asked about, held or not, that the labels are not of. Nothing is returned where it is not asked
    how drugs go together, nor where no sentence names one: then the label says what it says of interactions at large.
    """
    own = {name.lower() for document in documents for name in (*document.drugs, *document.brands)}
    others = [variant for drug in asked.partners if not drug.names & own for variant in drug.variants]
    if not others:
        return []
    found = []
    for one in sections:
        if _prior(one.section) < LEADS:
            continue
        numbers = [n for n in range(len(one.located)) if is_quotable(one, n) and _names(others, one.text_of(n))]
        if numbers:
            likest = sorted(numbers, key=lambda n: -float(one.similarity[n]))[:sentences]
            found.append((one, sorted(likest)))
    return sorted(found, key=lambda pair: -_prior(pair[0].section))[:most]


def is_of_interactions(section: Section) -> bool:
    """Return whether a section says how drugs go together at large: where none names the partner, no other answers."""
    return _prior(section) >= OF_INTERACTIONS


def _names(variants: Sequence[str], text: str) -> bool:
    spoken = normalised(text)
    return any(variant in spoken for variant in variants)
