"""Which version is the newer one, and what becomes of a publication's state."""

from datetime import date

import pytest

from corpus.document import Integrity
from corpus.editions import Edition, is_newer, of_version, raised, reported_by_older, succeeded

DAY, LATER = date(2026, 1, 1), date(2026, 2, 1)


def edition(
    version: str = "",
    effective: str = "",
    *,
    digest: bool = False,
    retrieved: date = DAY,
    raw: str = "",
    characters: int = 100,
) -> Edition:
    return Edition(version, effective, digest, retrieved, raw, characters)


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        (edition("10"), edition("9", characters=999)),
        (edition("10", "2020"), edition("9", "2024")),
        (edition("v2.10"), edition("2.9")),
        (edition("", "2024-05-01"), edition("", "2023-12-31", retrieved=LATER)),
        (edition("5", "2024-05"), edition("5", "2024-04-30")),
        (edition("5"), edition("4", digest=True)),
        (edition("", "2019"), edition("", "2024", digest=True)),
        (edition("11", "2014-01-13"), edition(retrieved=LATER, characters=999)),
        (edition("", "2014"), edition("")),
        (edition(raw="b", retrieved=LATER), edition(raw="a", retrieved=DAY, characters=999)),
        (edition("", "2019", raw="b", retrieved=LATER), edition("", "2019", raw="a", characters=999)),
        (edition("5", "2024", raw="b", characters=101), edition("5", "2024", raw="a", retrieved=LATER)),
        (edition(raw="b", characters=101), edition(raw="a")),
    ],
)
def test_the_newer_edition_takes_the_place_in_whichever_order_they_come(newer: Edition, older: Edition) -> None:
    assert is_newer(newer, older)
    assert not is_newer(older, newer)


def test_the_same_bytes_read_anew_take_the_place_of_what_they_gave_before() -> None:
    longer, shorter = edition("3", raw="a", characters=101), edition("3", raw="a")
    assert is_newer(shorter, longer)
    assert is_newer(longer, shorter)


def test_where_nothing_tells_them_apart_the_one_that_arrives_takes_the_place() -> None:
    assert is_newer(edition("3", "2024", raw="a"), edition("3", "2024-06", raw="b"))


def test_a_text_that_arrives_again_only_makes_the_state_graver() -> None:
    assert raised(Integrity.CURRENT, Integrity.CONCERN) is Integrity.CONCERN
    assert raised(Integrity.CORRECTED, Integrity.CURRENT) is Integrity.CORRECTED


def test_a_newer_version_brings_its_own_state_but_lifts_no_concern_or_worse() -> None:
    assert succeeded(Integrity.SUPERSEDED, Integrity.CURRENT) is Integrity.CURRENT
    assert succeeded(Integrity.CONCERN, Integrity.CURRENT) is Integrity.CONCERN
    assert succeeded(Integrity.CONCERN, Integrity.RETRACTED) is Integrity.RETRACTED
    assert succeeded(Integrity.CURRENT, Integrity.CORRECTED) is Integrity.CORRECTED


def test_an_older_version_tells_the_newer_only_of_a_concern_or_worse() -> None:
    assert reported_by_older(Integrity.CURRENT, Integrity.SUPERSEDED) is Integrity.CURRENT
    assert reported_by_older(Integrity.CURRENT, Integrity.WITHDRAWN) is Integrity.WITHDRAWN


def test_a_version_that_is_not_current_is_superseded_if_nothing_worse() -> None:
    assert of_version(Integrity.CURRENT, False) is Integrity.SUPERSEDED
    assert of_version(Integrity.RETRACTED, False) is Integrity.RETRACTED
    assert of_version(Integrity.CURRENT, True) is Integrity.CURRENT


def test_what_another_source_gives_later_takes_no_fuller_texts_place() -> None:
    full = edition("", "2019", raw="a", characters=9000)
    abstract = edition("", "2019", raw="b", retrieved=LATER)
    assert is_newer(abstract, full)
    assert not is_newer(abstract, full, elsewhere=True)
    assert is_newer(full, abstract, elsewhere=True)
    assert is_newer(edition("", "2020", raw="b"), full, elsewhere=True)
