"""Seeded changes of made documents: what has to be flagged is, and nothing else."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.stale import measured
from bench.stale_changes import KINDS, Seeded, seeded
from bench.stale_edit import Edit
from bench.stale_judged import Cited, judge
from corpus.answers import KeptAnswer, KeptCitation
from corpus.document import Block, Document, Role, Section, SourceKind
from corpus.store import Store
from ingest.sentences import sentences_of
from tests.corpus.making import TODAY

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def made(number: int, drawn: random.Random) -> Document:
    """Return a document of four sections: sentences, and a list with an item that is there twice.

    The two do not follow each other: which of two neighbours that are the same was cut out nobody can tell.
    """
    words = [f"word{n}" for n in range(200)] + [f"{n} mg" for n in range(5, 50, 5)]
    sections = []
    for place in range(4):
        said = [f"{' '.join(drawn.choices(words, k=drawn.randint(4, 14)))}." for _ in range(drawn.randint(2, 9))]
        text = " ".join(said)
        blocks = [Block(Role.PARAGRAPH, 0, len(text))]
        lead = (text.rindex(said[-1]), len(text))
        first, second, third = drawn.sample(("nausea", "a rash on the skin", "stroke", "5 mg | 10 mg", "fever"), 3)
        for item in (first, second, first, third):
            blocks.append(Block(Role.ITEM, len(text) + 1, len(text) + 1 + len(item), lead))
            text += f"\n{item}"
        sections.append(Section((f"Part {place}",), text, number=f"5.{place}", blocks=tuple(blocks)))
    return Document(f"spl:{number}", SourceKind.LABEL, f"Label {number}", tuple(sections))


@pytest.fixture
def answered(tmp_path: Path) -> Iterator[Store]:
    """Return a store of 80 made documents and 200 answers that cite sentences of them."""
    drawn = random.Random(5)
    documents = [made(number, drawn) for number in range(80)]
    with Store.open(tmp_path) as store:
        for document in documents:
            store.add(document, origin=store.keep_raw(document.key.encode(), name=document.key, retrieved=TODAY))
        for number in range(200):
            store.keep_answer(answer(f"a{number}", drawn.sample(documents, 2), drawn))
        yield store


def answer(name: str, documents: list[Document], drawn: random.Random) -> KeptAnswer:
    spans = {
        (document, section, sentence.start, sentence.end)
        for document in documents
        for section in [drawn.choice(document.sections)]
        for sentence in drawn.sample(sentences_of(section), 2)
    }
    citations = tuple(
        KeptCitation(n, document.id, section.id, start, end, section.text[start:end])
        for n, (document, section, start, end) in enumerate(sorted(spans, key=str), 1)
    )
    return KeptAnswer(name, "0" * 64, "s1", NOON, "What?", "answered", f'{{"id": "{name}"}}', citations)


def test_all_that_must_be_flagged_is_and_nothing_else_and_fast(answered: Store) -> None:
    found = measured(answered, seed=5, copies=0)
    rows = {row.kind: row for row in found.judged}
    assert [(row.kind, row.must - row.must_flagged, row.other_flagged) for row in rows.values()] == [
        (kind, 0, 0) for kind in rows
    ]
    assert found.is_right
    assert all(rows[kind].changes for kind in KINDS)
    assert min(rows["all answers"].must, rows["all answers"].other) >= 50
    assert found.timings[0].seconds < 2


def test_what_is_not_flagged_and_what_is_flagged_wrongly_is_counted() -> None:
    document = made(1, random.Random(5))
    touched, other = ((document.sections[0].id, start, start + 5) for start in (0, 10))
    cited = [Cited("a", 1, document.id, touched), Cited("a", 2, document.id, other), Cited("b", 1, document.id, other)]
    change = Seeded("retracted", document, None, None, frozenset({touched}))
    rows = {row.kind: row for row in judge(cited, [change], {("a", 2), ("b", 1)})}
    found = rows["retracted"]
    assert (found.must, found.must_flagged, found.other, found.other_flagged) == (1, 0, 2, 2)
    assert (rows["all answers"].must_flagged, rows["all answers"].other_flagged) == (1, 1)


def test_an_edit_moves_the_blocks_with_their_characters() -> None:
    blocks = (Block(Role.PARAGRAPH, 0, 5), Block(Role.ITEM, 6, 9, (0, 5)))
    section = Section(("Use",), "Avoid\nbad", blocks=blocks)
    put = Edit(0, 0, "New.\n").applied(section)
    assert [put.text[block.start : block.end] for block in put.blocks] == ["Avoid", "bad"]
    assert put.blocks[1].lead == (5, 10)
    cut = Edit(0, 5, "").applied(section)
    assert [(cut.text[block.start : block.end], block.lead) for block in cut.blocks] == [("bad", None)]


def test_each_kind_of_change_touches_what_its_name_says() -> None:
    document = made(1, random.Random(5))
    section = document.sections[0]
    spans = [(section.id, one.start, one.end) for one in sentences_of(section)[:2]]
    for kind, change in KINDS.items():
        found = change(document, spans, random.Random(1))
        if found is None:
            continue
        keeps = ("uncited", "added to a cited section", "renumbered", "white", "title", "corrected", "superseded")
        if kind != "a fifth of all sentences changed":
            assert bool(found.touched) != any(word in kind for word in keeps), kind
        assert found.after is None or found.after.id != document.id
    assert seeded({document.id: document}, {document.id: spans}, 1)
