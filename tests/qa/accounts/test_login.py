import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from corpus.errors import NotSignedIn, TooSoon
from corpus.store import Store
from qa.accounts.doors import Doors
from qa.accounts.names import network
from qa.accounts.passwords import Passwords
from qa.accounts.roles import Permission, Role
from qa.accounts.sessions import IDLE, LIFETIME, TOUCH_EVERY
from tests.qa.accounts.conftest import HandClock

HERE, THERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def password(doors: Doors) -> str:
    return doors.accounts.add("anna", Role.REVIEWER).password


def refusal(doors: Doors, name: str, password: str, address: str = HERE) -> str:
    with pytest.raises(NotSignedIn) as found:
        doors.login(name, password, address)
    return str(found.value)


def test_the_right_password_opens_a_session_of_that_account(doors: Doors, password: str) -> None:
    opened = doors.login(" Anna ", password, HERE)
    assert opened.identity.name == "anna" and opened.identity.must_change
    assert doors.sessions.identity(opened.token) == opened.identity


def test_a_wrong_name_a_wrong_password_and_a_disabled_account_are_told_the_same(doors: Doors, password: str) -> None:
    other = doors.accounts.add("berta", Role.REVIEWER).password
    doors.accounts.disable("berta")
    said = {refusal(doors, "anna", "wrong"), refusal(doors, "nobody", password), refusal(doors, "berta", other)}
    said.add(refusal(doors, "x\0\ud800' or 1=1", password))
    assert said == {"the name or the password is wrong"}


def test_a_name_that_there_is_not_takes_one_hash_as_one_that_there_is(store: Store) -> None:
    class Counting(PasswordHasher):
        verified = 0

        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
            Counting.verified += 1
            return super().verify(hash, password)

    doors = Doors.of(store, passwords=Passwords(Counting(time_cost=1, memory_cost=64, parallelism=1)))
    doors.accounts.add("anna", Role.READER)
    for name in ("anna", "nobody", "not a name at all"):
        before = Counting.verified
        refusal(doors, name, "wrong password", f"192.0.2.{len(name)}")
        assert Counting.verified == before + 1


def test_no_token_no_password_and_no_name_typed_is_stored(doors: Doors, store: Store, password: str) -> None:
    token = doors.login("anna", password, HERE).token
    refusal(doors, "my-secret-typed-as-name", "my-secret")
    with store.engine.connect() as connection:
        for table in ("accounts", "sessions", "login_attempts"):
            stored = str(connection.execute(sa.text(f"SELECT * FROM {table}")).all())
            assert token not in stored and password not in stored and "my-secret" not in stored


def test_a_login_ends_the_session_that_the_browser_had(doors: Doors, password: str) -> None:
    first = doors.login("anna", password, HERE).token
    second = doors.login("anna", password, HERE, token=first).token
    assert first != second
    assert doors.sessions.identity(first) is None and doors.sessions.identity(second) is not None


def test_logging_out_ends_one_session_and_everywhere_all_of_them(doors: Doors, password: str) -> None:
    one, two, three = (doors.login("anna", password, HERE).token for _ in range(3))
    doors.sessions.end(one)
    assert [doors.sessions.identity(token) is None for token in (one, two, three)] == [True, False, False]
    assert doors.sessions.end_all("anna") == 2
    assert doors.sessions.identity(two) is doors.sessions.identity(three) is None


def test_a_session_ends_when_it_is_not_used_and_after_its_lifetime_however_much_it_is(
    doors: Doors, clock: HandClock, password: str
) -> None:
    idle, used = (doors.login("anna", password, HERE).token for _ in range(2))
    steps = int(LIFETIME / IDLE * 2)
    for _ in range(steps - 1):
        clock.pass_s(IDLE.total_seconds() / 2)
        assert doors.sessions.identity(used) is not None
    assert doors.sessions.identity(idle) is None
    clock.pass_s(IDLE.total_seconds() / 2)
    assert doors.sessions.identity(used) is None


def test_not_every_request_writes(doors: Doors, clock: HandClock, store: Store, password: str) -> None:
    token = doors.login("anna", password, HERE).token
    writes: list[str] = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda *args: writes.append(args[2]))
    clock.pass_s(TOUCH_EVERY.total_seconds())
    doors.sessions.identity(token)
    assert not [one for one in writes if not one.startswith(("SELECT", "BEGIN"))]
    clock.pass_s(1)
    doors.sessions.identity(token)
    assert [one for one in writes if one.startswith("UPDATE sessions")]


def test_a_changed_role_and_a_disabled_account_hold_from_the_next_request_on(doors: Doors, password: str) -> None:
    doors.accounts.change_password("anna", password, "a much better one")
    token = doors.login("anna", "a much better one", HERE).token
    doors.accounts.set_role("anna", Role.READER)
    found = doors.sessions.identity(token)
    assert found is not None and not found.may(Permission.REVIEW)
    doors.accounts.disable("anna")
    assert doors.sessions.identity(token) is None
    doors.accounts.enable("anna")
    assert doors.sessions.identity(token) is None, "it ended when the account was disabled"


def test_a_hash_with_old_parameters_is_renewed_at_the_next_login(store: Store, doors: Doors) -> None:
    old = Doors.of(store, passwords=Passwords(PasswordHasher(time_cost=2, memory_cost=64, parallelism=1)))
    password = old.accounts.add("anna", Role.READER).password
    assert "t=2" in doors.accounts.get("anna").password_hash
    doors.login("anna", password, HERE)
    assert "t=1" in doors.accounts.get("anna").password_hash
    doors.login("anna", password, HERE)


def test_after_some_failures_even_the_right_password_waits_and_then_goes_in(
    doors: Doors, clock: HandClock, password: str
) -> None:
    for _ in range(3):
        refusal(doors, "anna", "wrong")
    with pytest.raises(TooSoon) as found:
        doors.login("anna", password, HERE)
    assert found.value.wait_s == 1
    clock.pass_s(1)
    assert doors.login("anna", password, HERE)


def test_an_account_that_there_is_not_waits_as_one_that_there_is(doors: Doors) -> None:
    for _ in range(3):
        refusal(doors, "nobody", "wrong")
    with pytest.raises(TooSoon):
        doors.login("nobody", "wrong", HERE)


def test_whoever_fails_elsewhere_does_not_keep_the_owner_out(doors: Doors, clock: HandClock, password: str) -> None:
    doors.login("anna", password, HERE)
    for n in range(200):
        try:
            doors.login("anna", "wrong", f"203.0.113.{n}")
        except (NotSignedIn, TooSoon):
            clock.pass_s(0.5)
    assert doors.login("anna", password, HERE)


def test_attempts_at_once_are_no_more_than_attempts_in_turn(doors: Doors, password: str) -> None:
    outcomes: list[type[Exception]] = []

    def attempt() -> None:
        try:
            doors.login("anna", "wrong", HERE)
        except (NotSignedIn, TooSoon) as error:
            outcomes.append(type(error))

    _at_once(attempt, 12)
    assert (outcomes.count(NotSignedIn), outcomes.count(TooSoon)) == (3, 9)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("no address", "no address"),
    ],
)
def test_an_ipv6_customer_is_one_address(address: str, counted: str) -> None:
    assert network(address) == counted


def _at_once(action: Callable[[], None], times: int) -> None:
    threads = [threading.Thread(target=action) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
