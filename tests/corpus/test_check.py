"""What no database takes is refused before it is stored, wherever in a document it stands."""

from typing import Any

import pytest

from corpus.check import document_problems
from corpus.document import Section
from tests.corpus.making import document


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "a\0b"),
        ("design", "a\0b"),
        ("notice", "\0"),
        ("authors", ("A", "B\0")),
        ("identifiers", (("doi", "1\0"),)),
    ],
)
def test_a_nul_is_named_with_its_field(field: str, value: Any) -> None:
    (problem,) = document_problems(document(**{field: value}))
    assert problem.endswith(f"its {field} holds a NUL character")


def test_a_nul_in_a_heading_is_named_with_its_section() -> None:
    (problem,) = document_problems(document(sections=(Section(("A\0",), "a"),)))
    assert problem == "section 0 (A\0): its heading or number holds a NUL character"


def test_half_a_surrogate_pair_is_named_with_its_place() -> None:
    (problem,) = document_problems(document(body="a\ud800"))
    assert problem == "its body holds half a surrogate pair at character 1"


def test_a_whole_document_has_no_problem() -> None:
    assert list(document_problems(document())) == []
