import threading
from pathlib import Path

import pytest

from corpus.errors import BadInput, NotAllowed, NotFound
from corpus.store import Store
from qa.accounts.accounts import Given
from qa.accounts.doors import Doors
from qa.accounts.roles import PERMISSIONS, Identity, Permission, Role, roles_with
from tests.qa.accounts.conftest import HandClock, quick

GOOD, BETTER = "a quite good password", "a much better password"


def test_the_first_admin_is_made_once_with_a_password_to_be_changed(doors: Doors) -> None:
    given = doors.accounts.first()
    assert given is not None and (given.account.name, given.account.role) == ("admin", Role.ADMIN)
    assert doors.login("admin", given.password, "192.0.2.1").identity.permissions == frozenset()
    assert doors.accounts.first() is None


def test_services_that_start_at_once_make_one_admin(tmp_path: Path) -> None:
    made: list[Given | None] = []
    Store.open(tmp_path).close()

    def start() -> None:
        with Store.open(tmp_path) as store:
            made.append(Doors.of(store, passwords=quick()).accounts.first())

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(made) == 6 and len([given for given in made if given]) == 1


def test_a_store_with_any_account_gets_no_admin(doors: Doors) -> None:
    doors.accounts.add("anna", Role.READER)
    assert doors.accounts.first() is None


@pytest.mark.parametrize("name", ["", "-anna", "an na", "a" * 65, "anna\n.", "ännä"])
def test_a_name_that_cannot_be_one_is_refused(doors: Doors, name: str) -> None:
    with pytest.raises(BadInput, match="expected a name"):
        doors.accounts.add(name, Role.READER)


def test_a_name_is_taken_once_however_it_is_written(doors: Doors) -> None:
    doors.accounts.add("Anna@Clinic.example", Role.READER)
    with pytest.raises(BadInput, match="already"):
        doors.accounts.add("anna@clinic.EXAMPLE", Role.READER)


def test_a_changed_password_ends_every_other_session(doors: Doors) -> None:
    password = doors.accounts.add("anna", Role.REVIEWER).password
    here, there = (doors.login("anna", password, "192.0.2.1") for _ in range(2))
    doors.accounts.change_password("anna", password, GOOD, keep_session=here.identity.session)
    found = doors.sessions.identity(here.token)
    assert found is not None and found.permissions == PERMISSIONS[Role.REVIEWER]
    assert doors.sessions.identity(there.token) is None


def test_a_password_is_changed_only_by_who_knows_it_and_to_a_good_new_one(doors: Doors) -> None:
    password = doors.accounts.add("anna", Role.REVIEWER).password
    for old, new, why in ((GOOD, BETTER, "another one"), (password, "short", "12 to 256"), (password, password, "now")):
        with pytest.raises(BadInput, match=why):
            doors.accounts.change_password("anna", old, new)
    assert doors.accounts.get("anna").must_change


def test_a_reset_password_ends_the_sessions_and_must_be_changed(doors: Doors) -> None:
    password = doors.accounts.add("anna", Role.REVIEWER).password
    token = doors.login("anna", password, "192.0.2.1").token
    given = doors.accounts.reset_password("anna")
    assert given.account.role == Role.REVIEWER and given.account.must_change
    assert doors.sessions.identity(token) is None
    assert doors.login("anna", given.password, "192.0.2.1")


def test_the_last_admin_stays_admin(doors: Doors) -> None:
    doors.accounts.first()
    with pytest.raises(BadInput, match="only admin"):
        doors.accounts.disable("admin")
    with pytest.raises(BadInput, match="only admin"):
        doors.accounts.set_role("admin", Role.READER)
    doors.accounts.add("anna", Role.ADMIN)
    doors.accounts.disable("admin")
    with pytest.raises(BadInput, match="only admin"):
        doors.accounts.disable("anna")


def test_an_account_that_there_is_not_is_not_found(doors: Doors) -> None:
    for change in (doors.accounts.disable, doors.accounts.enable, doors.accounts.reset_password, doors.accounts.get):
        with pytest.raises(NotFound, match="nobody"):
            change("Nobody")


def test_what_each_role_may_do() -> None:
    assert roles_with(Permission.APPROVE) == (Role.REVIEWER, Role.ADMIN)
    assert roles_with(Permission.REFRESH) == (Role.EDITOR, Role.ADMIN)
    assert roles_with(Permission.REVIEW) == roles_with(Permission.EDIT) == (Role.REVIEWER, Role.EDITOR, Role.ADMIN)
    assert roles_with(Permission.ACCOUNTS) == (Role.ADMIN,)
    assert roles_with(Permission.READ) == roles_with(Permission.ASK) == tuple(Role)


def ready(doors: Doors, name: str, role: Role) -> None:
    given = doors.accounts.add(name, role)
    doors.accounts.change_password(name, given.password, GOOD)


def test_a_key_is_shown_once_kept_as_a_hash_and_lets_its_owner_in(doors: Doors, clock: HandClock) -> None:
    ready(doors, "anna", Role.REVIEWER)
    made = doors.keys.add("anna", Role.REVIEWER, "nightly export")
    assert made.secret.startswith(made.key.prefix + "_") and len(made.secret) > 50
    [kept] = doors.keys.of_account("anna")
    assert made.secret not in repr(kept) and kept.used is None
    assert doors.keys.identity(made.secret) == Identity("anna", Role.REVIEWER, PERMISSIONS[Role.REVIEWER])
    assert doors.keys.of_account("anna")[0].used == clock()
    assert doors.keys.identity(made.secret[:-1]) is None


def test_a_key_does_no_more_than_its_own_role_and_its_owners_role_of_today(doors: Doors) -> None:
    ready(doors, "anna", Role.REVIEWER)
    with pytest.raises(NotAllowed, match="cannot be editor"):
        doors.keys.add("anna", Role.EDITOR, "too much")
    small, large = (doors.keys.add("anna", role, role.value).secret for role in (Role.READER, Role.REVIEWER))
    found = doors.keys.identity(small)
    assert found is not None and not found.may(Permission.APPROVE) and found.may(Permission.ASK)
    doors.accounts.set_role("anna", Role.EDITOR)
    found = doors.keys.identity(large)
    assert found is not None
    assert found.permissions == PERMISSIONS[Role.REVIEWER] & PERMISSIONS[Role.EDITOR]


def test_a_key_that_was_revoked_or_whose_owner_may_not_sign_in_lets_nobody_in(doors: Doors) -> None:
    ready(doors, "anna", Role.REVIEWER)
    one, two = (doors.keys.add("anna", Role.READER, f"key {n}") for n in range(2))
    with pytest.raises(NotFound):
        doors.keys.revoke(one.key.prefix, of="berta")
    doors.keys.revoke(one.key.prefix, of="anna")
    assert doors.keys.identity(one.secret) is None and doors.keys.identity(two.secret) is not None
    doors.accounts.reset_password("anna")
    assert doors.keys.identity(two.secret) is None
    doors.accounts.change_password("anna", doors.accounts.reset_password("anna").password, GOOD)
    assert doors.keys.identity(two.secret) is not None
    doors.accounts.disable("anna")
    assert doors.keys.identity(two.secret) is None


@pytest.mark.parametrize("label", ["", "  ", "x" * 81, "a\0b"])
def test_a_key_says_what_it_is_for(doors: Doors, label: str) -> None:
    ready(doors, "anna", Role.READER)
    with pytest.raises(BadInput, match="what the key is for"):
        doors.keys.add("anna", Role.READER, label)
