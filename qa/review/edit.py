"""Edits of an answer: one sentence replaced by another passage's, or taken out; what comes out is a new answer."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from corpus.document import SourceKind
from corpus.errors import BadInput
from qa.answer import Answer, Block, Citation, Claim, Conflict, Part, Plain, sealed
from qa.check import OnePart, without_uncited
from qa.cite import Citations
from qa.points import Point

Change = Callable[[Block, int], list[Block]]


def sentences(answer: Answer) -> list[Claim]:
    """Return what a reviewer can point at, in one order: the claims of the parts, then those in plain words."""
    return [
        *answer.claims(),
        *(claim for block in (answer.plain.blocks if answer.plain else ()) for claim in block.claims),
    ]


def removed(answer: Answer, claim: int) -> Answer:
    """Return the answer without one claim (its place in `sentences`), not sealed. Raises BadInput."""
    if claim < len(answer.claims()) == 1:
        raise BadInput("this is the only sentence of the answer: request changes, or ask again, instead")
    return _changed(answer, claim, lambda block, at: [_without(block, at)], answer.citations)


def replaced(answer: Answer, claim: int, point: Point) -> Answer:
    """Return the answer with a point in the place of one claim, not sealed.

    Where the heading above names another section of a label than the point comes from, the point stands under a
    heading of its own. Raises BadInput for a point of another kind of source than the part's.
    """
    document, section = point.quoted[0].document, point.quoted[0].section
    part = _part_of(answer, claim)
    if isinstance(part, Plain):
        raise BadInput("what is said in plain words can be taken out, and is not replaced")
    if document.kind is not part.kind:
        raise BadInput(
            f"the sentence is from a {part.kind}: choose a passage of a {part.kind}, not of a {document.kind}"
        )
    made = Citations()
    point = replace(point, context=_context(document.kind, document.body, document.year, document.title))
    fresh = made.claim(point)
    last = max((citation.n for citation in answer.citations), default=0)
    citations = tuple(replace(one, n=one.n + last) for one in made.all())
    new = _renumbered(fresh, {n: n + last for n in fresh.citations})
    heading = f"{section.number} {section.title}".strip()

    def change(block: Block, at: int) -> list[Block]:
        claims = list(block.claims)
        if document.kind is SourceKind.LABEL and not block.heading.endswith(heading):
            return [_without(block, at), Block(heading, (new,))]
        return [replace(block, claims=(*claims[:at], new, *claims[at + 1 :]))]

    return _changed(answer, claim, change, (*answer.citations, *citations))


def finished(answer: Answer, *, created: str, snapshot: str) -> Answer:
    """Return the edited answer as a new one: numbered in reading order, what nothing cites left out, sealed."""
    answer = without_uncited(answer)
    numbers = dict.fromkeys(n for claim in answer.every_claim() for n in claim.citations)
    order = {n: place for place, n in enumerate(numbers, 1)}
    cited = sorted(answer.citations, key=lambda one: order[one.n])
    citations = tuple(replace(one, n=order[one.n]) for one in cited)
    kinds = {one.n: one.document for one in citations}
    parts = tuple(_counted(_part_renumbered(part, order), kinds) for part in answer.parts)
    conflicts = tuple(_conflict_renumbered(conflict, order) for conflict in answer.conflicts)
    plain = answer.plain and _counted(_part_renumbered(answer.plain, order), kinds)
    whole = replace(answer, parts=parts, citations=citations, conflicts=conflicts, plain=plain, timing_ms={})
    return sealed(replace(whole, created=created, snapshot=snapshot))


def _context(kind: SourceKind, body: str, year: int | None, title: str) -> str:
    """Return what names the subject of a passage that stands alone, as the parts of an answer do."""
    if kind is SourceKind.RESEARCH:
        return title
    if kind is SourceKind.LABEL:
        return ""
    whose = body or title
    return whose if year is None or str(year) in whose else f"{whose} {year}"


def _part_of(answer: Answer, claim: int) -> Part | Plain:
    left = claim
    parts: list[Part | Plain] = [*answer.parts, *([answer.plain] if answer.plain else [])]
    for part in parts:
        count = sum(len(block.claims) for block in part.blocks)
        if 0 <= left < count:
            return part
        left -= count
    raise BadInput(f"the answer has {len(sentences(answer))} sentences, counted from 0: found {claim}")


def _changed(answer: Answer, claim: int, change: Change, citations: tuple[Citation, ...]) -> Answer:
    _part_of(answer, claim)
    at = claim

    def changed(part: OnePart) -> OnePart:
        nonlocal at
        blocks: list[Block] = []
        for block in part.blocks:
            blocks += change(block, at) if 0 <= at < len(block.claims) else [block]
            at -= len(block.claims)
        return replace(part, blocks=tuple(block for block in blocks if block.claims))

    parts = tuple(changed(part) for part in answer.parts)
    return replace(answer, parts=parts, plain=answer.plain and changed(answer.plain), citations=citations)


def _without(block: Block, at: int) -> Block:
    return replace(block, claims=(*block.claims[:at], *block.claims[at + 1 :]))


def _renumbered(claim: Claim, order: dict[int, int]) -> Claim:
    return replace(claim, citations=_numbers(claim.citations, order), quoted=_numbers(claim.quoted, order))


def _numbers(numbers: Iterable[int], order: dict[int, int]) -> tuple[int, ...]:
    return tuple(order[n] for n in numbers)


def _part_renumbered(part: OnePart, order: dict[int, int]) -> OnePart:
    blocks = tuple(replace(one, claims=tuple(_renumbered(claim, order) for claim in one.claims)) for one in part.blocks)
    return replace(part, blocks=blocks)


def _conflict_renumbered(conflict: Conflict, order: dict[int, int]) -> Conflict:
    return replace(conflict, sides=tuple(replace(one, claim=_renumbered(one.claim, order)) for one in conflict.sides))


def _counted(part: OnePart, documents: dict[int, str]) -> OnePart:
    cited = {documents[n] for block in part.blocks for claim in block.claims for n in claim.citations}
    return replace(part, found=len(cited))
