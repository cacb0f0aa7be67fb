"""Whether what a source states is about the drugs and trials of a question, and bears on it."""

from qa.answer import ConflictKind
from qa.asked import Asked, AskedDrug
from qa.conflict_numbers import is_entry
from qa.conflict_readings import Said
from qa.conflict_statement import Stated, classes_of
from qa.points import Span
from qa.terms import coverage, normalised
from qa.themes import themes_of

# The share of the terms asked about that a side must speak of where the answer does not show it.
ENOUGH = 0.5
# A class says nothing of the place of one of its members in treatment, nor of the evidence for it.
_BY_NAME_ALONE = frozenset({ConflictKind.RECOMMENDATION, ConflictKind.GRADE})


def is_about(stated: Stated, drug: AskedDrug | None, names: frozenset[str], asked: Asked) -> bool:
    """Return whether a statement is about a drug, by its name or where that will do its class, and about the trials."""
    if asked.studies and not _is_of_study(stated, asked):
        return False
    if drug is None or any(variant in stated.target for variant in drug.variants):
        return True
    groups = () if stated.kind in _BY_NAME_ALONE else [group for name in names for group in classes_of(name)]
    return any(f" {group} " in stated.target for group in groups)


def is_asked(one: Said, asked: Asked, places: dict[tuple[str, str], list[Span]]) -> bool:
    """Return whether a sentence bears on the question.

    It must name one of the conditions asked about, where there are any. It bears on the question then where the answer
    shows it, or where it speaks of half of the terms and its matter is on the theme. Whom a trial took in is told
    where a trial is asked about.
    """
    if is_entry(one.stated) and not (asked.studies or asked.is_about_method):
        return False
    span = one.span
    spoken = normalised(f"{one.stated.subject} {span.quote}")
    terms = [term for term in asked.terms if term.name not in asked.cue_words]
    bound = [term for term in asked.terms if term.weight > 1]
    if bound and not coverage(bound, spoken):
        return False
    if any(s.start <= span.start and span.end <= s.end for s in places.get((span.document.id, span.section.id), ())):
        return True
    if (terms and coverage(terms, spoken) < ENOUGH) or (asked.themes and asked.themes.isdisjoint(_themes(one, spoken))):
        return False
    return bool(terms or asked.themes)


def _is_of_study(stated: Stated, asked: Asked) -> bool:
    """Return whether figures are those of a trial asked about."""
    if stated.kind is not ConflictKind.NUMBERS or not isinstance(stated.topic, tuple):
        return False
    return normalised(str(stated.topic[0])) in map(normalised, asked.studies)


def _themes(one: Said, spoken: str) -> frozenset[str]:
    """Return the themes of a matter: those of its endpoint, where it has one, whatever else the sentence speaks of."""
    kind, subject = one.stated.kind, themes_of(normalised(one.stated.subject))
    if kind is ConflictKind.STRENGTH:
        return frozenset({*subject, *themes_of(normalised("contraindicated, should not be used, to be avoided"))})
    return frozenset(subject if kind in (ConflictKind.NUMBERS, ConflictKind.FINDING) else themes_of(spoken))
