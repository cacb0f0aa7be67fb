"""Identifiers are said as held, and only where they are asked for."""

from qa.identified import identified
from qa.library import Library
from tests.qa.conftest import AskOf


def test_a_label_without_identifiers_has_none_made_up(asked: AskOf, library: Library) -> None:
    assert identified(asked("What is the set id of zelomab?"), library.searcher) == ""


def test_they_are_not_said_where_they_are_not_asked_for(asked: AskOf, library: Library) -> None:
    assert identified(asked("What is the dose of zelomab?"), library.searcher) == ""
