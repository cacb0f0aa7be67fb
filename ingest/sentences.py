"""Sentences of plain text, as exact characters: the smallest runs that are quoted."""

import re

from corpus.document import Block, Role, Section
from corpus.passage import Sentence
from ingest.sentence_rules import ends_sentence, reference_end

# A terminator, what closes behind it (quotes, brackets, a flattened citation mark: "stroke.13,14", "stroke.[5]") and
# white space; or two sentences run together ("with food.Take it"); or an empty line.
_GAP = re.compile(
    r"""(?P<stop>(?<![.!?…])[.!?…]++(?:["'”’)\]»]++|(?<=[a-z)]\.)(?:\d{1,3}(?:[,–-]\d{1,3})*(?:(?:\s\d{1,3})+(?=\s+[A-Z]))?|\[\d[\d,–\s-]*\]))?(?:\s["”](?=\s))?)\s+(?=\S)
      | (?:(?<=[a-z]{4})[.!?]["”)]?|(?<=[a-z%]\))\.)(?=[A-Z][a-z])
      | \n\s*\n\s*""",
    re.VERBOSE,
)
_OPENS = re.compile(r"\s+[A-Z•●○◦▪■□]")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
_SAYS_SOMETHING = re.compile(r"[^\W_]")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences' [start, end), in order, white space trimmed; together they leave out only white space.

    An empty line always ends a sentence; other line breaks count as white space. Text without a
    letter or digit is never a sentence of its own, unless there is nothing else.
    """
    starts = [0]
    silent = 0  # nothing from the last start to here says anything: it is not searched twice
    for gap in _GAP.finditer(text):
        cut = _cut(text, starts[-1], gap)
        if cut is None:
            continue
        if _SAYS_SOMETHING.search(text, max(starts[-1], silent), cut):
            starts.append(cut)
        else:
            silent = cut
    if len(starts) > 1 and not _SAYS_SOMETHING.search(text, starts[-1]):
        starts.pop()
    spans = (_trim(text, start, end) for start, end in zip(starts, [*starts[1:], len(text)], strict=True))
    return [(start, end) for start, end in spans if start < end]


def sentences_of(section: Section) -> tuple[Sentence, ...]:
    """Return the section's sentences in reading order, each inside one block, with the block's role and lead.

    A table row is one sentence. A header is none: it serves as its rows' lead, and only where
    nothing names it as lead is it kept as a sentence, so that no text is lost. A section without
    blocks is read as one paragraph a line.
    """
    blocks = section.blocks or _lines(section.text)
    leads = {block.lead for block in blocks if block.role is Role.ROW and block.lead}
    found = []
    for block in blocks:
        if block.role is Role.HEADER and any(start <= block.start and block.end <= end for start, end in leads):
            continue
        if block.role in (Role.ROW, Role.HEADER):
            spans = [(0, block.end - block.start)]
        else:
            spans = split_sentences(section.text[block.start : block.end])
        for start, end in spans:
            start, end = _trim(section.text, block.start + start, block.start + end)
            if start < end:
                found.append(Sentence(start, end, block.role, block.lead))
    return tuple(found)


def _cut(text: str, start: int, gap: re.Match[str]) -> int | None:
    """Return where the sentence from `start` is cut at this gap, None where it goes on."""
    after = gap.end()
    stop = gap["stop"]
    if stop is None or _EMPTY_LINE.search(text, gap.start(), after):
        return after
    reference = reference_end(text, after)
    if reference is not None:  # "…of stroke. (5.1) Discontinue…": the reference belongs to what it follows
        return reference if _OPENS.match(text, reference) else None
    return after if ends_sentence(text, start, gap.start(), stop, after) else None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    run = text[start:end]
    return start + len(run) - len(run.lstrip()), end - (len(run) - len(run.rstrip()))


def _lines(text: str) -> tuple[Block, ...]:
    blocks = []
    start = 0
    for line in text.splitlines(keepends=True):
        blocks.append(Block(Role.PARAGRAPH, start, start + len(line)))
        start += len(line)
    return tuple(blocks)
