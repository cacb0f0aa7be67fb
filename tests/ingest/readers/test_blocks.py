"""Blocks: the text of a section as lines with exact offsets, items and rows with what introduces them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Role, Section
from ingest.readers.blocks import BlockWriter


def printed(section: Section) -> list[tuple[Role, str, str | None]]:
    """Return each block with its text and its lead's."""
    cut = section.text
    return [(b.role, cut[b.start : b.end], None if b.lead is None else cut[slice(*b.lead)]) for b in section.blocks]


def test_blocks_are_lines_of_the_text_with_exact_offsets() -> None:
    writer = BlockWriter()
    writer.paragraph("  First\n paragraph. ")
    writer.paragraph("")
    writer.paragraph("Second.")
    section = writer.section(["1 Uses", ""], number="1", code="34067-9", codes=["34067-9", "42229-5"])
    assert section.text == "First paragraph.\nSecond."
    assert [(b.start, b.end) for b in section.blocks] == [(0, 16), (17, 24)]
    assert (section.heading, section.number, section.code) == (("1 Uses",), "1", "34067-9")
    assert section.codes == ("34067-9",)


def test_items_lead_with_the_sentence_that_introduces_them() -> None:
    writer = BlockWriter()
    writer.paragraph("DRUG lowers calcium (e.g. Fig. 2). Do not use it in patients with:")
    writer.item("• hypocalcemia")
    writer.item("pregnancy")
    writer.paragraph("Other.")
    writer.item("next")
    writer.paragraph("The most common reactions are listed below.")
    writer.item("rash")
    lead = "Do not use it in patients with:"
    assert printed(writer.section([]))[1:] == [
        (Role.ITEM, "hypocalcemia", lead),
        (Role.ITEM, "pregnancy", lead),
        (Role.PARAGRAPH, "Other.", None),
        (Role.ITEM, "next", None),
        (Role.PARAGRAPH, "The most common reactions are listed below.", None),
        (Role.ITEM, "rash", "The most common reactions are listed below."),
    ]


def test_an_inner_item_leads_with_the_item_that_it_lies_in_whatever_that_ends_in() -> None:
    writer = BlockWriter()
    writer.paragraph("Reduce the dose:")
    writer.item("in adults:")
    writer.item("over 65", depth=1)
    writer.item("frail", depth=2)
    writer.item("in children")
    writer.item("under 6", depth=1)
    assert [lead for _, _, lead in printed(writer.section([]))] == [
        None, "Reduce the dose:", "in adults:", "over 65", "Reduce the dose:", "in children",
    ]  # fmt: skip


def test_an_item_that_ends_in_a_colon_introduces_its_siblings_where_it_has_no_items_inside() -> None:
    writer = BlockWriter()
    writer.item("relieves these symptoms of hay fever:")
    writer.item("runny nose")
    writer.item("relieves these symptoms of a cold:")
    writer.item("sneezing")
    assert [lead for _, _, lead in printed(writer.section([]))] == [
        None,
        "relieves these symptoms of hay fever:",
        None,
        "relieves these symptoms of a cold:",
    ]


def test_bullets_typed_into_an_item_part_it() -> None:
    writer = BlockWriter()
    writer.paragraph("For")
    writer.item("- sneezing • itchy nose - or eyes")
    assert printed(writer.section([]))[1:] == [
        (Role.ITEM, "sneezing", "For"),
        (Role.ITEM, "itchy nose - or eyes", "For"),
    ]


def test_a_list_without_a_paragraph_before_it_has_no_lead() -> None:
    writer = BlockWriter()
    writer.paragraph("With:")
    writer.item("one")
    writer.close()
    writer.item("two")
    assert [lead for _, _, lead in printed(writer.section([]))] == [None, "With:", None]


def test_rows_lead_with_the_header_of_their_own_table() -> None:
    writer = BlockWriter()
    writer.caption("Table 1. Doses")
    writer.header(["Age", "", "Dose"])
    writer.header(["years", "n", "mg"])
    writer.row(["6 to 11", " ", "5"])
    writer.row(["", "", ""])
    writer.caption("Table 2")
    writer.row(["a", "b"])
    head = "Age | | Dose\nyears | n | mg"
    assert printed(writer.section([])) == [
        (Role.CAPTION, "Table 1. Doses", None),
        (Role.HEADER, "Age | | Dose", None),
        (Role.HEADER, "years | n | mg", None),
        (Role.ROW, "6 to 11 | | 5", head),
        (Role.CAPTION, "Table 2", None),
        (Role.ROW, "a | b", None),
    ]


def test_a_closed_table_does_not_lend_its_header() -> None:
    writer = BlockWriter()
    writer.header(["Age"])
    writer.row(["6"])
    writer.close()
    writer.row(["7"])
    assert [lead for _, _, lead in printed(writer.section([]))] == [None, "Age", None]


def test_bullets_typed_into_a_paragraph_make_items() -> None:
    writer = BlockWriter()
    writer.paragraph("Do not use ■ if pregnant ■with alcohol • 2 hours before sleep")
    writer.paragraph("• in heat")
    writer.paragraph("-with epilepsy")
    writer.paragraph("* p < 0.05")
    writer.paragraph("- 5 °C is too cold")
    assert printed(writer.section([])) == [
        (Role.PARAGRAPH, "Do not use", None),
        (Role.ITEM, "if pregnant", "Do not use"),
        (Role.ITEM, "with alcohol", "Do not use"),
        (Role.ITEM, "2 hours before sleep", "Do not use"),
        (Role.ITEM, "in heat", "Do not use"),
        (Role.ITEM, "with epilepsy", "Do not use"),
        (Role.PARAGRAPH, "* p < 0.05", None),
        (Role.PARAGRAPH, "- 5 °C is too cold", None),
    ]


def test_points_of_formulas_and_units_are_no_bullets() -> None:
    writer = BlockWriter()
    writer.paragraph("Its formula is C18H21NO4 • HCl • 3H2O and its AUC 12 ng • hr/mL")
    assert len(printed(writer.section([]))) == 1


def test_a_paragraph_that_lists_itself_introduces_nothing() -> None:
    writer = BlockWriter()
    writer.paragraph("Urogenital: nephritis, renal failure")
    writer.item("Anaphylaxis was reported.")
    assert printed(writer.section([]))[1] == (Role.ITEM, "Anaphylaxis was reported.", None)


def test_nothing_written_is_no_section() -> None:
    writer = BlockWriter()
    writer.paragraph(" \u200b ")
    writer.item("•")
    writer.row(["", ""])
    assert not writer
    with pytest.raises(ValueError, match="without text"):
        writer.section(["Title"])


_CALLS = st.tuples(st.sampled_from(["paragraph", "item", "inner", "header", "row", "caption", "close"]), st.text())


@given(st.lists(_CALLS, max_size=12))
def test_blocks_cover_all_but_white_space_in_order_whatever_is_written(calls: list[tuple[str, str]]) -> None:
    writer = BlockWriter()
    for method, text in calls:
        if method == "inner":
            writer.item(text, depth=1)
        elif method == "close":
            writer.close()
        elif method in ("header", "row"):
            getattr(writer, method)([text, "x"])
        else:
            getattr(writer, method)(text)
    if not writer:
        return
    section = writer.section([])
    at = 0
    for block in section.blocks:
        assert section.text[at : block.start] == ("\n" if at else "")
        assert block.start < block.end
        line = section.text[block.start : block.end]
        assert line == line.strip() and "\n" not in line
        assert block.lead is None or 0 <= block.lead[0] < block.lead[1] < block.start
        at = block.end
    assert at == len(section.text)
