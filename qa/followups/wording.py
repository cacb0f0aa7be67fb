"""How follow-ups begin, and how the words of one are put into another sentence."""

# ruff: noqa: E501 (one pattern a line)

import re

LEAD = re.compile(r"^\W*(?:(?:and|but|so|also|then|or|ok|okay|well|right|thanks|thank you|yes|no|hmm|oh)\b[\s,.!]*)*(?:(?P<about>what about|how about|what of|same for|the same for)\b|(?P<whatif>what if|if)\b)?\s*", re.IGNORECASE)  # fmt: skip
CONTINUES = re.compile(r"^\W*(?:and|but|also|then|or|so|what about|how about|what if|what of|same for|the same for|in that case|instead)\b|\binstead\b|\bas well\b|\btoo\s*\??$|\bin (?:this|that) case\b", re.IGNORECASE)  # fmt: skip
PREPOSITION = re.compile(
    r"^(?:in|for|with|after|before|during|on|at|among|if|when|while|beyond|over|under|without|within|by)\b",
    re.IGNORECASE,
)
QUESTION = re.compile(
    r"^(?:what|which|who|when|where|why|how|is|are|was|were|do|does|did|can|could|should|would|will|may|must|has|have|tell|give|list)\b",
    re.IGNORECASE,
)
DEFINITE = re.compile(
    r"\b(?:the|any|its|an|a) (risks?|incidence|chance|likelihood|signs?|symptoms?|rate|frequency)\b(?! (?:of|for|factors? (?:of|for)))",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def capital(text: str) -> str:
    """Return the text with a capital first."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Return the text with a small letter first, where its first word is no abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
