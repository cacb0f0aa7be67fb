"""What was said of a publication before it is held: it stands so from its arrival on, graver by itself alone."""

import pytest

from corpus.document import Integrity
from corpus.notices import Said, keep
from corpus.records import Outcome
from corpus.standings import lift_withdrawal, withdraw
from corpus.store import Store
from tests.corpus.making import document, put
from tests.writes import writes_to

PMID, DOI = ("pmid", "77"), ("doi", "10.1/bones")
NAMED = (PMID, ("doi", "10.1/Bones"))
RETRACTS = "PMID 500 retracts it"


def say(store: Store, *said: tuple[tuple[str, str], Integrity, str]) -> None:
    """Keep what sources said."""
    keep(store.engine, (Said(*one) for one in said))


@pytest.mark.parametrize("name", [PMID, DOI, ("doi", "10.1/BONES"), ("spl", "one")], ids="-".join)
def test_what_is_retracted_before_it_is_held_arrives_retracted(store: Store, name: tuple[str, str]) -> None:
    say(store, (name, Integrity.RETRACTED, RETRACTS))
    added = put(store, document(identifiers=NAMED))
    assert (added.outcome, added.note) == (Outcome.NEW, f"it stands as retracted: {RETRACTS}")
    held = store.get("spl:one")
    assert (held.integrity, held.notice) == (Integrity.RETRACTED, RETRACTS)
    assert [(one.was, one.became, one.why) for one in store.integrity_history("spl:one")] == [
        (None, Integrity.CURRENT, ""),
        (Integrity.CURRENT, Integrity.RETRACTED, RETRACTS),
    ]


def test_what_is_said_of_others_or_under_another_scheme_is_not_said_of_it(store: Store) -> None:
    say(store, (("pmid", "7"), Integrity.RETRACTED, "?"), (("pmcid", "77"), Integrity.RETRACTED, "?"))
    assert put(store, document(identifiers=NAMED)).note == ""
    assert store.get("spl:one").integrity is Integrity.CURRENT


def test_a_correction_stays_a_correction_and_of_several_the_gravest_holds(store: Store) -> None:
    say(store, (PMID, Integrity.CORRECTED, "an erratum"))
    put(store, document(identifiers=NAMED))
    assert store.get("spl:one").integrity is Integrity.CORRECTED
    say(store, (("pmid", "88"), Integrity.CORRECTED, "an erratum"), (("pmid", "88"), Integrity.CONCERN, "a concern"))
    put(store, document("spl:two", identifiers=(("pmid", "88"),)))
    assert (store.get("spl:two").integrity, store.get("spl:two").notice) == (Integrity.CONCERN, "a concern")


def test_it_never_makes_lighter_what_the_text_says_itself(store: Store) -> None:
    say(store, (PMID, Integrity.CONCERN, "a concern"))
    put(store, document(integrity=Integrity.RETRACTED, notice="its own words", identifiers=NAMED))
    assert (store.get("spl:one").integrity, store.get("spl:one").notice) == (Integrity.RETRACTED, "its own words")


def test_what_a_person_lifted_is_not_said_again_by_the_next_version(store: Store) -> None:
    say(store, (PMID, Integrity.RETRACTED, RETRACTS))
    put(store, document(version="1", identifiers=NAMED))
    store.set_integrity("spl:one", Integrity.CURRENT, "the notice named the wrong paper")
    assert put(store, document(version="2", identifiers=NAMED)).outcome is Outcome.NEW_VERSION
    assert store.get("spl:one").integrity is Integrity.CURRENT


def test_a_version_under_another_identifier_hears_what_was_said_of_that(store: Store) -> None:
    say(store, (DOI, Integrity.CONCERN, "a concern"))
    put(store, document(version="1", identifiers=(PMID,)))
    assert store.get("spl:one").integrity is Integrity.CURRENT
    assert put(store, document(version="2", identifiers=NAMED)).note.endswith("; it stands as concern: a concern")
    assert store.get("spl:one").integrity is Integrity.CONCERN


def test_what_was_said_already_is_not_written_again(store: Store) -> None:
    say(store, (PMID, Integrity.CONCERN, "the first time"))
    with writes_to(store) as written:
        say(store, (PMID, Integrity.CONCERN, "the second time"))
        say(store)
    assert written == []
    say(store, (PMID, Integrity.CONCERN, "the third time"), (DOI, Integrity.CONCERN, "another name"))
    put(store, document(identifiers=(PMID,)))
    assert store.get("spl:one").notice == "the first time"


def test_many_are_looked_up_and_each_is_found(store: Store) -> None:
    many = [(("pmid", str(n)), Integrity.CORRECTED, "an erratum") for n in range(1_001)]
    say(store, *many[:1_000])
    with writes_to(store) as written:
        say(store, *many[:1_000])
    assert written == []
    with writes_to(store) as written:
        say(store, *many)
    assert len(written) == 1


def test_a_concern_that_arrives_while_a_paper_is_withdrawn_holds_when_it_is_back(store: Store) -> None:
    put(store, document(identifiers=NAMED))
    with store.writing() as connection:
        withdraw(connection, ["spl:one"], "pubmed", "")
    say(store, (PMID, Integrity.CONCERN, "a concern"))
    assert lift_withdrawal(store, "spl:one", Integrity.CURRENT, "listed again")
    assert (store.get("spl:one").integrity, store.get("spl:one").notice) == (Integrity.CONCERN, "a concern")


def test_what_was_lifted_by_hand_before_a_withdrawal_is_not_said_again_after_it(store: Store) -> None:
    say(store, (PMID, Integrity.CONCERN, "a concern"))
    put(store, document(identifiers=NAMED))
    store.set_integrity("spl:one", Integrity.CURRENT, "it was cleared")
    with store.writing() as connection:
        withdraw(connection, ["spl:one"], "pubmed", "")
    say(store, (PMID, Integrity.CONCERN, "a concern"))
    assert lift_withdrawal(store, "spl:one", Integrity.CURRENT, "listed again")
    assert (store.get("spl:one").integrity, store.get("spl:one").notice) == (Integrity.CURRENT, "listed again")
