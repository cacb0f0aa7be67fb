"""Raised, lowered and underlined characters as plain text that still says the same.

Dropping the markup of "10<sup>5</sup>" leaves "105", and of "<u>&lt;</u>4.5" leaves "<4.5": both
are other figures than the printed ones. So raised figures become the superscript characters of
Unicode, and an underlined sign becomes the sign that was meant.
"""

import re

_RAISED = str.maketrans("0123456789+-−–‐‑=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-−–‐‑=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₋₋₌₍₎")
_RAISED_LETTERS = str.maketrans(
    "abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUW", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁᵂ"
)
_FIGURES = re.compile(r"[\d+\-−–‐‑=()]+(,\s?\d+)*")
_NOTE_MARKS = re.compile(r"[A-Za-z](,\s?[A-Za-z])*")
_NOTE_LETTERS = re.compile(r"[a-z]{2,4}")
_TERM = re.compile(r"[+\-−]?\d+\.\d+|(?=.*\w).*[/=·⋅*()+].*")
_UNDERLINED = {"<": "≤", ">": "≥", "+": "±"}
_MARKS = {"tm": "™", "o": "°"}


def raised(text: str, before: str) -> str:
    """Return a superscript that follows the characters `before`: "10" and "5" give "⁵".

    Figures, signs and single letters (a note's mark, "1.5ᵃ") are raised in Unicode. A term that
    Unicode cannot raise follows a "^". All else is printed on the line ("1st", "BRAFV600E").
    """
    text = text.strip()
    if _FIGURES.fullmatch(text):
        return text.translate(_RAISED)
    if text.lower() in _MARKS:
        return _MARKS[text.lower()]
    if _NOTE_MARKS.fullmatch(text) and (raisable := text.translate(_RAISED_LETTERS)) != text:
        return raisable
    is_term = bool(before[-1:].strip()) and (
        _TERM.fullmatch(text) is not None or (len(text) == 1 and text.isascii() and text.isalpha())
    )
    return f"^{text}" if is_term else text


def note_mark(text: str, before: str) -> str:
    """Return the mark of a note, here where it is used or before the note: "cd" gives "ᶜᵈ", "a,b," "ᵃ,ᵇ"."""
    text = text.strip().rstrip(",")
    return text.translate(_RAISED_LETTERS) if _NOTE_LETTERS.fullmatch(text) else raised(text, before)


def lowered(text: str, before: str) -> str:
    """Return a subscript that follows the characters `before`: "H2O" on the line, but "5₂" after a figure."""
    text = text.strip()
    if before[-1:].isdigit() and _FIGURES.fullmatch(text):
        return text.translate(_LOWERED)
    return text


def underlined(text: str) -> str:
    """Return the sign that an underlined "<", ">" or "+" stands for; any other text as it is."""
    return _UNDERLINED.get(text.strip(), text)
