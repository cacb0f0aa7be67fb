"""Tables: rows that can be read alone, under headers that name every column."""

from ingest.readers.blocks import BlockWriter
from ingest.readers.grid import MAX_COLUMNS, MAX_ROWS, Cell, is_indented, span, write_table


def lines(head: list[list[Cell]], body: list[list[Cell]]) -> list[str]:
    writer = BlockWriter()
    write_table(writer, head, body)
    return writer.section(("Table",)).text.split("\n")


def cells(*texts: str, heading: bool = False) -> list[Cell]:
    return [Cell(text, heading=heading) for text in texts]


def test_header_rows_become_one_line_and_name_every_column() -> None:
    head = [[Cell("Event", rows=2), Cell("Placebo", columns=2), Cell("Drug", columns=2)], cells("n", "%", "n", "%")]
    assert lines(head, [cells("Stroke", "1", "0.1", "2", "0.2")]) == [
        "Event | Placebo n | Placebo % | Drug n | Drug %",
        "Stroke | 1 | 0.1 | 2 | 0.2",
    ]


def test_a_cell_over_several_rows_is_repeated_in_each() -> None:
    body = [[Cell("Men", rows=2), Cell("50"), Cell("1")], cells("60", "2"), cells("Women", "50", "3")]
    assert lines([], body) == ["Men | 50 | 1", "Men | 60 | 2", "Women | 50 | 3"]


def test_rows_set_in_are_led_by_the_label_above_them_until_a_row_is_not_set_in() -> None:
    body = [
        [Cell("Smoking", columns=2)],
        [Cell("Never", indented=True), Cell("10")],
        [Cell("Ever", indented=True), Cell("12")],
        cells("Age", "61"),
        [Cell("Late", indented=True), Cell("1")],
    ]
    assert lines([], body) == ["Smoking: Never | 10", "Smoking: Ever | 12", "Age | 61", "Late | 1"]


def test_a_label_over_the_full_width_joins_the_header_of_what_follows() -> None:
    head = [cells("", "Gender", "Age")]
    body = [
        [Cell("Percentage", columns=3)],
        cells("Lung", "1", "2"),
        [Cell("Number", columns=3)],
        cells("Lung", "9", "8"),
    ]
    writer = BlockWriter()
    write_table(writer, head, body)
    section = writer.section(("Table",))
    last = section.blocks[-1]
    assert last.lead is not None
    assert section.text[slice(*last.lead)] == "Number | Gender | Age"
    assert section.text[last.start : last.end] == "Lung | 9 | 8"


def test_heading_cells_further_down_are_the_header_of_the_rows_below_them() -> None:
    body = [
        cells("Site", "Lung", heading=True),
        cells("Men", "1"),
        cells("Site", "Renal", heading=True),
        cells("Men", "2"),
    ]
    writer = BlockWriter()
    write_table(writer, [], body)
    section = writer.section(("Table",))
    leads = [section.text[slice(*block.lead)] for block in section.blocks if block.lead]
    assert leads == ["Site | Lung", "Site | Renal"]


def test_empty_cells_keep_their_place() -> None:
    assert lines([], [cells("Men", "", "3", "")]) == ["Men | | 3"]


def test_spans_that_would_fill_the_memory_are_cut() -> None:
    assert span("100000000000000000000", MAX_COLUMNS) == 1
    assert span("99999", MAX_COLUMNS) == MAX_COLUMNS
    assert span("0", MAX_COLUMNS) == span("-3", MAX_COLUMNS) == span("two", MAX_COLUMNS) == span(None, 9) == 1


def test_indentation_is_told_by_the_spaces_that_are_printed() -> None:
    assert is_indented("\n\u2003Never")
    assert not is_indented("  Never")
    assert not is_indented("\u00a0")


def test_a_small_file_cannot_ask_for_a_huge_table() -> None:
    greedy = [[Cell("z", columns=MAX_COLUMNS, rows=MAX_ROWS)] * 1000] + [cells("1")] * 100
    assert max(len(line) for line in lines([], greedy)) < 10_000


def test_a_long_text_over_several_rows_is_printed_once() -> None:
    note = "A long note. " * 20
    body = [[Cell(note, rows=2), Cell("1")], cells("2")]
    assert lines([], body) == [f"{note.strip()} | 1", "| 2"]
