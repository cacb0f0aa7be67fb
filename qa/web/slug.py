"""The readable end of an answer's address, made from its question."""

import re
import unicodedata

from qa.answer import Answer

MAX_CHARS = 72


def slug(question: str) -> str:
    """Return a question as lower-case ASCII words joined by "-", whole words up to MAX_CHARS; "answer" for none."""
    plain = unicodedata.normalize("NFKD", question.lower()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    if len(words) > MAX_CHARS:
        words = words[: MAX_CHARS + 1].rpartition("-")[0] or words[:MAX_CHARS]
    return words or "answer"


def answer_path(answer: Answer) -> str:
    """Return the path of an answer's page."""
    return f"/answers/{answer.id}-{slug(answer.question)}"
