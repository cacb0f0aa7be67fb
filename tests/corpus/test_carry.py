"""Cited characters are followed into a later version: they stand, changed, moved, or are gone."""

from dataclasses import replace

import pytest

from corpus.carry import Carrier, Fate
from corpus.document import Block, Role, Section

WEEKLY, WATER, STAY = "Take 70 mg once a week.", "Swallow it whole with plain water.", "Stay upright for half an hour."
TEXT = f"{WEEKLY} {WATER}\n{STAY}"


def section(text: str, number: str = "2", *heading: str) -> Section:
    return Section(heading or ("Dosing",), text, number=number)


def followed(quote: str, was: Section, *now: Section, others: tuple[Section, ...] = ()) -> tuple[str, str]:
    """Return what became of the quote's first place in a section, and how it reads now."""
    start = was.text.index(quote)
    carried = Carrier((was, *others), now).carry(was.id, start, start + len(quote))
    return carried.fate, carried.now


@pytest.mark.parametrize(
    ("quote", "now", "fate", "wording"),
    [
        (WATER, f"Read this first. {TEXT}", "stands", WATER),
        (WATER, TEXT.replace("70", "35"), "stands", WATER),
        (WEEKLY, TEXT.replace("70", "35"), "changed", "Take 35 mg once a week."),
        (
            WEEKLY,
            TEXT.replace("a week", "a week unless pregnant"),
            "changed",
            "Take 70 mg once a week unless pregnant.",
        ),
        (WEEKLY, TEXT.replace("Take", "Never take"), "changed", "Never take 70 mg once a week."),
        (WEEKLY, TEXT.replace("70 mg once", "70  mg\tonce"), "stands", "Take 70  mg\tonce a week."),
        (WEEKLY, f"{WATER}\n{STAY}", "removed", ""),
        (WEEKLY, f"{WATER}\n{STAY} {WEEKLY}", "stands", WEEKLY),
        (WATER, f"{WEEKLY} Chewing tablets may harm.\n{STAY}", "changed", "Chewing tablets may harm."),
        (f"{WEEKLY} {WATER}", f"{WEEKLY} Then wait. {WATER}\n{STAY}", "changed", f"{WEEKLY} Then wait. {WATER}"),
        (f"{WEEKLY} {WATER}", f"{STAY} {WEEKLY}\n{WATER}", "stands", f"{WEEKLY}\n{WATER}"),
        ("once a week", TEXT.replace("70", "35"), "stands", "once a week"),
        ("once a week", TEXT.replace("a week", "each week"), "changed", "Take 70 mg once each week."),
    ],
)
def test_words_stand_where_they_stand_whole_in_their_section(quote: str, now: str, fate: str, wording: str) -> None:
    found, reads = followed(quote, section(TEXT), section(now))
    assert (found, " ".join(reads.split())) == (fate, " ".join(wording.split()))


def test_a_section_that_is_renumbered_still_says_what_it_said() -> None:
    was = section(TEXT, "5.1", "Warnings", "Jaw")
    new = section("Another thing entirely.", "5.1", "Warnings", "Kidneys")
    assert followed(WATER, was, new, section(TEXT, "5.2", "Warnings", "Jaw"))[0] == "stands"


def test_the_same_words_under_another_heading_have_moved() -> None:
    assert followed(WATER, section(TEXT), section(TEXT, "2", "Dosing in Children"))[0] == "moved"


def test_a_sentence_that_left_for_another_section_has_moved_there() -> None:
    was, other = section(TEXT), section("Keep away from light.", "16", "Storage")
    now = section(f"{WEEKLY}\n{STAY}"), section(f"Keep away from light. {WATER}", "16", "Storage")
    start = was.text.index(WATER)
    carried = Carrier((was, other), now).carry(was.id, start, start + len(WATER))
    assert (carried.fate, carried.place and carried.place.name) == (Fate.MOVED, "16 Storage")


def test_a_sentence_that_stood_elsewhere_too_has_not_moved_there() -> None:
    was, other = section(TEXT), section(f"{WATER} Keep dry.", "16", "Storage")
    now = section(f"{WEEKLY}\n{STAY}"), section(f"{WATER} Keep cool.", "16", "Storage")
    assert followed(WATER, was, *now, others=(other,)) == ("removed", "")


def test_a_section_that_is_gone_takes_its_words_along() -> None:
    assert followed(WATER, section(TEXT)) == ("removed", "")


def listed(*lists: tuple[str, tuple[str, ...]]) -> Section:
    """Return a section of lists, each with the line that introduces it."""
    text, blocks = "", []
    for lead, items in lists:
        begun = (len(text), len(text) + len(lead))
        blocks.append(Block(Role.PARAGRAPH, *begun))
        text += f"{lead}\n"
        for item in items:
            blocks.append(Block(Role.ITEM, len(text), len(text) + len(item), begun))
            text += f"{item}\n"
    return Section(("Use",), text, number="4", blocks=tuple(blocks))


NEVER, CARE = "Do not give it to patients with:", "Give it with care to patients with:"
WAS = listed((NEVER, ("stroke", "gout")), (CARE, ("stroke", "asthma")))


@pytest.mark.parametrize(
    ("now", "first", "second"),
    [
        (WAS, "stands", "stands"),
        (listed((NEVER, ("gout",)), (CARE, ("stroke", "asthma"))), "removed", "stands"),
        (listed((NEVER, ("stroke", "gout")), (CARE, ("asthma",))), "stands", "removed"),
        (listed((NEVER, ("gout", "stroke")), (CARE, ("stroke", "asthma"))), "stands", "stands"),
        (listed((CARE, ("stroke", "asthma")), (NEVER, ("stroke", "gout"))), "stands", "stands"),
        (
            listed((NEVER.replace("Do not", "Never"), ("stroke", "gout")), (CARE, ("stroke", "asthma"))),
            "stands",
            "stands",
        ),
    ],
)
def test_an_item_that_is_there_twice_is_followed_by_its_place(now: Section, first: str, second: str) -> None:
    carrier = Carrier((WAS,), (now,))
    one, other = WAS.text.index("stroke"), WAS.text.rindex("stroke")
    assert [carrier.carry(WAS.id, at, at + 6).fate for at in (one, other)] == [first, second]


def test_an_item_under_another_lead_has_moved() -> None:
    now = listed((NEVER, ("stroke",)), (CARE, ("stroke", "asthma", "gout")))
    assert followed("gout", WAS, now)[0] == "moved"


def test_an_item_whose_lead_is_taken_away_stands_and_one_that_left_its_list_has_moved() -> None:
    alone = Section(("Use",), "stroke\ngout\n", number="4")
    was = listed((NEVER, ("stroke", "gout")))
    assert followed("gout", was, alone)[0] == "stands"
    shorter = listed((NEVER, ("stroke",)))
    assert followed("gout", was, replace(shorter, text=f"{shorter.text}Ask about:\ngout\n"))[0] == "moved"


def test_words_that_are_all_the_same_stand_whatever_their_reader_makes_of_them() -> None:
    plain = Section(("Use",), WAS.text, number="4")
    assert followed("gout", WAS, plain)[0] == "stands"
    assert followed("gout", plain, WAS)[0] == "stands"
