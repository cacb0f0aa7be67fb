"""JSON Lines of label sections and abstracts: grouping, codes, line ids, and wrong lines."""

import json
import lzma
from pathlib import Path

import pytest

from corpus.document import Document, Role, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.base import RawFile, read_any
from ingest.readers.records_jsonl import line_id, read, sniff

SET_ID = "554baee5-b171-4452-a50a-41a0946f956c"


def passage(**changed: object) -> dict[str, object]:
    return {
        "id": "a1",
        "drug": "Valium",
        "section_title": "INDICATIONS & USAGE",
        "text": "It is indicated.",
        "setid": SET_ID,
        "url": f"https://example.org/?setid={SET_ID}",
    } | changed


def numbered(**changed: object) -> dict[str, object]:
    return {
        "id": "b1",
        "set_id": SET_ID,
        "drug": "diazepam",
        "section_number": "5.1",
        "section_title": "5.1\tLow Spirits",
        "loinc": "42229-5",
        "text": "Do not:\n- drink\n○ wine\nEnd.\nDrug | Dose\nalpha | 5 mg",
    } | changed


def raw(*records: object) -> RawFile:
    return RawFile("x.jsonl", "\n".join(r if isinstance(r, str) else json.dumps(r) for r in records).encode())


def test_lines_of_one_set_id_become_one_label_under_all_its_names() -> None:
    (label,) = read(
        raw(passage(), passage(id="a2", drug="valium", section_title="NA"), passage(id="a3", drug="diazepam"))
    )
    assert (label.key, label.kind, label.title) == (f"spl:{SET_ID}", SourceKind.LABEL, "Valium; diazepam")
    assert label.brands == ("Valium", "diazepam")
    assert [section.heading for section in label.sections] == [("INDICATIONS & USAGE",), (), ("INDICATIONS & USAGE",)]
    assert [line_id(label, n) for n in range(3)] == ["a1", "a2", "a3"]


def test_a_line_without_set_id_is_a_label_of_its_own() -> None:
    documents = read(raw(passage(setid=None), passage(id="a2", setid=None)))
    assert [document.key for document in documents] == ["label:a1", "label:a2"]


def test_codes_come_from_the_line_or_from_the_standard_title() -> None:
    (label,) = read(raw(passage(), passage(id="a2", section_title="ADVERSE REACTIONS > Jaw"), numbered()))
    assert [(s.heading, s.number, s.code, s.codes) for s in label.sections] == [
        (("INDICATIONS & USAGE",), "", "34067-9", ("34067-9",)),
        (("ADVERSE REACTIONS", "Jaw"), "", "", ("34084-4", "")),
        (("Low Spirits",), "5.1", "42229-5", ("42229-5",)),
    ]


def test_dashes_make_items_and_bars_make_tables() -> None:
    (label,) = read(raw(numbered()))
    (section,) = label.sections
    assert [(b.role, section.text[b.start : b.end]) for b in section.blocks] == [
        (Role.PARAGRAPH, "Do not:"),
        (Role.ITEM, "drink"),
        (Role.ITEM, "wine"),
        (Role.PARAGRAPH, "End."),
        (Role.HEADER, "Drug | Dose"),
        (Role.ROW, "alpha | 5 mg"),
    ]


def test_an_abstract_has_a_section_for_each_label() -> None:
    record = {"pmid": "123", "year": "2011", "mesh": ["Bone"], "sections": [{"label": "RESULTS", "text": "Good."}]}
    (document,) = read(raw(record))
    assert (document.key, document.year, document.subjects) == ("pmid:123", 2011, ("Bone",))
    assert [(section.heading, section.text) for section in document.sections] == [(("RESULTS",), "Good.")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "a2"', "line 2: not JSON"),
        (passage(id="a2", text=""), "line 2: text: "),
        (passage(id="a2", setid="no"), "line 2: setid: "),
        (passage(id="a2", extra=1), "line 2: extra: "),
        (passage(), "line 2: a1 is given twice"),
        ({"pmid": "0", "sections": [{"label": "", "text": "x"}]}, "line 2: pmid: "),
        ({"pmid": "1", "sections": []}, "line 2: sections: "),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_read(line: object, said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(raw(passage(), line, passage(id="a9")))
    assert said in refused.value.reason


def test_many_wrong_lines_are_counted() -> None:
    with pytest.raises(UnreadableFile, match=r"line 1: .*; and 3 more"):
        read(raw(*["{}"] * 8))


def test_another_encoding_is_named_with_its_line() -> None:
    with pytest.raises(UnreadableFile, match="line 2 is not UTF-8"):
        read(RawFile("x.jsonl", raw(passage()).data + b"\n\xff"))


def test_a_document_from_elsewhere_has_no_line_ids() -> None:
    with pytest.raises(ValueError, match="no line ids"):
        line_id(
            Document(key="pmid:1", kind=SourceKind.RESEARCH, title="x", sections=read(raw(passage()))[0].sections), 0
        )


def test_question_sets_are_not_taken_for_sections() -> None:
    assert sniff(raw(passage()))
    assert sniff(raw(numbered()))
    assert not sniff(raw({"id": "a1", "question": "?", "answer": "!"}))
    assert not sniff(RawFile("x.jsonl", b'{"id": '))


@pytest.mark.parametrize(
    ("name", "documents", "sections", "first", "tenth", "last"),
    [
        ("labels/medicationqa_passages.jsonl", 243, 290, "Valium", "meloxicam", "losartan"),
        (
            "labels/fdarx_sections.jsonl",
            84,
            160,
            "omeprazole sodium bicarbonate",
            "Sapropterin Dihydrochloride",
            "Gemfibrozil",
        ),
        ("research/pubmedqa_abstracts.jsonl.xz", 1000, 3358, "PMID 21645374", "PMID 10966337", "PMID 17559449"),
    ],
)
def test_real_files_are_read_whole(
    shared: Path, name: str, documents: int, sections: int, first: str, tenth: str, last: str
) -> None:
    data = (shared / "data" / name).read_bytes()
    found = read_any(RawFile(name, lzma.decompress(data) if name.endswith(".xz") else data))
    assert (len(found), sum(len(document.sections) for document in found)) == (documents, sections)
    assert (found[0].title, found[9].title, found[-1].title) == (first, tenth, last)


def test_every_line_of_the_real_sections_is_found_again_by_its_id(shared: Path) -> None:
    data = (shared / "data/labels/medicationqa_passages.jsonl").read_bytes()
    lines = {record["id"]: record for record in map(json.loads, data.splitlines())}
    for document in read(RawFile("x.jsonl", data)):
        for n, section in enumerate(document.sections):
            words = lines.pop(line_id(document, n))["text"].split()
            assert section.text.split()[-1:] == words[-1:]
    assert lines == {}
