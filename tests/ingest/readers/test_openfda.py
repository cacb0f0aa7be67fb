"""The openFDA reader on small answers written here, and what it makes of recorded ones."""

import json
from pathlib import Path

import pytest

from corpus.document import Document, Role, Section
from corpus.errors import UnreadableFile
from ingest.readers.base import RawFile
from ingest.readers.openfda import read, sniff
from tests.ingest.readers.contract import check_document

SET_ID = "00000000-0000-4000-8000-000000000001"


def raw(value: object) -> RawFile:
    return RawFile("answer.json", json.dumps(value).encode())


def document(**fields: object) -> Document:
    (found,) = read(raw({"meta": {}, "results": [{"set_id": SET_ID, "version": "2", **fields}]}))
    check_document(found)
    return found


def outline(document: Document) -> list[tuple[str, str, str]]:
    return [(section.number, section.title, section.text) for section in document.sections]


def printed(section: Section) -> list[tuple[Role, str, str]]:
    cut = section.text
    return [(b.role, cut[b.start : b.end], cut[slice(*b.lead)] if b.lead else "") for b in section.blocks]


@pytest.mark.parametrize(
    "value",
    [
        {"meta": {"disclaimer": ""}, "results": []},
        {"results": []},
        {"error": {"code": "NOT_FOUND", "message": "No matches found!"}},
        {},
        [{"set_id": "x", "effective_time": "2020"}],
        {"openfda": {}, "effective_time": "2020"},
    ],
)
def test_answers_and_records_are_told_by_their_keys(value: object) -> None:
    assert sniff(raw(value))


@pytest.mark.parametrize("value", [{"specificRecommendations": []}, ["a"], {"result": {}}, "text", None])
def test_other_json_is_not_claimed(value: object) -> None:
    assert not sniff(raw(value))


def test_the_record_names_the_version() -> None:
    found = document(
        effective_time="20240229",
        purpose=["Purpose Pain reliever"],
        openfda={
            "brand_name": ["DRUGEX"],
            "generic_name": ["DRUG AND OTHER"],
            "substance_name": ["DRUG SODIUM", "OTHER"],
            "manufacturer_name": ["Maker"],
            "application_number": ["NDA000001", "part343"],
            "product_type": ["HUMAN OTC DRUG"],
        },
    )
    assert (found.key, found.version, found.effective, found.year) == (f"spl:{SET_ID}", "2", "2024-02-29", 2024)
    assert (found.title, found.body) == ("DRUGEX (drug sodium, other)", "Maker")
    assert (found.drugs, found.brands) == (("drug sodium", "other"), ("DRUGEX",))
    assert found.identifiers == (("setid", SET_ID), ("application", "NDA000001"))
    assert found.publication_types == ("HUMAN OTC DRUG",)


def test_a_record_that_names_no_product_is_named_by_its_set_id() -> None:
    assert document(openfda={}, warnings=["Warnings For external use only."]).title == f"FDA label {SET_ID}"


def test_sections_come_in_the_order_of_a_label_without_number_and_title_in_their_text() -> None:
    found = document(
        description=["11 DESCRIPTION White powder."],
        contraindications=["4 CONTRAINDICATIONS None."],
        boxed_warning=["WARNING: HARM Stop."],
    )
    assert outline(found) == [
        ("", "Boxed Warning", "WARNING: HARM Stop."),
        ("4", "CONTRAINDICATIONS", "None."),
        ("11", "DESCRIPTION", "White powder."),
    ]
    assert [section.code for section in found.sections] == ["34066-1", "34070-3", "34089-3"]


def test_titles_that_begin_a_sentence_stay_in_the_text() -> None:
    found = document(stop_use=["Stop use and ask a doctor if rash occurs"], indications_and_usage=["Use as told."])
    assert [text for _, _, text in outline(found)] == ["Use as told.", "Stop use and ask a doctor if rash occurs"]


def test_subsections_with_fields_of_their_own_are_told_once() -> None:
    pregnancy = "8.1 Pregnancy It may harm a fetus, so tell women before they start."
    pediatric = "8.4 Pediatric Use Not studied in children younger than 12 years."
    found = document(
        pediatric_use=[pediatric],
        pregnancy=[pregnancy],
        use_in_specific_populations=[f"8 USE IN SPECIFIC POPULATIONS In short (8.1). {pregnancy} {pediatric} End."],
    )
    assert outline(found) == [
        ("8", "USE IN SPECIFIC POPULATIONS", "In short (8.1)."),
        ("8.1", "Pregnancy", "It may harm a fetus, so tell women before they start."),
        ("8.4", "Pediatric Use", "Not studied in children younger than 12 years."),
        ("8", "USE IN SPECIFIC POPULATIONS", "End."),
    ]
    assert found.sections[1].codes == ("43684-0", "42228-7")


def test_numbers_in_order_part_subsections() -> None:
    text = "5 WARNINGS AND PRECAUTIONS Falls (5.1). 5.1 Falls People fell [see Use (8.5)]. 5.2 Low Calcium It fell."
    found = document(warnings_and_cautions=[text])
    assert [(number, text) for number, _, text in outline(found)] == [
        ("5", "Falls (5.1)."),
        ("5.1", "Falls People fell [see Use (8.5)]."),
        ("5.2", "Low Calcium It fell."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "5 WARNINGS AND PRECAUTIONS 5.1 Falls Some fell. 5.3 Calcium It fell.",
        "5 WARNINGS AND PRECAUTIONS 5.1 Falls Some fell. 5.1 Falls Others fell.",
        "5 WARNINGS AND PRECAUTIONS See section 5.1 Falls and 5.2 Calcium for more.",
    ],
)
def test_numbers_that_leave_doubt_part_nothing(text: str) -> None:
    (found,) = document(warnings_and_cautions=[text]).sections
    assert found.text == text.removeprefix("5 WARNINGS AND PRECAUTIONS ")


def test_a_table_takes_the_place_of_its_cells_in_the_text() -> None:
    table = "<table><thead><tr><th>Age</th><th>Dose</th></tr></thead><tbody><tr><td>2 to 5 years of age</td>"
    table += "<td>5 mL (1 tsp)</td></tr></tbody></table>"
    found = document(
        dosage_and_administration=[
            "2 DOSAGE AND ADMINISTRATION As told: Age Dose 2 to 5 years of age 5 mL (1 tsp) Shake."
        ],
        dosage_and_administration_table=[table],
    )
    assert printed(found.sections[0]) == [
        (Role.PARAGRAPH, "As told:", ""),
        (Role.HEADER, "Age | Dose", ""),
        (Role.ROW, "2 to 5 years of age | 5 mL (1 tsp)", "Age | Dose"),
        (Role.PARAGRAPH, "Shake.", ""),
    ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("labels/openfda/404.json", r"error in place of labels: NOT_FOUND: No matches found!"),
        ("labels/openfda/500.json", r"SERVER_ERROR: Check your request and try again"),
        ("labels/openfda/empty.json", r"without any text of a drug label"),
        ("labels/openfda/missingopenfda.json", r"without any text of a drug label"),
        ("labels/openfda/missingresults.json", r"has no results"),
        ("refresh/openfda/label_keytruda_20260811.json", r"2 records without any text"),
    ],
)
def test_answers_without_labels_are_refused_by_what_they_say(shared: Path, name: str, reason: str) -> None:
    answer = RawFile(name, (shared / "data" / name).read_bytes())
    assert sniff(answer)
    with pytest.raises(UnreadableFile, match=reason):
        read(answer)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"results": [{"set_id": "a", "warn', "cut off"),
        (b'{"results": "none"}', "not a list of records"),
        (b'{"results": [1]}', "not a list of records"),
        (b'{"results": []}', "empty list"),
        (b'{"results": [{"warnings": ["Careful now."]}]}', "record 1 of 1 has no set_id"),
        (b'{"error": "down"}', "down"),
        (b'{"results": [' + b"[" * 100_000, "nested too deeply"),
        ('{"results": [{"set_id": "é'.encode("latin-1"), "not in UTF-8"),
    ],
)
def test_broken_answers_are_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read(RawFile("answer.json", data))


def test_a_table_with_markup_nested_deeply_is_read() -> None:
    deep = "<content>" * 200 + "x" + "</content>" * 200
    table = f"<table><tr><td>{'a' * 40}</td><td>{deep}</td></tr></table>"
    found = document(warnings=[f"Warnings {'a' * 40} x"], warnings_table=[table])
    assert found.sections[0].text == f"{'a' * 40} | x"


def real(shared: Path, name: str) -> list[Document]:
    path = shared / "data/labels/openfda" / f"{name}.json"
    found = read(RawFile(path.name, path.read_bytes()))
    for one in found:
        check_document(one)
    return found


@pytest.mark.parametrize(
    ("name", "count", "version", "effective", "title", "first", "tenth", "last"),
    [
        (
            "ambien",
            53,
            "3",
            "2012-09-18",
            "AMBIEN (zolpidem tartrate)",
            "Ambien (zolpidem tartrate) is indicated for the short-term treatment of insomnia",
            "Need to evaluate for co-morbid diagnoses Because sleep disturbances",
            "PACKAGE LABEL - AMBIEN C-IV - 10 MG TABLETS",
        ),
        (
            "vyvanse",
            56,
            "54",
            "2015-04-01",
            "Vyvanse (lisdexamfetamine dimesylate)",
            "WARNING: ABUSE AND DEPENDENCE CNS stimulants",
            "Capsules 10 mg: pink body/pink cap",
            "PRINCIPAL DISPLAY PANEL - 70 mg Capsule Bottle Label",
        ),
        (
            "aspirin",
            16,
            "2",
            "2012-11-14",
            "Aspirin Adult low strength",
            "Active ingredient (in each tablet) Aspirin 81 mg",
            "If pregnant or breast- feeding, ask a health professional",
            "Product Label Enteric coated Aspirin 81 mg",
        ),
    ],
)
def test_recorded_labels_keep_their_sections(
    shared: Path, name: str, count: int, version: str, effective: str, title: str, first: str, tenth: str, last: str
) -> None:
    (found,) = real(shared, name)
    assert (len(found.sections), found.version, found.effective, found.title) == (count, version, effective, title)
    assert found.sections[0].text.startswith(first)
    assert found.sections[9].text.startswith(tenth)
    assert found.sections[-1].text.startswith(last)


def test_a_recorded_boxed_text_of_the_medication_guide_lies_in_it(shared: Path) -> None:
    (found,) = real(shared, "ambien")
    (boxed,) = [section for section in found.sections if section.code == "34066-1"]
    assert boxed.codes == ("42231-1", "34066-1")
    assert boxed.text.startswith("AMBIEN is a federally controlled substance (C-IV)")


def test_a_recorded_table_row_keeps_its_header(shared: Path) -> None:
    (found,) = real(shared, "sudafed")
    (directions,) = [section for section in found.sections if section.code == "34068-7"]
    assert (Role.ROW, "4 to 5 years | 5 mL (1 tsp)", "Age (yr) | Dose (mL or tsp)") in printed(directions)


def test_a_list_of_records_gives_one_label_each(shared: Path) -> None:
    first, second = real(shared, "yintingyu_two_records_2026-09-28")
    assert (first.title, first.drugs) == ("FDA label 0000076a-fc39-4208-ace8-6c2cb367904f", ())
    assert (second.title, second.drugs, second.brands) == (
        "Betadine (povidone-iodine)",
        ("povidone-iodine",),
        ("Betadine",),
    )


def test_no_section_of_a_recorded_label_is_told_twice(shared: Path) -> None:
    for name in ("ambien", "vyvanse"):
        texts = [section.text for section in real(shared, name)[0].sections]
        assert not [text for at, text in enumerate(texts) if len(text) > 60 and text in " ".join(texts[:at])]
