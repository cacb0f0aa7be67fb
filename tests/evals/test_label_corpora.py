"""Labels to measure on: what they hold, and how a printed number is read."""

from collections import Counter
from pathlib import Path

import pytest

from corpus.check import document_problems
from evals.label_corpora import fdarx, medicationqa, numbered


@pytest.mark.parametrize(
    ("printed", "number", "title"),
    [
        ("5.3Bleeding", "5.3", "Bleeding"),
        ("2.1\tRecommended Dosage", "2.1", "Recommended Dosage"),
        ("8. Use in Specific Populations", "8", "Use in Specific Populations"),
        ("8.5   Geriatric Use", "8.5", "Geriatric Use"),
        ("WARNING: LACTIC ACIDOSIS", "", "WARNING: LACTIC ACIDOSIS"),
        ("INDICATIONS  AND USAGE", "", "INDICATIONS AND USAGE"),
    ],
)
def test_a_printed_title_gives_up_its_number(printed: str, number: str, title: str) -> None:
    assert numbered(printed) == (number, title)


@pytest.mark.shared
def test_each_passage_is_a_label_of_its_drug(shared: Path) -> None:
    found = list(medicationqa(shared / "data"))
    assert len(found) == 290
    assert found[0].key == "bench:medicationqa-mqa000"
    assert (found[0].title, found[0].drugs, found[0].sections[0].title) == (
        "Valium",
        ("valium",),
        "CLINICAL PHARMACOLOGY",
    )
    assert [list(document_problems(one)) for one in found if list(document_problems(one))] == []


@pytest.mark.shared
def test_sections_of_one_set_id_are_one_label_in_order(shared: Path) -> None:
    found = list(fdarx(shared / "data"))
    assert len({one.key for one in found}) == len(found) == 84
    assert [list(document_problems(one)) for one in found if list(document_problems(one))] == []
    by_title = {one.title: one for one in found}
    assert [s.number for s in by_title["Orapred"].sections] == [f"5.{n}" for n in range(1, 11)]
    assert Counter(s.number for s in by_title["CIBINQO"].sections) == {"": 1}
    assert by_title["CIBINQO"].sections[0].title.startswith("WARNING: SERIOUS INFECTIONS")
