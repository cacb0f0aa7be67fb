"""The figures that the comparison of digests with facts works on."""

import pytest

from tests.corpus.figures import durations, figures, stated


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("16 of 3,321 (0.5%) vs 59 of 3322", ["16", "3321", "0.5%", "59", "3322"]),
        ("P=.003; P<0.001", ["0.003", "0.001"]),
        ("T-score -2.5 to −3.5, BMD +12.1 %", ["-2.5", "-3.5", "12.1%"]),
        ("(-2.9 to -1.5), 2005-2010, a 12-month trial", ["-2.9", "-1.5", "2005", "2010", "12"]),
        ("two tablets, Three-monthly, 41 per cent", ["2", "3", "41%"]),
        ("DAS28-ESR, FIT-1, 0.68 g/cm2, 10.1016/S0140-6736(17)31613-6, NCT01575834, PMC8376732", ["0.68"]),
        ("7.0 years, 1.00 (0.76 to 1.32).", ["7.0", "1.00", "0.76", "1.32"]),
        ("version 5.1.2, e068033, 25th", ["5.1", "25"]),
        ("251,219 and 5,45", ["251219", "5", "45"]),
    ],
)
def test_figures_are_read_in_one_spelling(text: str, found: list[str]) -> None:
    assert figures(text) == found


def test_a_range_states_its_first_figure_with_and_without_the_sign() -> None:
    assert stated("30 to 55% fewer") == {"30", "30%", "55%"}


def test_durations_are_told_from_results() -> None:
    assert durations("At month 12 and over 24 months, 1.9 years or 18-month data: 16 of 3321, year 1") == {
        *("12", "24", "1.9", "18", "1"),
    }
