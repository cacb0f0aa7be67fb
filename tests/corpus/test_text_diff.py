"""Two wordings are laid side by side sentence by sentence, and word by word where a sentence changed."""

import random
import time

import pytest

from corpus.text_diff import TextDiff
from corpus.words import Words, form_of


def marked(was: str, now: str) -> list[str]:
    """Return each pair that changed with its words marked: [-removed-], [+added+], # after a figure."""
    diff = TextDiff(was, now)
    signs = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("[+", "+]")}
    return [
        " ".join(
            f"{signs[run.what][0]}{run.text}{'#' if run.is_figure else ''}{signs[run.what][1]}"
            for run in diff.runs(pair)
        )
        for pair in diff.pairs
        if not pair.is_same
    ]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Take 70 mg once weekly.", ["Take", "70mg", "once", "weekly", "."]),
        ("eGFR ≥ 35 mL/min", ["eGFR", "≥35mL/min"]),
        ("a 2.5-fold risk (95% CI 1,200)", ["a", "2.5-fold", "risk", "(", "95%", "CI", "1,200", ")"]),
        ("5 mg/kg/day, 3 months", ["5mg/kg/day", ",", "3months"]),
        ("5 mgx", ["5", "mgx"]),
    ],
)
def test_a_figure_is_one_word_with_its_unit(text: str, forms: list[str]) -> None:
    assert Words(text).forms == forms


def test_the_pieces_of_a_text_are_its_lines_and_sentences() -> None:
    words = Words("One here. Two here.\n\n- Three\nRow | 5 mg\n")
    assert [words.quote(piece.first, piece.last) for piece in words.pieces] == [
        "One here.",
        "Two here.",
        "- Three",
        "Row | 5 mg",
    ]


def test_white_space_is_no_difference() -> None:
    assert TextDiff("Take 70 mg\tdaily.", "Take  70mg daily. ").is_same
    assert form_of(" a\n b ") == "a b"


@pytest.mark.parametrize(
    ("was", "now", "shown"),
    [
        ("Take 70 mg daily.", "Take 35 mg daily.", ["Take [-70 mg#-] [+35 mg#+] daily."]),
        ("Take with food. Stop.", "Take with milk. Stop.", ["Take with [-food-] [+milk+] ."]),
        ("One. Two.", "One. Two. Three more.", ["[+Three more.+]"]),
        ("One. Two more. Three.", "One. Three.", ["[-Two more.-]"]),
        ("Use it.\nUse it.", "Use it.", ["[-Use it.-]"]),
        ("A b c d e.", "V w x y z.", ["[-A b c d e.-]", "[+V w x y z.+]"]),
    ],
)
def test_words_that_changed_are_marked_and_figures_apart(was: str, now: str, shown: list[str]) -> None:
    assert marked(was, now) == shown


def test_a_figure_that_stayed_is_not_marked() -> None:
    assert marked("Take 70 mg daily.", "Take 70 mg weekly.") == ["Take 70 mg [-daily-] [+weekly+] ."]


def test_a_rewritten_section_of_fifty_thousand_characters_takes_less_than_a_second() -> None:
    drawn = random.Random(4)
    vocabulary = [f"w{n}" for n in range(300)]
    was, now = (" ".join(" ".join(drawn.choices(vocabulary, k=12)) + "." for _ in range(1000)) for _ in range(2))
    assert len(was) > 50_000
    seconds = []
    for _ in range(3):  # the least of three: what else a machine does makes each slower
        began = time.process_time()
        diff = TextDiff(was, now)
        for pair in diff.pairs:
            diff.runs(pair)
        seconds.append(time.process_time() - began)
    assert min(seconds) < 1
