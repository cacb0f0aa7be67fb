"""What answers beside the question: where it is of something that is told by its own words, other sentences are none."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Callable, Mapping, Sequence

from corpus.document import SourceKind
from qa.asked import AS_PLAIN, Asked
from qa.aspect import POPULATIONS, Aspect
from qa.aspect_cues import CUES
from qa.constraint import Comparator, Constraint, Trait
from qa.label_part import LEADS, is_boxed_warning
from qa.points import Point

ADULT = 17  # years; from here on labels give the dose of adults
Blocks = list[tuple[str, list[Point]]]
# By which words a sentence, its heading or its title tells that it is of the aspect.
_OF_A_GROUP = {
    Aspect.PEDIATRIC: r"child|pa?ediatr|infan|adolescen|neonat|newborn|juvenile|young|teen|boys?\b|girls?\b|youth|"
    r"years? (?:old|of age)|years? and (?:over|older)|aged\b|ages?\b|toddler|bab(?:y|ies)\b|school|mg/kg|kg\b|weigh",
    Aspect.PREGNANCY: r"pregnan|fo?et(?:al|us)|gestation|teratogen|embryo|trimester|births?\b|childbearing|conce(?:ive|ption)|"
    r"contracepti|maternal|mothers?\b|obstetric|preeclampsia|postpartum|reproducti|miscarr|abortion|in utero",
    Aspect.LACTATION: r"lactat|breast|nursing|milk|postpartum|mothers?\b",
}
_OF_ITSELF = {
    Aspect.STORAGE: r"stor(?:e|ed|age|ing)\b|refrigerat|freez|frozen|temperature|\d+ ?°|expir|dispos|discard|shelf[ -]life|"
    r"protect\w* from|(?:keep|kept) (?:out of|in|at|away)\b|stable|stability",
    Aspect.OVERDOSE: r"overdos|poison|toxic|antidote|ingest|excessive|too much|exceed|large doses?|high doses?|maximum|revers",
    Aspect.BOXED_WARNING: r"box(?:ed)?\b",
}
_TOLD_BY = {
    aspect: re.compile(rf"\b(?:{words})", re.IGNORECASE) for aspect, words in (_OF_A_GROUP | _OF_ITSELF).items()
}
# Where a second question begins: "What is the dose in …, and why is it not for …?"
_SECOND = re.compile(r"[,;?]\s*(?:and |but )?(?=(?:what|why|how|is|are|can|do|does|should|when|which|who)\b)")


def on_aspect(asked: Asked, blocks: Mapping[SourceKind, Blocks]) -> dict[SourceKind, Blocks]:
    """Return the points of each kind of source less those beside the question.

    A group of patients binds beside whatever else is asked; storage, an overdose or the boxed warning only where
    nothing else is. A section of a label that the aspect leads to answers whatever its words. Of a boxed warning other
    sources may speak in words of their own where a label has one; it stays with whatever of its label is shown.
    """
    aspect = _binding(asked)
    if aspect is None:
        return dict(blocks)
    kept = {kind: _only(own, lambda one: _is_of(aspect, one, asked)) for kind, own in blocks.items()}
    label = kept.get(SourceKind.LABEL, [])
    if label and aspect is Aspect.BOXED_WARNING:
        return {**blocks, SourceKind.LABEL: label}
    if label:
        kept[SourceKind.LABEL] = _only(
            blocks[SourceKind.LABEL],
            lambda one: is_boxed_warning(one.quoted[0].section) or _is_of(aspect, one, asked),
        )
    return kept


def _binding(asked: Asked) -> Aspect | None:
    """Return the aspect that every point must be of, None for none. A child's age says as much as the word."""
    if not asked.aspects or not asked.drugs:
        return None
    if any(_is_childs(one) for one in asked.understanding.constraints):
        return Aspect.PEDIATRIC
    plain = [one.aspect for one in asked.aspects if one.score >= AS_PLAIN * asked.aspects[0].score]
    if plain[0] is Aspect.BOXED_WARNING:  # its own name says "warning"
        plain = [one for one in plain if one is not Aspect.WARNING]
    groups = [aspect for aspect in plain if aspect in POPULATIONS]
    if len(groups) > 1 and _has_each_its_clause(groups, asked.understanding.core):
        return None
    group = next((aspect for aspect in groups if aspect in _OF_A_GROUP), None)
    return group or (plain[0] if len(plain) == 1 and plain[0] in _OF_ITSELF else None)


def _has_each_its_clause(groups: Sequence[Aspect], question: str) -> bool:
    """Return whether a question asks of each group in a clause of its own, so that none of them binds the others."""
    clauses = [clause for clause in _SECOND.split(question.lower()) if clause.strip()]
    cues = [cue for cue in CUES if cue.aspect in groups and cue.weight > 0]
    named = [{cue.aspect for cue in cues if cue.pattern.search(clause)} for clause in clauses]
    return len(clauses) > 1 and all(len(each) == 1 for each in named) and len(set().union(*named)) == len(clauses)


def _is_childs(one: Constraint) -> bool:
    """Return whether a constraint is the age of a child: "5 years", "8 months", not "over 12"."""
    if one.trait is not Trait.AGE or one.value is None or one.comparator in (Comparator.ABOVE, Comparator.AT_LEAST):
        return False
    return one.unit != "years" or one.value < ADULT


def _only(blocks: Blocks, keeps: Callable[[Point], bool]) -> Blocks:
    left = [(heading, [one for one in points if keeps(one)]) for heading, points in blocks]
    return [(heading, points) for heading, points in left if points]


def _is_of(aspect: Aspect, point: Point, asked: Asked) -> bool:
    first = point.quoted[0]
    if first.document.kind is SourceKind.LABEL and asked.prior(first.section) >= LEADS and aspect in _OF_ITSELF:
        return True
    spoken = " ".join((first.document.title, *first.section.heading, point.text))
    return _TOLD_BY[aspect].search(spoken) is not None
