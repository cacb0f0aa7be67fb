"""References survive the programs that read them: every field comes back as it was stored."""

import json
from datetime import date

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from corpus.document import Document, Integrity, Section, SourceKind
from qa.bibliography.bibtex import bibtex, tex
from qa.bibliography.csl import csl
from qa.bibliography.entry import Author, entries
from qa.bibliography.ris import ris

SECTIONS = (Section((), "x"),)
TRIAL = Document(
    "pmid:1",
    SourceKind.RESEARCH,
    'Drug A & B: 50% {of} "C_1" at $5 #2 ~x^y \\input{/etc}\nin men',
    SECTIONS,
    body="Bone & Mineral",
    year=2016,
    effective="2016-09-18",
    url="https://example.org/a_b?c=1&d=2%3F{e}",
    authors=("Miller PD", "Le Roux C", "The A and B Group"),
    identifiers=(("pmid", "1"), ("doi", "10.1/a_b")),
    integrity=Integrity.RETRACTED,
    notice="Data\nwere made up.",
)
GUIDELINE = Document("guideline:x", SourceKind.GUIDELINE, "Care", SECTIONS, body="Sample Society", year=2023)
LABEL = Document("spl:1", SourceKind.LABEL, "Sampla: label", SECTIONS, body="Works", effective="2024-05", version="7")
TODAY = date(2026, 11, 25)
MADE = entries([(TRIAL, TODAY), (GUIDELINE, TODAY), (LABEL, TODAY)])
TITLE = 'Drug A & B: 50% {of} "C_1" at $5 #2 ~x^y \\input{/etc} in men'


def test_bibtex_is_read_back_without_a_failed_block() -> None:
    library = parse_string(bibtex(MADE))
    assert library.failed_blocks == []
    trial, guideline, label = library.entries
    assert [entry.entry_type for entry in library.entries] == ["article", "misc", "misc"]
    assert trial["author"] == "{Miller}, P. D. and {Le Roux}, C. and {The A and B Group}"
    assert (trial["journal"], trial["year"], trial["month"]) == (r"Bone \& Mineral", "2016", "9")
    assert (trial["doi"], trial["pmid"], trial["urldate"]) == ("10.1/a_b", "1", "2026-11-25")
    assert trial["url"] == "https://example.org/a_b?c=1&d=2%3F%7Be%7D"
    assert trial["note"] == "RETRACTED: Data were made up."
    assert (guideline["author"], guideline["publisher"]) == ("{Sample Society}", "Sample Society")
    assert (label["howpublished"], label["year"], label["month"]) == ("Prescribing information", "2024", "5")


def test_what_tex_would_read_otherwise_is_escaped() -> None:
    assert tex(TRIAL.title) == (
        r'Drug A \& B: 50\% \textbraceleft{}of\textbraceright{} "C\_1" at \$5 \#2 '
        r"\textasciitilde{}x\textasciicircum{}y \textbackslash{}input\textbraceleft{}/etc\textbraceright{} in men"
    )
    assert parse_string(bibtex(MADE)).entries[0]["title"] == f"{{{tex(TRIAL.title)}}}"


@pytest.mark.parametrize("text", ["{", "}", "}{", "\\", "a}b{c", "%", "}\n}"])
def test_no_text_ends_its_field_or_runs_a_command(text: str) -> None:
    document = Document("k", SourceKind.GUIDELINE, text, SECTIONS, body=text, url=f"https://a.b/{text}")
    written = bibtex(entries([(document, TODAY)]))
    library = parse_string(written)
    assert library.failed_blocks == [] and len(library.entries) == 1
    assert {field.key for field in library.entries[0].fields} >= {"title", "url", "urldate"}
    assert tex(text).count("{") == tex(text).count("}")


def test_ris_is_read_back_field_by_field() -> None:
    trial, guideline, label = rispy.loads(ris(MADE))
    assert trial["type_of_reference"] == "JOUR"
    assert trial["title"] == TITLE
    assert trial["authors"] == ["Miller, P. D.", "Le Roux, C.", "The A and B Group"]
    assert (trial["doi"], trial["year"], trial["date"]) == ("10.1/a_b", "2016", "2016/09/18")
    assert trial["urls"] == [TRIAL.url]
    assert trial["notes"] == ["RETRACTED: Data were made up."]
    assert (guideline["type_of_reference"], guideline["authors"]) == ("GEN", ["Sample Society"])
    assert (label["publisher"], label["date"]) == ("Works", "2024/05")
    assert ris(MADE).count("\r\nER  - ") == 3 and "\n" not in ris(MADE).replace("\r\n", "")


def test_csl_has_the_fields_of_the_schema() -> None:
    trial, guideline, label = json.loads(csl(MADE))
    assert trial == {
        "id": "miller2016drugab50ofc1",
        "type": "article-journal",
        "title": TITLE,
        "author": [
            {"family": "Miller", "given": "P. D."},
            {"family": "Le Roux", "given": "C."},
            {"literal": "The A and B Group"},
        ],
        "container-title": "Bone & Mineral",
        "issued": {"date-parts": [[2016, 9, 18]]},
        "accessed": {"date-parts": [[2026, 11, 25]]},
        "DOI": "10.1/a_b",
        "PMID": "1",
        "URL": TRIAL.url,
        "note": "RETRACTED: Data were made up.",
    }
    assert (guideline["type"], guideline["author"]) == ("document", [{"literal": "Sample Society"}])
    assert (label["version"], label["issued"]) == ("7", {"date-parts": [[2024, 5]]})


def test_no_two_entries_have_one_key_and_every_key_is_plain() -> None:
    made = entries([(TRIAL, TODAY)] * 3 + [(Document("k", SourceKind.RESEARCH, "骨", SECTIONS), TODAY)])
    keys = [entry.key for entry in made]
    assert len(set(keys)) == 4
    assert all(key.replace("-", "").isalnum() and key.isascii() for key in keys)


def test_a_paper_without_authors_is_not_given_its_journal_as_one() -> None:
    [entry] = entries([(Document("k", SourceKind.RESEARCH, "T", SECTIONS, body="J"), TODAY)])
    assert entry.authors == ()
    [made] = entries([(GUIDELINE, TODAY)])
    assert made.authors == (Author("Sample Society", ""),)
