"""The answer as JSON and back: the format of docs/answer-format.md, the same wherever an answer is given."""

from pydantic import TypeAdapter

from qa.answer import Answer

_ANSWER = TypeAdapter(Answer)


def to_json(answer: Answer) -> dict[str, object]:
    """Return the answer as JSON-ready values."""
    whole: dict[str, object] = _ANSWER.dump_python(answer, mode="json")
    return whole


def from_json(text: str) -> Answer:
    """Return the answer that a JSON text holds, equal to what was written."""
    return _ANSWER.validate_json(text)
