"""Seeded changes of documents that answers cite, each with the spans that it touches: known as it is made.

Nothing of what is measured is used here: an edit is a cut in a section's characters, and a cited span is touched
where the cut lies in it.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bench.stale_edit import Edit, Span, moved
from corpus.document import Document, Integrity, Section
from corpus.passage import Sentence
from ingest.sentences import sentences_of

_WORD = re.compile(r"[^\W_]+")
NEW = "The committee of this measurement met on a Tuesday and wrote a sentence."


@dataclass(frozen=True, slots=True)
class Seeded:
    """One change: the document's new version, or the state of its publication, and the spans it touches."""

    kind: str
    before: Document
    after: Document | None
    state: Integrity | None
    touched: frozenset[Span]


Change = Callable[[Document, Sequence[Span], random.Random], Seeded | None]


def seeded(documents: Mapping[str, Document], cited: Mapping[str, Sequence[Span]], seed: int) -> list[Seeded]:
    """Return a change of each cited document, by version id, the kinds in turn; what a kind cannot change is left."""
    drawn = random.Random(seed)
    changes = []
    names = sorted(cited)
    drawn.shuffle(names)
    for number, name in enumerate(names):
        kind = list(KINDS)[number % len(KINDS)]
        spans = sorted(set(cited[name]))
        change = KINDS[kind](documents[name], spans, drawn)
        if change is not None:
            changes.append(replace(change, kind=kind))
    return changes


def _edited(document: Document, spans: Sequence[Span], section: Section, edit: Edit) -> Seeded:
    """Return an edit of one section; it touches the spans that share characters with it, or have it inside."""
    sections = tuple(edit.applied(one) if one.id == section.id else one for one in document.sections)
    touched = {
        (name, start, end) for name, start, end in spans if name == section.id and start < edit.end and edit.start < end
    }
    return Seeded("", document, replace(document, sections=sections), None, frozenset(touched))


def _section(document: Document, span: Span) -> Section:
    return next(section for section in document.sections if section.id == span[0])


def _cited_words(document: Document, spans: Sequence[Span], drawn: random.Random) -> Seeded | None:
    """A word of a cited span becomes another; a figure does, where there is one."""
    span = drawn.choice(spans)
    section = _section(document, span)
    words = list(_WORD.finditer(section.text, *span[1:]))
    figures = [word for word in words if word[0].isdecimal()]
    if not words:
        return None
    word = drawn.choice(figures or words)
    return _edited(document, spans, section, Edit(*word.span(), str(int(word[0]) + 1) if figures else "altered"))


def _added_word(document: Document, spans: Sequence[Span], drawn: random.Random) -> Seeded | None:
    """A word is put between two words of a cited span."""
    long = [span for span in spans if " " in _section(document, span).text[span[1] : span[2]].strip()]
    if not long:
        return None
    span = drawn.choice(long)
    section = _section(document, span)
    gaps = [at for at in range(span[1] + 1, span[2] - 1) if section.text[at] == " "]
    return _edited(document, spans, section, Edit(at := drawn.choice(gaps), at, " not")) if gaps else None


def _uncited_words(document: Document, spans: Sequence[Span], drawn: random.Random) -> Seeded | None:
    """A word of a sentence that nothing cites becomes another, in a section that is cited."""
    free = [
        (section, sentence)
        for section in (_section(document, span) for span in spans)
        for sentence in sentences_of(section)
        if len(section.text[sentence.start : sentence.end].split()) >= 4
        and not any(name == section.id and a < sentence.end and sentence.start < b for name, a, b in spans)
    ]
    if not free:
        return None
    section, sentence = drawn.choice(free)
    return _edited(document, spans, section, _altered(section, sentence, drawn))


def _revision(document: Document, spans: Sequence[Span], drawn: random.Random) -> Seeded | None:
    """Every fifth sentence of the whole document has a word altered, cited or not, and a section comes first."""
    touched: set[Span] = set()
    sections = [Section(("A section of this measurement",), NEW, number="0")]
    for section in document.sections:
        edits = [_altered(section, one, drawn) for one in sentences_of(section) if drawn.random() < 0.2]
        for edit in reversed(edits):  # from the end, so that those before keep their places
            touched |= _edited(document, spans, section, edit).touched
        new = section
        for edit in reversed(edits):
            new = edit.applied(new)
        sections.append(new)
    return Seeded("", document, replace(document, sections=tuple(sections)), None, frozenset(touched))


def _altered(section: Section, sentence: Sentence, drawn: random.Random) -> Edit:
    """Return an edit that makes one word of a sentence another; its signs stay, and so do its ends."""
    word = drawn.choice(list(_WORD.finditer(section.text, sentence.start, sentence.end)))
    return Edit(*word.span(), "altered")


def _added_sentence(document: Document, spans: Sequence[Span], drawn: random.Random) -> Seeded | None:
    """A sentence is added to a cited section, before it, after it, or behind a sentence that ends; in no cited span."""
    section = _section(document, drawn.choice(spans))
    ends = [one.end for one in sentences_of(section) if section.text[one.end - 1] == "."]
    outside = [at for at in ends if not any(name == section.id and a < at < b for name, a, b in spans)]
    edits = [Edit(0, 0, f"{NEW}\n"), Edit(len(section.text), len(section.text), f"\n{NEW}")]
    edits += [Edit(at, at, f" {NEW}") for at in outside]
    return _edited(document, spans, section, drawn.choice(edits))


def _removed_sentence(document: Document, spans: Sequence[Span], drawn: random.Random) -> Seeded | None:
    """A cited span is cut out."""
    span = drawn.choice(spans)
    return _edited(document, spans, _section(document, span), Edit(span[1], span[2], ""))


def _moved_sentence(document: Document, spans: Sequence[Span], drawn: random.Random) -> Seeded | None:
    """A cited span is cut out and put at the end of a section of another title."""
    span = drawn.choice(spans)
    section = _section(document, span)
    others = [one for one in document.sections if one.title != section.title and one.heading != section.heading]
    if not others:
        return None
    change = _edited(document, spans, section, Edit(span[1], span[2], ""))
    assert change.after is not None
    other, quote = drawn.choice(others), section.text[span[1] : span[2]]
    edit = Edit(len(other.text), len(other.text), f"\n{quote}")
    sections = tuple(edit.applied(one) if one.id == other.id else one for one in change.after.sections)
    return replace(change, after=replace(document, sections=sections))


def _removed_section(document: Document, spans: Sequence[Span], drawn: random.Random) -> Seeded | None:
    """A cited section is cut out."""
    gone = drawn.choice(spans)[0]
    rest = tuple(one for one in document.sections if one.id != gone)
    touched = frozenset(span for span in spans if span[0] == gone)
    return Seeded("", document, replace(document, sections=rest), None, touched) if rest else None


def _renumbered(document: Document, spans: Sequence[Span], drawn: random.Random) -> Seeded | None:
    """A new section comes first and the numbers of all others change; their words do not."""
    sections = [replace(one, number=f"9{number}") for number, one in enumerate(document.sections)]
    new = Section(("A section of this measurement",), NEW, number="90")
    return Seeded("", document, replace(document, sections=(new, *sections)), None, frozenset())


def _white_space(document: Document, spans: Sequence[Span], drawn: random.Random) -> Seeded | None:
    """Each space of a cited section is doubled."""
    section = _section(document, drawn.choice(spans))

    def at(place: int) -> int:
        return place + section.text.count(" ", 0, place)

    wide = replace(section, text=section.text.replace(" ", "  "), blocks=moved(section.blocks, at, at))
    sections = tuple(wide if one.id == section.id else one for one in document.sections)
    return Seeded("", document, replace(document, sections=sections), None, frozenset())


def _metadata(document: Document, spans: Sequence[Span], drawn: random.Random) -> Seeded | None:
    """The document's title and version change."""
    return Seeded(
        "", document, replace(document, title=f"{document.title} (revised)", version="999"), None, frozenset()
    )


def _standing(state: Integrity, is_doubt: bool) -> Change:
    def change(document: Document, spans: Sequence[Span], drawn: random.Random) -> Seeded | None:
        return Seeded("", document, None, state, frozenset(spans if is_doubt else ()))

    return change


KINDS: Mapping[str, Change] = {
    "cited words changed": _cited_words,
    "word added to cited words": _added_word,
    "uncited words changed in a cited section": _uncited_words,
    "sentence added to a cited section": _added_sentence,
    "cited words removed": _removed_sentence,
    "cited words moved to another section": _moved_sentence,
    "cited section removed": _removed_section,
    "a fifth of all sentences changed": _revision,
    "sections renumbered, one added": _renumbered,
    "white space changed": _white_space,
    "title and version changed": _metadata,
    "retracted": _standing(Integrity.RETRACTED, True),
    "expression of concern": _standing(Integrity.CONCERN, True),
    "withdrawn": _standing(Integrity.WITHDRAWN, True),
    "corrected": _standing(Integrity.CORRECTED, False),
    "superseded": _standing(Integrity.SUPERSEDED, False),
}
