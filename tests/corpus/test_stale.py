"""Kept answers are flagged when what they cite changed, and only then; once, and from what is held."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from corpus.answers import KeptAnswer, KeptCitation
from corpus.document import Document, Integrity
from corpus.errors import Inconsistent
from corpus.flags import Flag, Reason, flags_of, standing_flags
from corpus.stale import flag_stale
from corpus.store import Store
from tests.corpus.making import document, put
from tests.writes import writes_to

DAILY, MILK = "Take it once daily.", "Do not take it with milk."


def version(number: int, text: str, key: str = "spl:one", **fields: object) -> Document:
    return document(key, text, version=str(number), effective=f"2024-0{number}-01", **fields)


V1 = version(1, f"{DAILY} {MILK}")


def answer(name: str, *quotes: str, of: Document = V1) -> KeptAnswer:
    """Return an answer that cites these sentences of a document's first section."""
    section = of.sections[0]
    starts = [section.text.index(quote) for quote in quotes]
    citations = tuple(
        KeptCitation(n, of.id, section.id, start, start + len(quote), quote)
        for n, (start, quote) in enumerate(zip(starts, quotes, strict=True), 1)
    )
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    return KeptAnswer(name, "0" * 64, "s1", noon, "How is it taken?", "answered", f'{{"id": "{name}"}}', citations)


@pytest.fixture
def answered(store: Store) -> Store:
    """Return a store in which one answer cites the first sentence, one the second, one both."""
    put(store, V1)
    for kept in (answer("daily", DAILY), answer("milk", MILK), answer("both", DAILY, MILK)):
        store.keep_answer(kept)
    return store


def brief(flags: tuple[Flag, ...]) -> list[tuple[str, int, str, str]]:
    return [(flag.answer_id, flag.n, flag.reason, flag.now) for flag in flags]


def test_answers_that_cite_what_changed_are_flagged_with_both_wordings(answered: Store) -> None:
    put(answered, version(2, f"Take it twice daily. {MILK}"), raw=b"2")
    flags = flag_stale(answered)
    assert brief(flags) == [
        ("both", 1, "changed", "Take it twice daily."),
        ("daily", 1, "changed", "Take it twice daily."),
    ]
    assert {flag.was for flag in flags} == {DAILY}
    assert flags[0].why == ("the cited words of spl:one read otherwise in version 2 of 2024-02-01: see 2.1 Adults")
    assert flags_of(answered, "daily") == standing_flags(answered, "daily") == flags[1:]


def test_a_change_that_is_not_cited_touches_no_answer(answered: Store) -> None:
    put(answered, version(2, f"Read this first. {DAILY} It may upset. {MILK}"), raw=b"2")
    assert flag_stale(answered) == ()


def test_what_is_gone_is_flagged_as_removed(answered: Store) -> None:
    put(answered, version(2, DAILY), raw=b"2")
    assert brief(flag_stale(answered)) == [("both", 2, "removed", ""), ("milk", 1, "removed", "")]


def test_a_second_call_flags_nothing_and_writes_nothing(answered: Store) -> None:
    put(answered, version(2, "Take it twice daily."), raw=b"2")
    with writes_to(answered) as first:
        assert flag_stale(answered)
    with writes_to(answered) as second:
        assert flag_stale(answered) == ()
    assert (len(first), second) == (1, [])


def test_each_later_version_is_held_against_the_citation_anew(answered: Store) -> None:
    put(answered, version(2, f"Take it twice daily. {MILK}"), raw=b"2")
    flag_stale(answered)
    put(answered, version(3, f"Take it thrice daily. {MILK}"), raw=b"3")
    flag_stale(answered)
    assert brief(flags_of(answered, "daily")) == [
        ("daily", 1, "changed", "Take it twice daily."),
        ("daily", 1, "changed", "Take it thrice daily."),
    ]
    assert [flag.now for flag in standing_flags(answered, "daily")] == ["Take it thrice daily."]


def test_a_flag_stands_no_more_when_the_old_words_are_back(answered: Store) -> None:
    put(answered, version(2, f"Take it twice daily. {MILK}"), raw=b"2")
    flag_stale(answered)
    put(answered, version(3, f"{DAILY} {MILK}"), raw=b"3")
    assert flag_stale(answered) == ()
    assert len(flags_of(answered, "daily")) == 1
    assert standing_flags(answered) == ()


def test_an_older_version_that_arrives_late_changes_nothing(answered: Store) -> None:
    put(answered, document(text="Take none.", version="0", effective="2023-01-01"), raw=b"0")
    assert flag_stale(answered) == ()


@pytest.mark.parametrize("state", [Integrity.CONCERN, Integrity.WITHDRAWN, Integrity.RETRACTED])
def test_a_doubted_publication_flags_every_answer_that_cites_any_of_its_versions(
    answered: Store, state: Integrity
) -> None:
    second = version(2, f"{DAILY} {MILK} It may upset.")
    put(answered, second, raw=b"2")
    put(answered, version(1, "Other.", "spl:two"))
    answered.keep_answer(answer("later", MILK, of=second))
    answered.keep_answer(answer("other", "Other.", of=version(1, "Other.", "spl:two")))
    answered.set_integrity("spl:one", state, "doi:10.1/notice")
    flags = flag_stale(answered)
    assert {flag.answer_id for flag in flags} == {"daily", "milk", "both", "later"}
    assert {flag.reason for flag in flags} == {Reason(state)}
    assert all(flag.was == flag.now and "doi:10.1/notice" in flag.why for flag in flags)
    assert flag_stale(answered) == ()


@pytest.mark.parametrize("state", [Integrity.CORRECTED, Integrity.SUPERSEDED])
def test_a_corrected_or_superseded_publication_flags_no_answer(answered: Store, state: Integrity) -> None:
    answered.set_integrity("spl:one", state, "an erratum")
    assert flag_stale(answered) == ()


def test_a_concern_that_is_lifted_leaves_its_flag_in_the_log_alone(answered: Store) -> None:
    answered.set_integrity("spl:one", Integrity.CONCERN, "a notice")
    flag_stale(answered)
    answered.set_integrity("spl:one", Integrity.CURRENT, "lifted")
    assert (len(flags_of(answered, "milk")), standing_flags(answered)) == (1, ())
    answered.set_integrity("spl:one", Integrity.RETRACTED, "a retraction")
    flag_stale(answered)
    assert [flag.reason for flag in standing_flags(answered, "milk")] == [Reason.RETRACTED]


def test_an_answer_that_is_kept_after_what_it_cites_was_overtaken_is_flagged_at_once(store: Store) -> None:
    put(store, V1)
    put(store, version(2, f"Take it twice daily. {MILK}"), raw=b"2")
    store.keep_answer(answer("late", DAILY, MILK))
    assert brief(flags_of(store, "late")) == [("late", 1, "changed", "Take it twice daily.")]
    with writes_to(store) as found:
        assert flag_stale(store) == ()
    assert found == []


def test_an_answer_that_cannot_be_kept_leaves_no_flag(store: Store) -> None:
    put(store, V1)
    put(store, version(2, "Take it twice daily."), raw=b"2")
    kept = answer("late", DAILY)
    with pytest.raises(Inconsistent):
        store.keep_answer(replace(kept, citations=(replace(kept.citations[0], quote="Take it."),)))
    assert flags_of(store, "late") == ()


def test_flags_are_never_changed_and_never_removed(answered: Store) -> None:
    put(answered, version(2, "Take it twice daily."), raw=b"2")
    flag_stale(answered)
    for statement in ("UPDATE answer_flags SET reason = 'moved'", "DELETE FROM answer_flags"):
        with pytest.raises(sa.exc.DBAPIError, match="never"), answered.writing() as connection:
            connection.execute(sa.text(statement))
