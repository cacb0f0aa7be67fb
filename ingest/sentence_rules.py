"""Whether the white space after a full stop lies between two sentences: rules for clinical and research prose."""

import re

from ingest.sentence_words import BEFORE_LETTER, BEFORE_NUMBER, NEVER_LAST, SOMETIMES_LAST, STARTERS, TITLES

# "miR-203", "p53", "c-Abl", "eGFR", "β-catenin": names that open a sentence in lower case; "ii)" and "b)" count items.
_LOWER_START = re.compile(r"[a-z]{1,4}-?[A-Z0-9]|[α-ω]\d?-|(?:[ivx]{1,4}|[a-h])\)\s")
_ITEM = re.compile(r"\((?:[ivx]{1,4}|[a-h])\)\s")
_INITIALISM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
# What counts a list or names a table at the head of a sentence: "2.", "B.", "iv.", "Step 3.", "Table 1."
_ENUMERATOR = re.compile(
    r"(?:(?:step|table|figure|fig\.?|box|appendix)\s+)?[A-Z]?\d{1,3}(?:\.\d{1,2})*|[A-Z]|[IVX]{1,4}", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_OPENERS = "([{\"'“‘«`"
_BULLETS = "•●○◦▪■□‣–—©®†‡§¶#"
# "(5.1)", "(2.2, 5.1)", "[see Warnings and Precautions (5.1)]"; an integer alone, "(2)", counts items.
_REFERENCE = re.compile(
    r"""[(\[]\s*
        (?: see\b [^()\[\]]{0,200} (?: \([^()]{0,80}\) [^()\[\]]{0,200} ){0,9} | \d+\.\d[\d.,\s]{0,80} )
        \s*[)\]]""",
    re.IGNORECASE | re.VERBOSE,
)


def reference_end(text: str, at: int) -> int | None:
    """Return where the cross-reference that opens at `at` ends ("(5.1)", "[see Warnings (5.1)]"), None if none does."""
    match = _REFERENCE.match(text, at) if text[at] in "([" else None
    return match.end() if match else None


def ends_sentence(text: str, start: int, at: int, stop: str, after: int) -> bool:
    """Return whether the sentence that began at `start` ends with `stop`.

    `stop` is the terminator at `at` with the quotes and brackets behind it; `after` is where the next word begins.
    """
    opener = after
    while opener < len(text) and text[opener] in _OPENERS:
        opener += 1
    first = text[opener : opener + 1]
    if first in _BULLETS:
        return True
    if not first.isalnum() or (first.islower() and not _opens_in_lower_case(text, after, opener)):
        return False
    if stop[0] != ".":
        return True
    head = text[max(start, at - 40) : at].split()
    if not head:
        return True
    word = head[-1].lstrip("([{\"'“‘«<>=≤≥~±+-–/")
    if first.isdigit():
        return _ends_before_number(word, bare=stop == "." and opener == after)
    if stop == "." and _ENUMERATOR.fullmatch(text, start, at):
        return False
    following = _WORD.match(text, opener)
    name = following.group() if following and text[following.end() : following.end() + 1] != "." else ""
    return _ends_before_capital(word, head[-2] if len(head) > 1 else "", name)


def _ends_before_capital(word: str, before: str, following: str) -> bool:
    """Return whether `word`, after `before`, ends a sentence where `following` comes next ("" for an initial)."""
    lower = _lower(word)
    if lower in NEVER_LAST or word in TITLES:
        return False
    if following in STARTERS:
        return True
    if len(word) == 1 and word.isalpha():
        return before.strip("(,-").lower() in BEFORE_LETTER and len(following) > 1
    if lower in SOMETIMES_LAST:
        return False
    if _INITIALISM.fullmatch(word):
        return word.islower() and len(following) > 1 and not following.isupper()
    return True


def _opens_in_lower_case(text: str, after: int, opener: int) -> bool:
    if opener > after:
        return _ITEM.match(text, after) is not None
    return _LOWER_START.match(text, after) is not None


def _ends_before_number(word: str, *, bare: bool) -> bool:
    lower = _lower(word)
    if lower in NEVER_LAST or lower in BEFORE_NUMBER or lower in SOMETIMES_LAST:
        return False
    if len(word) == 1 and word.isalpha():
        return False
    return not (bare and word.isdigit() and len(word) <= 3)  # "2. 5 mg": a decimal that was torn apart


def _lower(word: str) -> str:
    """Return an abbreviation's entry in the lists; "MS" and "ED" in capitals are names, not "Ms" and "Ed"."""
    return word if word.isupper() and "." not in word else word.lower()
