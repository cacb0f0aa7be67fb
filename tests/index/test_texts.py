"""What is read for a passage: by the encoder, and by BM25."""

from dataclasses import replace

from corpus.document import Document, Role, Section, SourceKind
from corpus.passage import Passage, Sentence
from index.texts import lexical_text, passage_text, sentence_text

SECTION = Section(("Warnings", "Jaw"), "Osteonecrosis of the jaw may occur.")
LABEL = Document(
    "spl:x", SourceKind.LABEL, "Prolia", (SECTION,), drugs=("denosumab",), brands=("Prolia",), subjects=("Bone",)
)
PASSAGE = Passage("00", 0, 0, 35, SECTION.text, (Sentence(0, 35),))


def test_the_encoder_reads_title_and_headings_before_the_text() -> None:
    assert passage_text(LABEL, PASSAGE) == "Prolia\nWarnings > Jaw\nOsteonecrosis of the jaw may occur."


def test_bm25_reads_subjects_drugs_and_brands_too_and_a_labels_title_twice() -> None:
    assert lexical_text(LABEL, PASSAGE) == f"{passage_text(LABEL, PASSAGE)}\nBone\ndenosumab\nProlia\nProlia"
    article = replace(LABEL, kind=SourceKind.RESEARCH, brands=())
    assert lexical_text(article, PASSAGE) == f"{passage_text(article, PASSAGE)}\nBone\ndenosumab"


def test_a_long_lead_is_shortened_at_a_word() -> None:
    text = "word " * 40 + "\nitem"
    section = Section((), text)
    item = Sentence(201, 205, Role.ITEM, (0, 199))
    assert sentence_text(section, item) == "word " * 22 + "word\nitem"
    assert sentence_text(section, Sentence(201, 205)) == "item"
