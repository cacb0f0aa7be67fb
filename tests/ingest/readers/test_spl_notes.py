"""Footnotes of a label's tables are marked in order and told once."""

from ingest.readers.spl_notes import Notes


def test_notes_are_marked_in_order_and_told_once() -> None:
    notes = Notes()
    assert [notes.add("a", "First."), notes.mark("b")] == ["*", "†"]
    assert [notes.add(None, "Third."), notes.mark("a")] == ["‡", "*"]
    assert notes.add("b", "Second.") == "†"
    assert notes.take() == ["* First.", "‡ Third.", "† Second."]
    assert notes.take() == []


def test_marks_go_on_doubled() -> None:
    notes = Notes()
    assert [notes.add(None, "x") for _ in range(8)] == ["*", "†", "‡", "§", "¶", "#", "**", "††"]
