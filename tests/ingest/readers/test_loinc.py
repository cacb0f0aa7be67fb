"""LOINC codes of label sections: from the title as printed, and back."""

import csv
from pathlib import Path

import pytest

from ingest.readers.loinc import code_of, title_of


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("1 INDICATIONS AND USAGE", "34067-9"),
        ("INDICATIONS & USAGE", "34067-9"),
        ("INDICATIONS AND USAGE:", "34067-9"),
        ("Uses", "34067-9"),
        ("DOSAGE & ADMINISTRATION SECTION", "34068-7"),
        ("5\xa0 WARNINGS AND PRECAUTIONS", "43685-7"),
        ("WARNINGS", "34071-1"),
        ("WARNING", "34066-1"),
        ("WARNING: BLEEDING RISK", "34066-1"),
        ("12.3 Pharmacokinetics", "43682-4"),
        ("16 HOW SUPPLIED/STORAGE AND HANDLING", "34069-5"),
        ("17 PATIENT COUNSELING INFORMATION", "34076-0"),
        ("8. Use in Specific Populations", "43684-0"),
    ],
)
def test_a_standard_title_has_its_code_however_it_is_printed(title: str, code: str) -> None:
    assert code_of(title) == code


@pytest.mark.parametrize("title", ["", "5.1 Lactic Acidosis", "General", "7", "NA", "Warning signs of a stroke"])
def test_a_title_that_is_not_standard_has_no_code(title: str) -> None:
    assert code_of(title) == ""


def test_a_code_has_the_name_of_its_section() -> None:
    assert title_of("34066-1") == "Boxed Warning"
    assert title_of("00000-0") == ""


def test_codes_agree_with_the_published_list_of_sections(shared: Path) -> None:
    with (shared / "data/labels/loinc.csv").open(encoding="utf-8") as lines:
        published = {row["loinc"]: row["name"] for row in csv.DictReader(lines, skipinitialspace=True)}
    here = {code: title_of(code) for code in published if title_of(code)}
    assert len(here) > 55
    renamed = {code for code in here if code_of(published[code]) != code}
    # The list shortens these names; the table has them as labels print them.
    shortened = {"50569-3", "50568-5", "50567-7", "50566-9", "53414-9", "42231-1", "42230-3", "34091-9", "34074-5"}
    assert renamed == shortened
