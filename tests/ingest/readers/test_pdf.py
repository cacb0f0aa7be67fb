"""PDF: what the print of a page becomes, and what is refused."""

from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from corpus.document import Document, Role, Section, SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.base import RawFile
from ingest.readers.pdf import read, sniff
from tests.ingest.readers.pdf_maker import Rule, Text, column, grid, make_pdf

HEAD = [Text(72, 80, "Guideline for the Care of Bones", 20), Text(72, 110, "Published: 3 March 2024", 10)]
LEFT = [
    "The committee considered the evidence on the",
    "prevention of fractures and concluded that the",
    "benefit of treatment is moderate for women who",
    "have had a fracture. Others were not consid-",
    "ered in this review of low-dose treatment and",
    "nothing is said about them in this document.",
]
RIGHT = [
    "This second column goes on with other matters",
    "that the committee heard of in its meetings and",
    "found to be of interest to the many readers of",
    "this document, who are thanked for reading it",
    "from the beginning to the end of the text.",
]


def document(data: bytes) -> Document:
    (one,) = read(RawFile("example.pdf", data))
    return one


def blocks(section: Section) -> list[tuple[Role, str, str]]:
    text = section.text
    return [(b.role, text[b.start : b.end], text[slice(*b.lead)] if b.lead else "") for b in section.blocks]


@cache
def shared_document(path: Path) -> Document:
    return document(path.read_bytes())


def test_two_columns_are_read_one_after_the_other_and_hyphens_at_line_ends_are_undone() -> None:
    read_back = document(make_pdf([[*HEAD, *column(72, 200, LEFT), *column(330, 200, RIGHT)]]))
    assert (read_back.kind, read_back.title) == (SourceKind.GUIDELINE, "Guideline for the Care of Bones")
    assert (read_back.effective, read_back.year) == ("2024-03-03", 2024)
    assert read_back.key.startswith("file:")
    assert len(read_back.key) == len("file:") + 32
    (section,) = read_back.sections
    assert section.text.split("\n")[1:] == [
        "The committee considered the evidence on the prevention of fractures and concluded that the benefit of"
        " treatment is moderate for women who have had a fracture. Others were not considered in this review of"
        " low-dose treatment and nothing is said about them in this document.",
        " ".join(RIGHT),
    ]


def test_headings_are_known_by_size_weight_and_number() -> None:
    page = [
        *HEAD,
        Text(72, 140, "1 Scope", 14, bold=True),
        *column(72, 160, LEFT[:3]),
        Text(72, 220, "1.1 Who is meant", 12, bold=True),
        *column(72, 240, RIGHT[:3]),
    ]
    first, second = document(make_pdf([page])).sections[1:]
    assert (first.heading, first.number, first.page) == (("Scope",), "1", 1)
    assert (second.heading, second.number) == (("Scope", "Who is meant"), "1.1")


def test_running_headers_footers_and_page_numbers_are_left_out() -> None:
    pages = [
        [*(HEAD if n == 1 else []), Text(72, 30, "Care of Bones 2024"), *column(72, 200, LEFT), Text(300, 770, str(n))]
        for n in (1, 2, 3)
    ]
    text = "\n".join(section.text for section in document(make_pdf(pages)).sections)
    assert "Care of Bones 2024" not in text
    assert not [line for line in text.split("\n") if line.strip().isdigit()]
    assert text.count("The committee considered") == 3


def test_a_table_keeps_its_header_and_is_not_repeated_in_the_text() -> None:
    table = grid(72, 200, [("Drug", "Dose", "Times"), ("alpha", "5 mg", "daily"), ("beta", "70 mg", "weekly")])
    page = [*HEAD, *column(72, 150, LEFT[:2]), Text(72, 192, "Table 1. Doses"), *table, *column(72, 300, RIGHT[:2])]
    (section,) = document(make_pdf([page])).sections
    found = blocks(section)
    assert found[2:6] == [
        (Role.CAPTION, "Table 1. Doses", ""),
        (Role.HEADER, "Drug | Dose | Times", ""),
        (Role.ROW, "alpha | 5 mg | daily", "Drug | Dose | Times"),
        (Role.ROW, "beta | 70 mg | weekly", "Drug | Dose | Times"),
    ]
    assert section.text.count("alpha") == 1


def test_a_table_that_goes_on_overleaf_keeps_its_header() -> None:
    head = ("Drug", "Dose")
    first = [*HEAD, *column(72, 150, LEFT[:2]), *grid(72, 680, [head, ("alpha", "5 mg")])]
    second = [*grid(72, 60, [head, ("beta", "7 mg")]), *column(72, 200, RIGHT[:2])]
    (section,) = document(make_pdf([first, second])).sections
    rows = [block for block in blocks(section) if block[0] in (Role.HEADER, Role.ROW)]
    assert [text for _, text, _ in rows] == ["Drug | Dose", "alpha | 5 mg", "beta | 7 mg"]
    assert rows[2][2] == "Drug | Dose"


def test_a_row_cut_by_the_edge_of_a_page_is_made_whole() -> None:
    first = [*HEAD, *column(72, 150, LEFT[:2]), *grid(72, 680, [("Drug", "Dose"), ("alpha", "5 mg to be")])]
    rest = [("", "taken daily"), ("beta", "7 mg"), ("gamma", "8 mg")]
    (section,) = document(make_pdf([first, [*grid(72, 60, rest), *column(72, 200, RIGHT[:2])]])).sections
    rows = [text for role, text, _ in blocks(section) if role is Role.ROW]
    assert rows == ["alpha | 5 mg to be taken daily", "beta | 7 mg", "gamma | 8 mg"]


def test_a_label_row_leads_the_rows_under_it() -> None:
    table = grid(
        72, 200, [("", "Drug", "Placebo"), ("Glucose", "", ""), ("Start", "250", "247"), ("End", "187", "261")]
    )
    (section,) = document(make_pdf([[*HEAD, *column(72, 150, LEFT[:2]), *table]])).sections
    rows = [(text, lead) for role, text, lead in blocks(section) if role is Role.ROW]
    assert rows == [("Start | 250 | 247", "Glucose | Drug | Placebo"), ("End | 187 | 261", "Glucose | Drug | Placebo")]


def test_a_line_that_two_pages_show_is_read_once() -> None:
    first = [*HEAD, *column(72, 700, LEFT[:3]), Text(72, 780, "levels of vitamin B were seen in about seven percent")]
    second = [Text(72, 20, "levels of vitamin B12 were seen in about seven percent"), Text(72, 32, "of patients.")]
    text = document(make_pdf([first, second])).sections[-1].text
    assert text.count("levels of vitamin") == 1
    assert "levels of vitamin B12 were seen in about seven percent of patients." in text


def test_a_table_ruled_between_its_rows_only_is_a_table() -> None:
    rows = [("Age, y", "Points"), ("under 65", "1"), ("65 to 74", "5"), ("75 and over", "9")]
    cells = [Text(72 + 150 * k, 212 + 16 * i, cell) for i, row in enumerate(rows) for k, cell in enumerate(row)]
    rules = [Rule(72, 200 + 16 * i, 400, 200 + 16 * i) for i in range(5)]
    (section,) = document(make_pdf([[*HEAD, *column(72, 150, LEFT[:2]), *cells, *rules]])).sections
    found = [text for role, text, _ in blocks(section) if role is Role.ROW]
    assert found == ["under 65 | 1", "65 to 74 | 5", "75 and over | 9"]


def test_list_items_know_what_introduces_them() -> None:
    lines = ["Before each dose:", "\x95 check the calcium in the blood", "\x95 ask about jaw pain"]
    (section,) = document(make_pdf([[*HEAD, *column(72, 150, lines)]])).sections
    assert blocks(section)[2:] == [
        (Role.ITEM, "check the calcium in the blood", "Before each dose:"),
        (Role.ITEM, "ask about jaw pain", "Before each dose:"),
    ]


def test_raised_figures_stay_apart_from_the_figures_before_them() -> None:
    line = [Text(72, 150, "platelets above 10"), Text(72 + 82.3, 146, "5", 6), Text(168, 150, "per litre are needed")]
    (section,) = document(make_pdf([[*HEAD, *line]])).sections
    assert "platelets above 10⁵ per litre" in section.text


LABEL = [
    Text(72, 40, "HIGHLIGHTS OF PRESCRIBING INFORMATION", 10, bold=True),
    Text(72, 60, "EXAMPLIX (exampline) tablets, for oral use", 10, bold=True),
    Text(72, 72, "Initial U.S. Approval: 2001", 10, bold=True),
    Text(72, 90, "Exampline is a drug for examples, in short. (1)"),
    Text(450, 110, "Revised: 8/2025", 10, bold=True),
    Text(72, 140, "FULL PRESCRIBING INFORMATION", 10, bold=True),
    Text(200, 165, "WARNING: MADE UP", 10, bold=True),
    Text(72, 180, "This drug does not exist, and nobody has ever been harmed by it or helped by it."),
    Text(72, 205, "1 INDICATIONS AND USAGE", 10, bold=True),
    Text(72, 220, "Exampline is indicated for examples in tests, where nothing real can be used instead."),
    Text(72, 245, "5 WARNINGS AND PRECAUTIONS", 10, bold=True),
    Text(72, 260, "5.1 Lack of Existence", 10, bold=True),
    Text(72, 275, "It cannot be dispensed, whatever is written on the prescription of a physician."),
]


def test_a_label_has_its_coded_sections_names_and_revision_date() -> None:
    read_back = document(make_pdf([LABEL]))
    assert read_back.kind is SourceKind.LABEL
    assert (read_back.title, read_back.effective) == ("EXAMPLIX (exampline) tablets, for oral use", "2025-08")
    assert (read_back.brands, read_back.drugs) == (("EXAMPLIX",), ("exampline",))
    assert [(s.number, s.title, s.code, s.codes) for s in read_back.sections] == [
        ("", "WARNING: MADE UP", "34066-1", ("34066-1",)),
        ("1", "INDICATIONS AND USAGE", "34067-9", ("34067-9",)),
        ("5.1", "Lack of Existence", "", ("43685-7", "")),
    ]


def test_an_article_is_known_by_doi_and_abstract() -> None:
    lines = ["doi: 10.1234/example.5.", "Background: bones break.", "Methods: we looked.", "Results: they did."]
    read_back = document(make_pdf([[Text(72, 80, "Bones and How They Break", 20), *column(72, 150, lines)]]))
    assert (read_back.kind, read_back.key) == (SourceKind.RESEARCH, "doi:10.1234/example.5")
    assert read_back.identifiers == (("doi", "10.1234/example.5"),)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (make_pdf([[Text(72, 80, "A Letter", 20), *column(72, 150, LEFT)]]), "does not say what kind of source"),
        (make_pdf([[]]), "no text on any page"),
        (make_pdf([[*HEAD]])[:300], "damaged"),
        (b"%PDF-1.7\nnothing else", "damaged"),
        (make_pdf([]), "no pages"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        document(data)
    assert said in refused.value.reason


def encrypted(password: str) -> bytes:
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(make_pdf([[*HEAD, *column(72, 150, LEFT)]]))))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_an_encrypted_file_opens_with_the_empty_password_and_is_named_with_another() -> None:
    assert document(encrypted("")).title == "Guideline for the Care of Bones"
    with pytest.raises(UnreadableFile, match="needs a password"):
        document(encrypted("secret"))


def test_a_page_that_unpacks_without_end_is_refused() -> None:
    import zlib

    packed = zlib.compress(b" " * 300_000_000, 9)
    plain = make_pdf([[Text(72, 80, "x")]])
    start = plain.index(b"<< /Length")
    end = plain.index(b"endstream", start)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\n" % (len(packed), packed)
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        document(plain[:start] + stream + plain[end:])


def test_sniffing_looks_at_the_content() -> None:
    assert sniff(RawFile("label.txt", b"\r\n%PDF-1.4"))
    assert not sniff(RawFile("label.pdf", b"<html>"))


def test_every_odd_pdf_gives_a_document_or_a_reason(shared: Path) -> None:
    files = sorted((shared / "data/edge/pdf").glob("*.pdf"))
    assert len(files) == 13
    for file in files:
        with pytest.raises(UnreadableFile) as refused:
            read(RawFile(file.name, file.read_bytes()))
        assert len(refused.value.reason) > 30


def test_a_real_label_reads_section_by_section(shared: Path) -> None:
    label = shared_document(shared / "data/labels/fda_metformin_highlights_2026.pdf")
    assert (label.effective, label.year, label.drugs[0]) == ("2026-01", 2026, "metformin")
    assert label.body == "A-S Medication Solutions"
    first, tenth, last = label.sections[0], label.sections[9], label.sections[-1]
    assert (first.title, first.code) == ("WARNING: LACTIC ACIDOSIS", "34066-1")
    assert (tenth.number, tenth.codes[0]) == ("5.2", "43685-7")
    assert last.code == "48780-1"
    tops = [section.codes[0] for section in label.sections if section.codes]
    order = ["34066-1", "34067-9", "34068-7", "43678-2", "34070-3", "43685-7", "34084-4", "34073-7", "43684-0"]
    order += ["34088-5", "34089-3", "34090-1", "43680-8", "34092-7", "34069-5", "34076-0", "42230-3", "48780-1"]
    assert list(dict.fromkeys(tops)) == order
    contra = next(section for section in label.sections if section.number == "4")
    assert contra.text.startswith("Metformin hydrochloride tablets are contraindicated in patients with:")
    assert "Severe renal impairment (eGFR below 30 mL/min/1.73 m²)" in contra.text


def test_a_real_guideline_reads_in_column_order(shared: Path) -> None:
    guideline = shared_document(shared / "data/guidelines/pdf/osteoporosis-screening-final-recommendation.pdf")
    assert guideline.key == "doi:10.1001/jama.2024.27154"
    assert (guideline.kind, guideline.effective) == (SourceKind.GUIDELINE, "2025-01-14")
    titles = [section.title for section in guideline.sections]
    assert titles.index("Importance") < titles.index("Definitions") < titles.index("Screening Intervals")
    assert "REFERENCES" not in titles
    importance = next(section for section in guideline.sections if section.title == "Importance")
    assert "Osteoporotic fractures are associated with psychological distress" in importance.text
    grades = [blocks(s) for s in guideline.sections if "Population | Recommendation | Grade" in s.text]
    assert grades[0][-1][0] in (Role.ROW, Role.PARAGRAPH)
