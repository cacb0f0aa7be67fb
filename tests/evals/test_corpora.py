"""Corpora for tests at scale: real texts, one order, each character once."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from corpus.check import document_problems
from corpus.document import Document, Section, SourceKind
from corpus.errors import UnreadableFile
from corpus.passage import Passage, Sentence
from evals.corpora import STARTER, bioasq, passages, pubmedqa, scifact, starter


def test_abstracts_are_documents_that_the_store_would_take(shared: Path) -> None:
    data = shared / "data"
    for found in (pubmedqa(data), scifact(data), bioasq(data)):
        for document in islice(found, 25):
            assert document.key.startswith("bench:")
            assert list(document_problems(document)) == []


def test_pubmedqa_keeps_its_parts(shared: Path) -> None:
    first = next(pubmedqa(shared / "data"))
    assert first.key == "bench:pubmedqa-21645374"
    assert [section.title for section in first.sections] == ["Background", "Results"]
    assert first.sections[0].text.startswith("Programmed cell death (PCD) is the regulated death of cells")
    assert first.year == 2011


def test_a_snippet_inside_another_is_not_said_twice(shared: Path) -> None:
    """The first BioASQ question has a snippet of the whole abstract (1,608 characters)."""
    found = next(document for document in bioasq(shared / "data") if document.key == "bench:bioasq-34022131")
    assert found.title.startswith("Non-coding region variants upstream of MEF2C")
    assert [len(section.text) for section in found.sections] == [1608]


def test_the_starter_corpus_comes_with_its_digests_and_open_medicine() -> None:
    kinds = [document.kind for document in starter()]
    assert len(kinds) > len(list(STARTER.rglob("*.md")))
    assert set(kinds) == set(SourceKind)


def test_passages_end_where_enough_are_there() -> None:
    def one_each(document: Document) -> tuple[Passage, ...]:
        if "cannot" in document.title:
            raise UnreadableFile("no room")
        text = document.sections[0].text
        return tuple(Passage(f"{i}", 0, i, i + 1, text[i], (Sentence(i, i + 1),)) for i in range(len(text)))

    def documents() -> Iterator[Document]:
        for title, text in (("a", "abc"), ("cannot", "abc"), ("b", "abcd"), ("c", "abc")):
            yield Document(f"bench:{title}", SourceKind.RESEARCH, title, (Section((), text),))

    found = list(passages(documents(), one_each, 5))
    assert [(one.document.title, len(one.passages)) for one in found] == [("a", 3), ("b", 2)]
