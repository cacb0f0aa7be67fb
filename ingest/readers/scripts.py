"""Raised, lowered and underlined characters as plain text that still says the same.

Dropping the markup of "10<sup>5</sup>" leaves "105", and of "<u>&lt;</u>4.5" leaves "<4.5": both
are other figures than the printed ones. So raised figures become the superscript characters of
Unicode, and an underlined sign becomes the sign that was meant.
"""

_RAISED = str.maketrans("0123456789+-−–‐‑=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-−–‐‑=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₋₋₌₍₎")
_RAISED_LETTERS = dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_UNDERLINED = {"<": "≤", ">": "≥", "+": "±"}
_MARKS = {"tm": "™", "o": "°"}


def raised(text: str, before: str) -> str:
    """Return a superscript that follows the characters `before`: "10" and "5" give "⁵".

    Figures and signs are raised in Unicode. One letter after a figure is a note's mark ("1.5ᵃ").
    An exponent that Unicode cannot raise follows a "^". All else is printed on the line ("1st", "BRAFV600E").
    """
    text = text.strip()
    follows_figure = before[-1:].isdigit()
    if text and all(ord(char) in _RAISED for char in text):
        return text.translate(_RAISED)
    if follows_figure and text in _RAISED_LETTERS and text != "o":
        return _RAISED_LETTERS[text]
    if follows_figure and text[:1] and text[0] in "0123456789+-−":
        return f"^{text}"
    return _MARKS.get(text.lower(), text)


def lowered(text: str, before: str) -> str:
    """Return a subscript that follows the characters `before`: "H2O" on the line, but "5₂" after a figure."""
    text = text.strip()
    if before[-1:].isdigit() and text and all(ord(char) in _LOWERED for char in text):
        return text.translate(_LOWERED)
    return text


def underlined(text: str) -> str:
    """Return the sign that an underlined "<", ">" or "+" stands for; any other text as it is."""
    return _UNDERLINED.get(text.strip(), text)
