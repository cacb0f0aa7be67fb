"""A snapshot reads back what was published, whole, from any thread."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Block, Document, Integrity, Role, Section, SourceKind
from corpus.errors import CurbsideError, Inconsistent, IndexMismatch, NotFound
from corpus.passage import Passage, Sentence, SplitDocument
from index.manifest import NAME, read_manifest, verify_files
from index.publish import publish
from index.snapshot import Snapshot, open_snapshot
from tests.index.corpora import WordEncoder, small_corpus


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    publish(tmp_path, small_corpus(), WordEncoder(), corpus_fingerprint="seven")
    return open_snapshot(tmp_path)


def folder_of(home: Path) -> Path:
    return home / "snapshots" / open_snapshot(home).manifest.id


def test_passages_sections_and_documents_come_back_as_they_went_in(snapshot: Snapshot) -> None:
    row = 0
    for number, split in enumerate(small_corpus()):
        assert snapshot.document_at(number) == replace_sections(split.document)
        assert snapshot.document_at(number).id == split.document.id
        assert snapshot.sections(number) == split.document.sections
        assert list(snapshot.rows(number)) == list(range(row, row + len(split.passages)))
        for passage in split.passages:
            assert snapshot.passage(row) == passage
            assert snapshot.section_of(row) == split.document.sections[passage.section]
            assert snapshot.document_of(row).id == split.document.id
            assert snapshot.row_of(passage.id) == row
            row += 1
    assert len(snapshot) == row


def replace_sections(document: Document) -> Document:
    """Return the document as a snapshot gives it: without sections, its hash still that of the whole."""
    bare = replace(document, sections=())
    object.__setattr__(bare, "content_hash", document.content_hash)
    return bare


def test_every_field_of_a_document_and_a_section_survives(tmp_path: Path) -> None:
    text = "Lead sentence:\nFirst item\nName | Dose\nα-blocker | 5 µg"
    blocks = (
        Block(Role.PARAGRAPH, 0, 14),
        Block(Role.ITEM, 15, 25, (0, 14)),
        Block(Role.HEADER, 26, 37),
        Block(Role.ROW, 38, 54, (26, 37)),
    )
    section = Section(("A", "B"), text, "5.1", "34067-9", blocks, 7, ("34066-1", "34067-9"))
    document = Document(
        "doi:10.1/x",
        SourceKind.GUIDELINE,
        "Title — “quoted”",
        (section, Section((), "Second.")),
        body="Body",
        year=2020,
        effective="2020-05",
        version="3",
        url="https://example.org/?a=1&b=2",
        licence="CC0",
        integrity=Integrity.CORRECTED,
        notice="Erratum",
        design="guideline",
        drugs=("a", "b"),
        brands=("A®",),
        authors=("O'Neil, Ö",),
        identifiers=(("doi", "10.1/x"), ("pmid", "1")),
        publication_types=("Guideline",),
        subjects=("Bone",),
        digest_of="the paper",
    )
    sentences = (Sentence(0, 14), Sentence(15, 25, Role.ITEM, (0, 14)), Sentence(38, 54, Role.ROW, (26, 37)))
    passage = Passage("00ff", 0, 0, 54, text, sentences)
    publish(tmp_path, [SplitDocument(document, (passage,))], WordEncoder(), corpus_fingerprint="x")
    snapshot = open_snapshot(tmp_path)
    assert snapshot.sections(0) == document.sections
    assert snapshot.passage(0) == passage
    assert snapshot.document_at(0) == replace_sections(document)


def test_documents_are_listed_with_their_numbers_by_kind(snapshot: Snapshot) -> None:
    labels = snapshot.documents(SourceKind.LABEL)
    assert [(number, document.key) for number, document in labels] == [(2, "spl:evenity"), (3, "spl:prolia")]
    assert len(snapshot.documents()) == 7


def test_a_row_has_one_place_and_its_document_is_held_once(snapshot: Snapshot) -> None:
    before = snapshot.document_at(0)
    for row in range(len(snapshot)):
        where = (snapshot.passage(row), snapshot.section_of(row), snapshot.document_of(row))
        assert snapshot.place(row) == where
    documents = snapshot.documents()
    assert snapshot.documents() is documents and documents[0][1] is before
    assert all(snapshot.document_at(number) is document for number, document in documents)
    assert all(snapshot.document_at(number) is label for number, label in snapshot.documents(SourceKind.LABEL))


def test_what_documents_state_of_drugs_is_told_once_in_their_order(snapshot: Snapshot) -> None:
    stated = [(document.kind, document.drugs, document.brands) for _, document in snapshot.documents()]
    assert list(snapshot.drugs()) == list(dict.fromkeys(stated))


def test_sentence_vectors_stand_beside_the_sentences(snapshot: Snapshot) -> None:
    for row in range(len(snapshot)):
        passage = snapshot.passage(row)
        texts = [passage.text[s.start - passage.start : s.end - passage.start] for s in passage.sentences]
        assert np.allclose(snapshot.sentence_vectors(row), WordEncoder().encode(texts), atol=1e-3)


def test_the_nearest_sentence_counts_for_a_passage(snapshot: Snapshot) -> None:
    query = WordEncoder().encode(["Correct calcium first."])[0]
    rows = np.array([5, 0, 2, 5])
    wanted = [float((snapshot.sentence_vectors(int(row)) @ query).max()) for row in rows]
    assert np.allclose(snapshot.sentence_maxima(query, rows), wanted, atol=1e-3)
    assert snapshot.sentence_maxima(query, np.empty(0, np.int64)).shape == (0,)


def test_an_item_is_encoded_after_what_introduces_it(tmp_path: Path) -> None:
    text = "Do not use in patients with:\nhypocalcemia"
    sentences = (Sentence(0, 28), Sentence(29, 41, Role.ITEM, (0, 28)))
    document = Document("spl:x", SourceKind.LABEL, "X", (Section((), text),))
    passage = Passage("00", 0, 0, 41, text, sentences)
    encoder = WordEncoder()
    publish(tmp_path, [SplitDocument(document, (passage,))], encoder, corpus_fingerprint="x")
    assert "Do not use in patients with:\nhypocalcemia" in encoder.seen
    assert "hypocalcemia" not in encoder.seen


def test_what_is_not_there_is_not_found(snapshot: Snapshot) -> None:
    with pytest.raises(NotFound, match="no passage abc"):
        snapshot.row_of("abc")
    for row in (-1, len(snapshot)):
        with pytest.raises(NotFound, match="no passage in row"):
            snapshot.passage(row)
        with pytest.raises(NotFound, match="no passage in row"):
            snapshot.sentence_vectors(row)


def test_many_threads_read_what_one_reads(snapshot: Snapshot) -> None:
    rows = [row for _ in range(50) for row in range(len(snapshot))]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(snapshot.passage, rows))
    assert together == [snapshot.passage(row) for row in rows]


def test_who_holds_a_snapshot_reads_on_after_it_was_removed(tmp_path: Path) -> None:
    publish(tmp_path, small_corpus(), WordEncoder(), corpus_fingerprint="old")
    held = open_snapshot(tmp_path)
    publish(tmp_path, [], WordEncoder(), corpus_fingerprint="new", keep=0)
    assert not (tmp_path / "snapshots" / held.manifest.id).exists()
    assert held.passage(3).text.startswith("The dose is 210 mg")
    assert held.sentence_vectors(3).shape == (2, 32)
    assert len(held.documents()) == 7


@pytest.mark.parametrize(
    "name", ["content.db", "rows.npy", "sentences.f16", "label.vectors", "label.bm25/vocab.index.json"]
)
@pytest.mark.parametrize("damage", ["missing", "shorter"])
def test_a_snapshot_that_is_not_whole_is_refused_with_the_remedy(tmp_path: Path, name: str, damage: str) -> None:
    publish(tmp_path, small_corpus(), WordEncoder(), corpus_fingerprint="seven")
    path = folder_of(tmp_path) / name
    data = path.read_bytes()
    path.unlink()
    if damage == "shorter":
        path.write_bytes(data[:-1])
    with pytest.raises(Inconsistent, match="run `curbside index`"):
        open_snapshot(tmp_path)


def test_a_changed_byte_is_found_by_verifying(tmp_path: Path) -> None:
    publish(tmp_path, small_corpus(), WordEncoder(), corpus_fingerprint="seven")
    folder = folder_of(tmp_path)
    verify_files(folder)
    data = bytearray((folder / "sentences.f16").read_bytes())
    data[10] ^= 1
    (folder / "sentences.f16").write_bytes(data)
    with pytest.raises(Inconsistent, match=r"sentences\.f16 has SHA-256"):
        verify_files(folder)


def test_a_manifest_of_another_format_or_with_unknown_keys_is_refused(tmp_path: Path) -> None:
    publish(tmp_path, small_corpus(), WordEncoder(), corpus_fingerprint="seven")
    folder = folder_of(tmp_path)
    held = json.loads((folder / NAME).read_text())
    (folder / NAME).write_text(json.dumps(held | {"format": 99}))
    with pytest.raises(IndexMismatch, match=r"has format 99, this program reads \d+: run `curbside index`"):
        read_manifest(folder)
    (folder / NAME).write_text(json.dumps(held | {"colour": "red"}))
    with pytest.raises(Inconsistent, match="not what was written"):
        read_manifest(folder)


@pytest.mark.parametrize("text", ["", "../../etc", "0123456789abcdef\nzzz"])
def test_a_pointer_that_names_no_snapshot_is_refused(tmp_path: Path, text: str) -> None:
    publish(tmp_path, [], WordEncoder(), corpus_fingerprint="x")
    (tmp_path / "CURRENT").write_text(text)
    with pytest.raises(CurbsideError, match="curbside index"):
        open_snapshot(tmp_path)
