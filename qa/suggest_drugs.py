"""Which drugs the next questions may be about: those asked about, else those held here that come nearest."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from corpus.document import SourceKind
from qa.answer import Answer, Status
from qa.drug_base import ingredients
from qa.drug_classes import classes
from qa.library import Library

DRUGS = 2
# So many labels are looked at for the drugs of which most is held.
LABELS = 300


def drugs_to_suggest(answer: Answer, library: Library) -> list[str]:
    """Return at most DRUGS drugs to ask about: those asked about with a label here, else those that come nearest.

    These are drugs of the class of one that has no label here, those that the answer's words or the nearest sources
    name, and of a question that is not answered at last those of which most is held.
    """
    understood = answer.understood
    asked = [drug for drug in understood.drugs if has_label(drug, library)]
    if asked:
        return asked[:DRUGS]
    near = [other for drug in (*understood.unknown_drugs, *understood.drugs) for other in of_the_class(drug, library)]
    found = list(dict.fromkeys([*near, *_named(answer, library)]))
    if not found and answer.status is not Status.ANSWERED:
        found = most_held(library)
    return found[:DRUGS]


def of_the_class(drug: str, library: Library) -> list[str]:
    """Return the other drugs with a label here that share a class with a drug, those of its smallest class first."""
    bases = {base for mention in library.lexicon.find(drug) for base in mention.bases} or {drug.lower()}
    groups = sorted({members for _, members in classes().values() if bases & set(members)}, key=lambda m: (len(m), m))
    printed = [library.lexicon.printed(member) for members in groups for member in members if member not in bases]
    return [name for name in dict.fromkeys(printed) if has_label(name, library)]


def has_label(drug: str, library: Library) -> bool:
    """Return whether a sound label of this drug alone is held."""
    names = frozenset({drug.lower(), *(name.lower() for m in library.lexicon.find(drug) for name in m.held)})
    documents = (library.snapshot.document_at(int(n)) for n in library.snapshot.documents_about(names))
    return any(
        one.kind is SourceKind.LABEL and one.integrity.is_evidence and _is_of_one(one.drugs) for one in documents
    )


def _is_of_one(drugs: tuple[str, ...]) -> bool:
    return len({base for drug in drugs for base in ingredients(drug)}) <= 1


def _named(answer: Answer, library: Library) -> list[str]:
    """Return the drugs with a label here that the answer's words name, or the nearest sources, most often first."""
    titles = [near.title for near in answer.refusal.nearest] if answer.refusal else []
    named = Counter(
        name
        for text in (*(claim.text for claim in answer.claims()), *titles)
        for mention in library.lexicon.find(text)
        if len(mention.bases) == 1
        for name in mention.names
    )
    return [name for name, _ in named.most_common() if has_label(name, library)]


def most_held(library: Library) -> list[str]:
    """Return the drugs of the labels held, those that most documents are about first, ties by name."""
    held = {
        name: len(library.snapshot.documents_about(frozenset({name.lower()})))
        for name in _of_labels(library)
        if has_label(name, library)
    }
    return sorted(held, key=lambda name: (-held[name], name))


def _of_labels(library: Library) -> Iterator[str]:
    for _, document in islice(library.snapshot.documents(SourceKind.LABEL), LABELS):
        for drug in document.drugs[:1]:
            for mention in library.lexicon.find(drug)[:1]:
                yield from mention.names[:1]
