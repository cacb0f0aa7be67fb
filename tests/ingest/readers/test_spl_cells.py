"""Cells of a label's tables: figures, words, stacked values and lists."""

import pytest

from ingest.readers.grid import Cell
from ingest.readers.spl_cells import Row, is_figure, printed_lines


@pytest.mark.parametrize("text", ["21%*", "5.7 (4.2, 7.3)", "<0.001", "—", "N/A", "-0.2 ± 4.9*", "7\n24\n", "20 mg"])
def test_values_are_figures(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["N=110", "(n = 765)", "40 mg weekly", "Placebo", "", "\n", "Week 12\n14%"])
def test_words_are_none(text: str) -> None:
    assert not is_figure(text)


def lines(*texts: str) -> list[list[str]]:
    row = Row(tuple(Cell(text) for text in texts), bold=False)
    return [[cell.text for cell in line.cells] for line in printed_lines(row)]


def test_stacked_values_become_rows_named_by_their_group() -> None:
    assert lines("ACR20\nWeek 12\nWeek 24", "\n14%\n15%", "\n58%\n57%") == [
        ["ACR20: Week 12", "14%", "58%"],
        ["ACR20: Week 24", "15%", "57%"],
    ]


def test_wrapped_words_stay_one_row() -> None:
    assert lines("Take\none", "every 6\nhours") == [["Take one", "every 6 hours"]]
    assert lines("Pain\nAche\nItch", "14%\n15%") == [["Pain Ache Itch", "14% 15%"]]


def test_items_of_a_list_in_a_cell_are_parted() -> None:
    assert lines("With:\n• pain\n• fever.\n• rash") == [["With: pain; fever. rash"]]
