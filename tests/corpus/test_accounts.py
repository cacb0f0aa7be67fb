"""Accounts, sessions, keys and attempts as rows, the same on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from corpus import accounts, api_keys, logins, sessions
from corpus.accounts import Account
from corpus.api_keys import ApiKey
from corpus.errors import BadInput, NotFound
from corpus.logins import Attempt
from corpus.sessions import Session
from corpus.store import Store
from corpus.transactions import writing

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
ANNA = Account("anna", "$argon2id$…", True, "reviewer", NOON)


def ago(**time: float) -> datetime:
    return NOON - timedelta(**time)


def test_an_account_comes_back_as_it_was_stored_and_is_changed_by_name(store: Store) -> None:
    with writing(store.engine) as connection:
        accounts.add(connection, ANNA)
        accounts.add(connection, Account("Berta", "x", False, "admin", NOON))
        assert accounts.find(connection, "anna") == ANNA
        assert accounts.find(connection, "Anna") is None
        accounts.change(connection, "anna", role="admin", disabled=NOON)
        assert [(one.name, one.role, one.disabled) for one in accounts.every(connection)] == [
            ("Berta", "admin", None),
            ("anna", "admin", NOON),
        ], "names come byte by byte"


def test_a_name_is_taken_once_and_what_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(BadInput, match="anna already"), writing(store.engine) as connection:
        accounts.add(connection, ANNA)
        accounts.add(connection, ANNA)
    with pytest.raises(NotFound, match="no account anna"), writing(store.engine) as connection:
        accounts.change(connection, "anna", role="admin")


def test_sessions_end_one_by_one_all_but_one_and_by_themselves(store: Store) -> None:
    with writing(store.engine) as connection:
        accounts.add(connection, ANNA)
        for token, days in (("a", 1), ("b", 2), ("c", 3)):
            sessions.add(connection, Session(token, "anna", NOON, NOON + timedelta(days=days), NOON))
        sessions.touch(connection, "b", NOON + timedelta(hours=1))
        found = sessions.find(connection, "b")
        assert found is not None and found.seen == NOON + timedelta(hours=1)
        sessions.prune(connection, NOON + timedelta(days=1))
        assert sessions.find(connection, "a") is None and sessions.find(connection, "b") is not None
        assert sessions.end_all(connection, "anna", but="c") == 1
        sessions.end(connection, "c")
        sessions.end(connection, "c")
        assert sessions.find(connection, "c") is None


def test_a_session_is_of_an_account_that_there_is(store: Store) -> None:
    with pytest.raises(sa.exc.IntegrityError), writing(store.engine) as connection:
        sessions.add(connection, Session("a", "nobody", NOON, NOON, NOON))


def test_a_key_is_found_by_its_hash_and_revoked_once_for_good(store: Store) -> None:
    key = ApiKey("cs_1", "f" * 64, "anna", "reader", "export", NOON)
    with writing(store.engine) as connection:
        accounts.add(connection, ANNA)
        api_keys.add(connection, key)
        api_keys.add(connection, ApiKey("cs_2", "e" * 64, "anna", "reader", "later", NOON + timedelta(hours=1)))
        assert api_keys.find(connection, "f" * 64) == key
        assert [one.prefix for one in api_keys.of_account(connection, "anna")] == ["cs_2", "cs_1"]
        assert api_keys.of_account(connection, "berta") == () and len(api_keys.of_account(connection)) == 2
        api_keys.touch(connection, "cs_1", NOON)
        api_keys.revoke(connection, "cs_1", NOON)
        api_keys.revoke(connection, "cs_1", NOON + timedelta(days=1))
        found = api_keys.find(connection, "f" * 64)
        assert found is not None and (found.used, found.revoked) == (NOON, NOON)
        for prefix, account in (("cs_9", None), ("cs_2", "berta")):
            with pytest.raises(NotFound, match=prefix):
                api_keys.revoke(connection, prefix, NOON, account=account)


def test_attempts_are_forgotten_after_a_day_and_successes_after_a_month(store: Store) -> None:
    with writing(store.engine) as connection:
        for at, succeeded in (
            (ago(days=31), True),
            (ago(days=29), True),
            (ago(hours=25), False),
            (ago(hours=1), False),
        ):
            logins.record(connection, Attempt(at, "h", "192.0.2.1", succeeded))
        number = logins.record(connection, Attempt(NOON, "h", "192.0.2.9"))
        found = logins.recent(connection, "h", "192.0.2.9", ago(days=60))
        assert [(one.at, one.succeeded) for one in found] == [
            (ago(days=29), True),
            (ago(hours=1), False),
            (NOON, False),
        ]
        assert not logins.is_known(connection, "h", "192.0.2.9")
        logins.succeed(connection, number)
        assert logins.is_known(connection, "h", "192.0.2.9") and not logins.is_known(connection, "x", "192.0.2.9")


def test_recent_attempts_are_those_of_the_account_or_of_the_address(store: Store) -> None:
    with writing(store.engine) as connection:
        for account, address in (("h", "1"), ("x", "9"), ("x", "1"), ("h", "9")):
            logins.record(connection, Attempt(NOON, account, address))
        found = logins.recent(connection, "h", "9", NOON)
    assert [(one.account_hash, one.address) for one in found] == [("h", "1"), ("x", "9"), ("h", "9")]
