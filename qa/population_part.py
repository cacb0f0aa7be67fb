"""What a label says of the patient whom the conversation spoke of before: shown with whatever is asked next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.document import SourceKind
from index.search import Searcher
from qa.asked import Asked
from qa.aspect import Aspect
from qa.constraint import Comparator, Constraint, Trait
from qa.label_part import labels_of
from qa.label_reading import LabelSection, is_quotable, read_sections
from qa.label_sections import weight
from qa.points import Point, lay_out
from qa.synonyms import expand, names_of
from qa.terms import Term, beginning, normalised

Blocks = list[tuple[str, list[Point]]]
# The place that is a population's own: 8.1, 8.6, "2.2 Dosage in Renal Impairment".
OWN = 0.95
MOST = 4
PLACES = 2
ADULT, OLD = 18, 65
_ASPECTS = {
    Trait.PREGNANT: Aspect.PREGNANCY,
    Trait.BREASTFEEDING: Aspect.LACTATION,
    Trait.KIDNEY: Aspect.RENAL,
    Trait.DIALYSIS: Aspect.RENAL,
    Trait.LIVER: Aspect.HEPATIC,
    Trait.EVENT: Aspect.CONTRAINDICATION,
    Trait.ALLERGY: Aspect.CONTRAINDICATION,
    Trait.TAKES: Aspect.INTERACTION,
}
_NAMED = {
    Trait.PREGNANT: "pregnancy",
    Trait.BREASTFEEDING: "lactation",
    Trait.KIDNEY: "kidney disease",
    Trait.DIALYSIS: "kidney disease",
    Trait.LIVER: "liver disease",
    Trait.ALLERGY: "hypersensitivity",
}
# What does not depend on who the patient is.
_OF_NOBODY = frozenset(
    {
        Aspect.STORAGE,
        Aspect.SUPPLY,
        Aspect.INGREDIENTS,
        Aspect.COST,
        Aspect.MECHANISM,
        Aspect.NONCLINICAL,
        Aspect.TRIALS,
    }
)


@dataclass(frozen=True, slots=True)
class ForWhom:
    """Blocks on what was said of the patient before, what of it they speak of, and what no label read speaks of."""

    blocks: Blocks
    spoken: tuple[str, ...] = ()
    unspoken: tuple[str, ...] = ()

    @property
    def notice(self) -> str:
        """Return for whom they are shown, "" for nobody."""
        said = f"Shown too, as said before of the patient: {', '.join(self.spoken)}." if self.spoken else ""
        left = f"Said before, and not spoken of in the label: {', '.join(self.unspoken)}." if self.unspoken else ""
        return f"{said} {left}".strip()

    def added_to(self, blocks: dict[SourceKind, Blocks]) -> dict[SourceKind, Blocks]:
        """Return the blocks of an answer with these behind its label's, under the same heading where there is one."""
        label = {heading: list(points) for heading, points in blocks[SourceKind.LABEL]}
        for heading, points in self.blocks:
            label.setdefault(heading, []).extend(points)
        return {**blocks, SourceKind.LABEL: list(label.items())}


def for_whom(asked: Asked, searcher: Searcher, shown: Blocks) -> ForWhom:
    """Return what the label of the one drug asked about says of the patient, without what is shown already.

    Only what was said in earlier turns and is not the question itself; nothing where the answer does not
    depend on the patient, or where no label is read.
    """
    carried = [one for one in asked.understanding.carried if _aspect_of(one) is not None]
    drugs = asked.label_drugs
    first = asked.aspects[0].aspect if asked.aspects else None
    if not carried or len(drugs) != 1 or first in _OF_NOBODY or not (indices := labels_of(searcher, drugs[0])):
        return ForWhom([])
    seen = {span.quote for _, points in shown for point in points for span in point.quoted}
    blocks: dict[str, list[Point]] = {}
    spoken: list[str] = []
    unspoken: list[str] = []
    for one in carried:
        found, said = _of_constraint(one, asked, searcher, indices[0], seen)
        for heading, points in found:
            blocks.setdefault(heading, []).extend(points)
        (spoken if said else unspoken).append(one.text)
    return ForWhom(list(blocks.items()), tuple(spoken), tuple(unspoken))


def _of_constraint(
    one: Constraint, asked: Asked, searcher: Searcher, index: int, seen: set[str]
) -> tuple[Blocks, bool]:
    """Return the points of a label on one constraint that are not shown yet, and whether the label speaks of it."""
    snapshot, aspect = searcher.snapshot, _aspect_of(one)
    assert aspect is not None, "asked of constraints that have one"
    vector = searcher.prepare(f"{asked.label_drugs[0].shown} {one.phrase}").vector
    sections = read_sections(
        snapshot, index, [vector], lambda section: weight(aspect, section.code, section.number, section.heading)
    )
    names = [Term(one.text, tuple(map(beginning, _names(one))))]
    chosen: list[tuple[LabelSection, list[int]]] = []
    if aspect is not Aspect.CONTRAINDICATION and aspect is not Aspect.INTERACTION:
        chosen = [(s, _quotable(s, ())) for s in sections if s.prior >= OWN]
    if not chosen:
        ranked = sorted(sections, key=lambda s: -s.prior)
        chosen = [(s, numbers) for s in ranked if (numbers := _quotable(s, names))][:PLACES]
    blocks: Blocks = []
    document = snapshot.document_at(index)
    for section, numbers in chosen:
        fresh = [n for n in numbers if section.text_of(n) not in seen][:MOST]
        seen.update(section.text_of(n) for n in fresh)
        if fresh:
            title = f"{section.section.number} {section.section.title}".strip()
            blocks.append((title, [point for point, _ in lay_out(document, section.section, section.located, fresh)]))
    return blocks, bool(chosen)


def _quotable(section: LabelSection, names: Sequence[Term]) -> list[int]:
    """Return the sentences of a section that say something, of those that speak of the names where there are any."""
    found = (n for n in range(len(section.located)) if is_quotable(section, n))
    return [n for n in found if not names or any(name.within(normalised(section.text_of(n))) for name in names)]


def _aspect_of(one: Constraint) -> Aspect | None:
    """Return what of a label a constraint asks for, None where it asks for nothing of its own."""
    if one.trait is not Trait.AGE:
        return _ASPECTS.get(one.trait)
    if one.value is None:
        return None
    if one.unit != "years" or one.value < ADULT or (one.comparator is Comparator.BELOW and one.value <= ADULT):
        return Aspect.PEDIATRIC
    return Aspect.GERIATRIC if one.value >= OLD else None


def _names(one: Constraint) -> Iterable[str]:
    """Return the words by which a label speaks of a constraint."""
    if one.trait in _NAMED:
        return names_of(_NAMED[one.trait])
    if one.trait is Trait.AGE:
        return names_of("children" if _aspect_of(one) is Aspect.PEDIATRIC else "elderly")
    concepts = expand(one.what or one.text, medical=True)
    return [name for concept in concepts for name in names_of(concept.id)] or [one.what or one.text]
