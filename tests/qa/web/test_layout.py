"""Lines of a claim as they are shown: words by themselves, rows of cells as one table."""

from qa.web.layout import pieces


def rows(text: str) -> list[tuple[tuple[str, ...], ...]]:
    return [piece.rows for piece in pieces(text)]


def test_rows_with_equally_many_cells_are_one_table_and_words_are_not() -> None:
    text = "As follows:\nDrug | Dose\nA | 60 mg\nB | 70 mg\nNot in children."
    assert rows(text) == [
        (("As follows:",),),
        (("Drug", "Dose"), ("A", "60 mg"), ("B", "70 mg")),
        (("Not in children.",),),
    ]
    assert [piece.is_table for piece in pieces(text)] == [False, True, False]


def test_a_row_alone_is_no_table() -> None:
    [piece] = pieces("A | 60 mg")
    assert piece.rows == (("A", "60 mg"),) and not piece.is_table
