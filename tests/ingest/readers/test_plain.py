"""Plain text: one clean line, whatever comes in."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.plain import plain


def test_white_space_of_every_kind_becomes_one_space() -> None:
    assert plain(" 5\u00a0mg\t\n once\u2003daily\u2028 ") == "5 mg once daily"


def test_soft_hyphens_zero_width_and_control_characters_vanish() -> None:
    assert plain("hypo\u00adcal\u200bcemia\x00\ufeff \u202aonly\u202c\ue000") == "hypocalcemia only"


def test_decomposed_letters_are_composed() -> None:
    assert plain("Sjo\u0308gren") == "Sjögren"


def test_signs_of_the_symbol_font_keep_their_meaning() -> None:
    assert plain("eGFR \uf0b3 30 and age \uf0a3 65") == "eGFR ≥ 30 and age ≤ 65"


def test_superscript_figures_stay_raised() -> None:
    assert plain("10⁹/L") == "10⁹/L"


@given(st.text())
def test_the_result_is_one_clean_line_whatever_comes_in(text: str) -> None:
    line = plain(text)
    assert line == plain(line) == " ".join(line.split()) == unicodedata.normalize("NFC", line)
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") for char in line)
