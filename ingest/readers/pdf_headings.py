"""Which paragraphs of a PDF are headings, and how deep: by size, weight and numbering."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.numbers import split_number
from ingest.readers.outline import Heading
from ingest.readers.pdf_paragraphs import CAPTION, Paragraph
from ingest.readers.pdf_tables import Table

MAX_CHARS = 220

_SENTENCE = re.compile(r"[.,;:]$")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Headings:
    """The look of a document's body text and of its headings, outermost first."""

    body: float
    bold: bool
    styles: tuple[tuple[float, bool], ...]

    def heading(self, paragraph: Paragraph) -> Heading | None:
        """Return the heading that a paragraph is, None where it is text."""
        if not _could_be(paragraph, self.body, self.bold):
            return None
        number, title = split_number(paragraph.text)
        style = (paragraph.size, paragraph.bold)
        return Heading(self.styles.index(style) + 1, title, number) if style in self.styles else None


def headings_of(items: Sequence[Paragraph | Table]) -> Headings:
    """Return what headings look like among these paragraphs."""
    texts = [item for item in items if isinstance(item, Paragraph)]
    chars: Counter[tuple[float, bool]] = Counter()
    for paragraph in texts:
        chars[paragraph.size, paragraph.bold] += len(paragraph.text)
    body, bold = chars.most_common(1)[0][0] if chars else (0.0, False)
    styles = {(p.size, p.bold) for p in texts if _could_be(p, body, bold)}
    return Headings(body, bold, tuple(sorted(styles, reverse=True)))


def _could_be(paragraph: Paragraph, body: float, bold: bool) -> bool:
    text = paragraph.text
    if (
        paragraph.depth
        or len(text) > MAX_CHARS
        or text[:1].islower()
        or not _LETTERS.search(text)
        or CAPTION.match(text)
    ):
        return False
    if _SENTENCE.search(text) and not split_number(text)[0]:
        return False
    larger = paragraph.size >= body + 0.4
    return larger or (paragraph.bold and not bold and paragraph.size >= body - 1.6)
