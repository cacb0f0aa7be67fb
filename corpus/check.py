"""What is wrong with a document or its passages: asked before they are stored and again by `verify`."""

from collections.abc import Iterable, Iterator, Sequence

from corpus.document import Block, Document, Section
from corpus.passage import Passage, Sentence, passage_id

_TEXTS = ("key", "title", "body", "effective", "version", "url", "licence", "design", "digest_of", "notice")
_LISTS = ("drugs", "brands", "authors", "identifiers", "publication_types", "subjects")


def document_problems(document: Document) -> Iterator[str]:
    """Yield each thing that breaks what `Document` and `Section` promise."""
    if not document.key.strip():
        yield "the document has no key"
    for name in _TEXTS:
        yield from (f"its {name} {problem}" for problem in _text_problems(getattr(document, name)))
    for name in _LISTS:
        words = (" ".join(item) if isinstance(item, tuple) else str(item) for item in getattr(document, name))
        yield from (f"one of its {name} {problem}" for problem in _text_problems(" ".join(words)))
    for position, section in enumerate(document.sections):
        yield from (f"{name_section(position, section)}: {problem}" for problem in section_problems(section))


def section_problems(section: Section) -> Iterator[str]:
    """Yield what is wrong with the section's text and blocks."""
    named = " ".join(map(str, (*section.heading, section.number, section.code, *section.codes)))
    yield from (f"its heading or number {problem}" for problem in _text_problems(named))
    yield from (f"its text {problem}" for problem in _text_problems(section.text))
    yield from _span_problems("block", section.blocks, 0, len(section.text), len(section.text))


def passage_problems(document: Document, passages: Sequence[Passage]) -> Iterator[str]:
    """Yield each passage that is not the section's own characters, in order, with its sentences inside."""
    last = (-1, -1)
    for passage in passages:
        label = f"passage {passage.id}"
        if not 0 <= passage.section < len(document.sections):
            yield f"{label} names section {passage.section}, the document has {len(document.sections)}"
            continue
        section = document.sections[passage.section]
        if not 0 <= passage.start < passage.end <= len(section.text):
            yield f"{label} has characters {passage.start} to {passage.end}, its section {len(section.text)}"
            continue
        if section.text[passage.start : passage.end] != passage.text:
            yield f"{label} does not hold the characters {passage.start} to {passage.end} of its section"
        if passage.id != passage_id(document.key, section.id, passage.start, passage.end):
            yield f"{label} has an id that does not follow from its characters"
        if (passage.section, passage.start) < last:
            yield f"{label} begins before the passage ahead of it ends"
        last = (passage.section, passage.end)
        if not passage.sentences:
            yield f"{label} has no sentences"
        sentences = _span_problems("sentence", passage.sentences, passage.start, passage.end, len(section.text))
        yield from (f"{label}: {problem}" for problem in sentences)


def name_section(position: int, section: Section) -> str:
    """Return the words by which a person finds the section."""
    return f"section {position} ({' '.join(filter(None, (section.number, section.title))) or 'untitled'})"


def _span_problems(
    noun: str, spans: Iterable[Block | Sentence], first: int, last: int, text_length: int
) -> Iterator[str]:
    """Yield spans that are empty, overlap, or leave [first, last); and leads outside the text."""
    reached = first
    for n, span in enumerate(spans):
        if not first <= span.start < span.end <= last:
            yield f"{noun} {n} has characters {span.start} to {span.end}, outside {first} to {last}"
            continue
        if span.start < reached:
            yield f"{noun} {n} begins at {span.start}, before the {noun} ahead of it ends at {reached}"
        reached = span.end
        if span.lead is not None and not 0 <= span.lead[0] < span.lead[1] <= text_length:
            yield f"{noun} {n} has a lead of characters {span.lead[0]} to {span.lead[1]}, the text {text_length}"


def _text_problems(text: str) -> Iterator[str]:
    if "\0" in text:
        yield "holds a NUL character"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        yield f"holds half a surrogate pair at character {error.start}"
