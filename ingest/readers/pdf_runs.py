"""Characters of a PDF page become runs: pieces of a printed line with their place, size and weight.

A PDF stores glyphs with positions, not words. Gaps tell where words end: where the page has no space
characters, a gap counts that is clearly wider than the gaps between the letters of its line.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.scripts import lowered, raised

LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\xad": "-",
        "\u2010": "-",
        "\u2011": "-",
    }
)
UNKNOWN = "\ufffd"

_BOLD = re.compile(r"bold|black|heavy|medium|demi", re.IGNORECASE)
_CID = re.compile(r"\(cid:\d+\)")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character with its box (top and bottom counted from the top of the page) and its baseline."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    font: str
    spaced: bool  # its font prints spaces as characters on this page, so that gaps need not tell words


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together on one printed line. `bold` is True where all of it is."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool
    font: str
    bullet: bool = False


def glyphs(chars: Iterable[dict[str, object]], width: float, height: float) -> list[Glyph]:
    """Return the upright characters inside the page, each once; a glyph without a character is U+FFFD."""
    chars = list(chars)
    used = Counter(str(char["fontname"]) for char in chars)
    spaces = Counter(str(char["fontname"]) for char in chars if char["text"] == " ")
    mostly = spaces.total() > 0.08 * used.total()  # what the rest of the page does tells for a font of few letters
    spaced = {font for font in used if (mostly if used[font] < 60 else spaces[font] > 0.02 * used[font])}
    seen: set[tuple[str, int, int]] = set()
    found: list[Glyph] = []
    for char in chars:
        x0, x1, top, bottom = (float(char[k]) for k in ("x0", "x1", "top", "bottom"))  # type: ignore[arg-type]
        text = str(char["text"])
        place = (text, round(x0), round(top))
        if not char["upright"] or place in seen or x1 < 0 or x0 > width or bottom < 0 or top > height:
            continue
        seen.add(place)
        text = UNKNOWN if _CID.fullmatch(text) else text.translate(LIGATURES)
        base = -float(char["matrix"][5])  # type: ignore[index]
        size = float(char["size"])  # type: ignore[arg-type]
        found.append(Glyph(text, x0, x1, top, bottom, base, size, str(char["fontname"]), char["fontname"] in spaced))
    return found


def runs(page: Sequence[Glyph]) -> list[Run]:
    """Return the runs of a page or of a part of it, from top to bottom and left to right."""
    lines = _with_scripts(_by_baseline(page))
    return [run for line in lines for run in _split(line)]


def _by_baseline(page: Sequence[Glyph]) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    for glyph in sorted(page, key=lambda g: (g.base, g.x0)):
        if lines and glyph.base - lines[-1][0].base <= 0.2 * min(glyph.size, lines[-1][0].size):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda g: g.x0) for line in lines]


def _with_scripts(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    """Move raised and lowered characters, which have a baseline of their own, into the line they touch."""
    sizes = [median(g.size for g in line) for line in lines]
    moved: set[int] = set()
    for i, line in enumerate(lines):
        for j in (i - 1, i + 1):
            if i in moved or not 0 <= j < len(lines) or j in moved or sizes[i] > 0.85 * sizes[j]:
                continue
            host = lines[j]
            if all(_touches(piece, host, sizes[j]) for piece in _pieces(line, sizes[i])):
                lines[j] = sorted([*host, *line], key=lambda g: g.x0)
                moved.add(i)
    return [line for i, line in enumerate(lines) if i not in moved]


def _pieces(line: list[Glyph], size: float) -> list[list[Glyph]]:
    pieces: list[list[Glyph]] = []
    for glyph in line:
        if pieces and glyph.x0 - pieces[-1][-1].x1 < size:
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    return pieces


def _touches(piece: list[Glyph], host: list[Glyph], size: float) -> bool:
    if abs(piece[0].base - host[0].base) > 0.7 * size:
        return False
    inked = [g for g in host if g.text.strip()]
    return any(min(abs(piece[0].x0 - g.x1), abs(g.x0 - piece[-1].x1)) < 0.5 * size for g in inked)


def _split(line: list[Glyph]) -> list[Run]:
    inked = [g for g in line if g.text.strip()]
    if not inked:
        return []
    size = max(set(sizes := [round(g.size, 1) for g in inked]), key=lambda s: (sizes.count(s), s))
    gaps = [(b.x0 - a.x1) / size for a, b in pairwise(inked)]
    word = (median(gaps) if len(gaps) > 3 else 0.0) + (0.25 if inked[0].spaced else 0.085)
    pieces: list[list[Glyph]] = [[inked[0]]]
    words: list[list[bool]] = [[False]]
    before = line.index(inked[0])
    for glyph, gap in zip(inked[1:], gaps, strict=True):
        here = before + 1 + next(k for k, g in enumerate(line[before + 1 :]) if g is glyph)
        breaks = gap > word or here - before > 1
        before = here
        if gap > 1.0:
            pieces.append([glyph])
            words.append([False])
        else:
            pieces[-1].append(glyph)
            words[-1].append(breaks)
    return [_run(piece, breaks, size) for piece, breaks in zip(pieces, words, strict=True)]


def _run(piece: list[Glyph], breaks: list[bool], line_size: float) -> Run:
    main = [g for g in piece if g.size > 0.85 * line_size] or piece
    size = median(g.size for g in main)
    bottom = median(g.bottom for g in main)
    text = ""
    script, shift = "", 0
    for glyph, space in zip(piece, breaks, strict=True):
        now = 0
        if glyph.size <= 0.85 * size and glyph.text.isalnum() | (glyph.text in "+-−–*†‡§,"):
            now = 1 if glyph.bottom < bottom - 0.12 * size else -1 if glyph.bottom > bottom + 0.02 * size else 0
        if script and (now != shift or space):
            text, script = text + _script(script, text, shift), ""
        text += " " if space else ""
        shift = now
        if now:
            script += glyph.text
        else:
            text += glyph.text
    if script:
        text += _script(script, text, shift)
    return Run(
        text.strip(),
        min(g.x0 for g in piece),
        max(g.x1 for g in piece),
        min(g.top for g in main),
        max(g.bottom for g in main),
        median(g.base for g in main),
        round(size, 1),
        all(_BOLD.search(g.font) for g in main),
        Counter(g.font for g in main).most_common(1)[0][0],
    )


def _script(text: str, before: str, shift: int) -> str:
    """A raised number after the end of a word or a sentence is a reference's mark, and left out."""
    if shift < 0:
        return lowered(text, before)
    if re.fullmatch(r"[\d,–-]+", text) and re.search(r"[.,;:)\]”\"]$|[a-z]{4}$", before):
        return ""
    return raised(text, before)
