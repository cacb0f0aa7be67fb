"""Terms: stems, hyphens, figures, Greek letters, accents."""

import pytest

from index.tokens import tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("T-score", "T score Tscore"),
        ("TNF-α", "tnf alpha tnfalpha"),
        ("2,417 patients", "2417 patient"),
        ("naïve", "naive"),
        ("5 µg", "5 μg"),
        ("patients’ bones", "patient bone"),
        ("Crohn's disease", "crohn diseases"),
        ("IL‑6", "IL-6"),
        ("IL6", "IL-6"),
        ("CD4+", "CD 4 CD4"),
        ("10mg", "10-mg"),
        ("ﬁbrosis", "fibrosis"),
        ("mg/kg", "mg kg"),
    ],
)
def test_forms_that_mean_the_same_meet(one: str, other: str) -> None:
    assert set(tokens(one)) == set(tokens(other))


def test_figures_keep_their_point() -> None:
    assert tokens("eGFR 2.5 or 25") == ["egfr", "2.5", "25"]


def test_letters_and_figures_that_touch_count_whole_and_apart() -> None:
    assert tokens("H3K4me3") == ["h3k4me3", "h", "3", "k", "4", "me", "3"]
    assert tokens("IL6-receptor") == ["il6", "receptor", "il6receptor", "il", "6"]


def test_drug_names_stay_whole() -> None:
    assert tokens("romosozumab-aqqg") == ["romosozumab", "aqqg", "romosozumabaqqg"]


def test_stop_words_are_left_out_and_order_is_kept() -> None:
    assert tokens("What is the dose of the drug, and the dose?") == ["dose", "drug", "dose"]
    assert tokens("") == tokens("… — !") == tokens("the of and") == []


def test_other_scripts_are_terms_too() -> None:
    assert tokens("骨粗鬆症 остеопороз") == ["骨粗鬆症", "остеопороз"]
