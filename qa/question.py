"""A question made safe to work with: one line of plain text, or an error that says what is wrong."""

import html
import re
import unicodedata

from corpus.errors import BadQuestion

MAX_CHARS = 2_000

# Only what HTML really has, so that "eGFR <30 and >15" keeps its signs.
_TAG_NAMES = (
    "a|abbr|article|aside|b|blockquote|body|br|button|center|code|div|em|embed|font|footer|form|h[1-6]|head|header|hr|"
    "html|i|iframe|img|input|label|li|link|main|mark|meta|nav|object|ol|option|p|pre|q|s|section|select|small|span|"
    "strike|strong|sub|sup|svg|table|tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|video"
)
_CODE = re.compile(r"<(script|style|noscript|template)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rf"</?(?:{_TAG_NAMES})(?:\s[^<>]*)?/?>|<!--.*?(?:-->|\Z)|<!doctype[^<>]*>", re.IGNORECASE | re.DOTALL)
_DROPPED = frozenset({"Cf", "Cs", "Co", "Cn"})


def clean_question(text: str) -> str:
    """Return the question as one line in NFC, without markup, control or zero-width characters.

    Raises BadQuestion for a text longer than MAX_CHARS and for one without a single letter or digit.
    """
    if len(text) > MAX_CHARS:
        raise BadQuestion(
            f"found a question of {len(text):,} characters, expected at most {MAX_CHARS:,}: "
            "ask one thing at a time, and leave pasted documents out (`curbside ingest` takes those)"
        )
    plain = html.unescape(_TAG.sub(" ", _CODE.sub(" ", text)))
    plain = "".join(_kept(character) for character in unicodedata.normalize("NFC", plain))
    plain = " ".join(plain.split())
    if not any(character.isalnum() for character in plain):
        found = "nothing" if not plain else f"only {plain[:40]!r}"
        raise BadQuestion(f"found {found} where a question was expected: ask in words, e.g. about a drug by its name")
    return plain


def _kept(character: str) -> str:
    """Return what stands for one character: a space for control characters, nothing for invisible ones."""
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    return "" if category in _DROPPED else character
