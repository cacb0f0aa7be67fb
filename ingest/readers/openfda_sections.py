"""Sections of an openFDA drug label record: subsections parted where their numbers leave no doubt."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Section
from ingest.readers import spl_table
from ingest.readers.blocks import BlockWriter
from ingest.readers.loinc import UNCLASSIFIED, code_of
from ingest.readers.openfda_fields import opening
from ingest.readers.openfda_parts import Part, Parts, parts
from ingest.readers.spl_notes import Notes

_HOLDER = re.compile("([\ue000-\uf8ff])")
# What may not stand before the number of a subsection: "[see Warnings (5.1)]", "Table 5.1", "sections 5.1 and 5.2".
_IN_A_SENTENCE = re.compile(
    r"(?:[,;(\[–-]|\b(?:sections?|tables?|figures?|see|and|or|to|of|in|also|by|than|approximately)) $", re.IGNORECASE
)
# Sections whose numbers skip: 8.3 and 8.6 are not in every label.
_WITH_GAPS = frozenset(("8", "12", "13"))


@dataclass(frozen=True, slots=True)
class _Place:
    heading: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def sections(record: dict[str, object]) -> tuple[Section, ...]:
    """Return the sections of a record in the order of a label."""
    found = parts(record)
    return tuple(section for part in found.outermost for section in _sections(part, _Place(), found))


def _sections(part: Part, above: _Place, found: Parts) -> Iterator[Section]:
    place = _Place((*above.heading, part.title), (*above.codes, part.code)) if part.title else above
    starts = _subsections(part, found)
    own = part.text[: starts[0].start()] if starts else part.text
    yield from _written(own, part.number, part.code, place, found, place)
    ends = [match.start() for match in starts[1:]] + [len(part.text)]
    for match, end in zip(starts, ends, strict=False):
        begins = opening(part.text[match.start() : end], "")
        code = code_of(begins.title) or UNCLASSIFIED
        inner = _Place((*place.heading, begins.title), (*place.codes, code)) if begins.title else place
        yield from _written(begins.text, begins.number, code, inner, found, place)


def _subsections(part: Part, found: Parts) -> list[re.Match[str]]:
    """Return where the subsections without fields of their own begin, none where their numbers are not in order."""
    if not part.number or "." in part.number:
        return []
    starts, numbers = [], [0]
    for match in re.finditer(rf"(?<!\S){part.number}\.([1-9]\d?) (?=[A-Z])|{_HOLDER.pattern}", part.text):
        inner = found.held.get(match[2]) if match[2] else None
        if isinstance(inner, Part) and inner.number.startswith(f"{part.number}."):
            numbers.append(int(inner.number.split(".")[1]))
        elif match[1] and not _IN_A_SENTENCE.search(part.text, 0, match.start()):
            starts.append(match)
            numbers.append(int(match[1]))
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    in_order = all(step == 1 or (step > 1 and part.number in _WITH_GAPS) for step in steps)
    return starts if in_order else []


def _written(
    text: str, number: str, code: str, place: _Place, found: Parts, above_numbered: _Place
) -> Iterator[Section]:
    """Yield the sections of a run of text: its own, and those of the parts in it, the numbered ones on its level."""
    writer = BlockWriter()
    for piece in _HOLDER.split(text):
        held = found.held.get(piece)
        if isinstance(held, Part):
            if writer:
                yield writer.section(place.heading, number, code, place.codes)
                writer = BlockWriter()
            yield from _sections(held, above_numbered if held.number else place, found)
        elif held is not None:
            spl_table.write(held, writer, Notes())
        else:
            writer.paragraph(piece)
    if writer:
        yield writer.section(place.heading, number, code, place.codes)
