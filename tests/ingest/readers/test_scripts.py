"""Superscripts, subscripts and underlined signs keep their meaning on one line."""

from ingest.readers.scripts import lowered, raised, underlined


def test_a_power_stays_another_number_than_its_digits_on_the_line() -> None:
    assert "10" + raised("5", "10") == "10⁵"
    assert "h" + raised("-1", "h") == "h⁻¹"
    assert "m" + raised("2", "m") == "m²"
    assert "Ca" + raised("2+", "Ca") == "Ca²⁺"


def test_a_power_that_unicode_cannot_raise_follows_a_caret() -> None:
    assert "10" + raised("1.5", "10") == "10^1.5"
    assert "d" + raised("Q", "d") == "d^Q"
    assert "x" + raised("n/2", "x") == "x^n/2"


def test_marks_of_notes_are_not_glued_to_the_word_before() -> None:
    assert "years" + raised("a", "years") == "yearsᵃ"
    assert "P" + raised("a,b", "P") == "Pᵃ,ᵇ"
    assert "women" + raised("1,2", "women") == "women¹,²"


def test_ordinals_alleles_and_trade_marks_stay_on_the_line() -> None:
    assert raised("st", "1") == "st"
    assert raised("V600E", "BRAF") == "V600E"
    assert raised("®", "Fosamax") == "®"
    assert raised("TM", "Fosamax") == "™"
    assert raised("-/-", "p53") == "-/-"
    assert raised("o", "37") == "°"


def test_a_subscript_is_on_the_line_except_after_a_figure() -> None:
    assert "H" + lowered("2", "H") == "H2"
    assert "C" + lowered("max", "C") == "Cmax"
    assert "5" + lowered("2", "5") == "5₂"


def test_an_underlined_sign_keeps_its_meaning() -> None:
    assert underlined("<") == "≤"
    assert underlined(">") == "≥"
    assert underlined("+") == "±"
    assert underlined("important") == "important"
