"""Sentences: boundaries in research and label prose, exact characters, roles and leads."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.sentences import LABELS, SCIFACT, labels, measure, scifact
from corpus.document import Block, Role, Section
from corpus.passage import Sentence
from ingest.sentences import sentences_of, split_sentences

MARKED = [line for line in LABELS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
# "…15. 4 cycles…" reads like a decimal that was torn apart; kept whole rather than risk cutting a dose in two.
KNOWN_WRONG = {"Give on Days 1, 8 and 15.‖4 cycles are usual."}


def texts(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize("marked", [line for line in MARKED if line not in KNOWN_WRONG])
def test_label_prose_is_cut_where_it_was_marked_by_hand(marked: str) -> None:
    text = marked.replace("‖‖", "").replace("‖", " ")
    assert texts(text) == re.split("‖+", marked)


def test_a_number_that_may_be_a_torn_decimal_is_not_cut() -> None:
    assert texts("Give on Days 1, 8 and 15. 4 cycles are usual.") == ["Give on Days 1, 8 and 15. 4 cycles are usual."]


def test_an_abbreviation_in_capitals_is_a_name() -> None:
    assert texts("Two had MS. One had none.") == ["Two had MS.", "One had none."]
    assert texts("Ask Ms. Jones about it.") == ["Ask Ms. Jones about it."]


def test_an_empty_line_ends_a_sentence_and_a_line_break_does_not() -> None:
    assert texts("first part\n\nsecond part\nof it") == ["first part", "second part\nof it"]


def test_a_quotation_mark_after_a_space_stays_with_what_it_closes() -> None:
    assert texts('It was a "ceiling effect. " No other was seen.') == [
        'It was a "ceiling effect. "',
        "No other was seen.",
    ]


def test_dots_alone_are_no_sentence() -> None:
    assert texts("Contents . . . . . Dosing . . .") == ["Contents . . . . .", "Dosing . . ."]
    assert texts("...") == ["..."]
    assert texts(" \n ") == []


@given(st.text(alphabet=st.sampled_from(list('abAB12.?!()[]"” \n•,;see')), max_size=60))
def test_sentences_lie_in_order_and_leave_out_only_white_space(text: str) -> None:
    spans = split_sentences(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert all(text[start:end] and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(not text[edges[i] : edges[i + 1]].strip() for i in range(0, len(edges), 2))


@pytest.mark.parametrize("unit", [".", ". ", ". • ", "x. (see ", "a. [1 ", 'a. "', "A. ", "\n ", "x. (5.1 "])
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    began = time.perf_counter()
    split_sentences(unit * (200_000 // len(unit)))
    assert time.perf_counter() - began < 5


def test_a_block_gives_its_sentences_role_and_lead() -> None:
    text = "Tell patients to:\nDrink water. Rest.\nTable 1. Doses\nAge | Dose\n2 y | 1 mg. Once\n"
    lead, header = (0, 17), (52, 62)
    blocks = (
        Block(Role.PARAGRAPH, 0, 17),
        Block(Role.ITEM, 18, 36, lead),
        Block(Role.CAPTION, 37, 51),
        Block(Role.HEADER, 52, 62),
        Block(Role.ROW, 63, 79, header),
    )
    assert sentences_of(Section(("Advice",), text, blocks=blocks)) == (
        Sentence(0, 17),
        Sentence(18, 30, Role.ITEM, lead),
        Sentence(31, 36, Role.ITEM, lead),
        Sentence(37, 51, Role.CAPTION),
        Sentence(63, 79, Role.ROW, header),
    )


def test_a_header_that_leads_no_row_is_kept_and_two_that_lead_together_are_not() -> None:
    alone = Section(("T",), "Age | Dose", blocks=(Block(Role.HEADER, 0, 10),))
    assert sentences_of(alone) == (Sentence(0, 10, Role.HEADER),)
    blocks = (Block(Role.HEADER, 0, 1), Block(Role.HEADER, 2, 3), Block(Role.ROW, 4, 5, (0, 3)))
    assert sentences_of(Section(("T",), "a\nb\nc", blocks=blocks)) == (Sentence(4, 5, Role.ROW, (0, 3)),)


def test_a_section_without_blocks_is_read_line_by_line() -> None:
    section = Section(("Use",), "first line\n\nsecond line. Third\n")
    assert [section.text[s.start : s.end] for s in sentences_of(section)] == ["first line", "second line.", "Third"]


def test_boundaries_on_scifact_are_right_98_times_in_100(shared: Path) -> None:
    assert shared in SCIFACT.parents
    abstracts = scifact()
    assert len(abstracts) == 5183
    kept = [text for text in abstracts[1::4] if not text.leaders]
    counts = measure(lambda text: [start for start, _ in split_sentences(text)], kept)
    assert 2 * counts.hits.sum() / (counts.found.sum() + counts.true.sum()) > 0.985


def test_the_marked_snippets_are_read_as_marked() -> None:
    snippets = labels()
    assert len(snippets) == len(MARKED) >= 60
    assert sum(len(snippet.starts) for snippet in snippets) == len(re.findall("‖+", "\n".join(MARKED)))
