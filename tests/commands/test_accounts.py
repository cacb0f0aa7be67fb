"""`curbside accounts` makes accounts and keys that open the service, and prints each secret once."""

import json
from pathlib import Path

import pytest
from typer.testing import Result

from corpus.errors import BadInput, NotAllowed, NotFound, NotReady
from corpus.store import Store
from qa.accounts.doors import Doors
from qa.accounts.roles import Permission
from tests.commands.conftest import Run

GOOD = "a quite good password"


def password_of(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output.splitlines()[0].split()[-1]


def test_an_account_from_its_first_password_to_its_end(own_home: Path, run: Run) -> None:
    password = password_of(run("accounts", "add", "Anna", "--role", "reviewer", home=own_home))
    with Store.open(own_home) as store:
        doors = Doors.of(store)
        assert doors.login("anna", password, "192.0.2.1").identity.must_change
    assert run("accounts", "list", home=own_home).output.split()[:2] == ["anna", "reviewer"]
    assert "editor" in run("accounts", "role", "anna", "editor", home=own_home).output
    again = password_of(run("accounts", "reset-password", "anna", home=own_home))
    assert again != password
    assert run("accounts", "disable", "anna", home=own_home).output.rstrip().endswith("disabled")
    assert not run("accounts", "enable", "anna", home=own_home).output.rstrip().endswith("disabled")
    [listed] = [json.loads(line) for line in run("accounts", "list", "--json", home=own_home).output.splitlines()]
    assert set(listed) == {"name", "must_change", "role", "created", "disabled"}


def test_a_key_from_its_making_to_its_end(own_home: Path, run: Run) -> None:
    password = password_of(run("accounts", "add", "anna", "--role", "reviewer", home=own_home))
    with Store.open(own_home) as store:
        Doors.of(store).accounts.change_password("anna", password, GOOD)
    made = run("accounts", "key", "add", "anna", "--label", "nightly export", "--role", "reviewer", home=own_home)
    secret, said = made.output.splitlines()[:2]
    prefix = "_".join(secret.split("_")[:2])
    assert prefix in said and secret not in said
    with Store.open(own_home) as store:
        found = Doors.of(store).keys.identity(secret)
    assert found is not None and found.may(Permission.APPROVE)
    listed = run("accounts", "key", "list", "anna", home=own_home).output
    assert prefix in listed and "nightly export" in listed and secret not in listed
    run("accounts", "key", "revoke", prefix, home=own_home)
    with Store.open(own_home) as store:
        assert Doors.of(store).keys.identity(secret) is None
    [line] = run("accounts", "key", "list", "--json", home=own_home).output.splitlines()
    assert "key_hash" not in json.loads(line) and json.loads(line)["revoked"]


def test_what_cannot_be_is_refused_with_a_sentence(own_home: Path, run: Run, tmp_path: Path) -> None:
    run("accounts", "add", "anna", home=own_home)
    with pytest.raises(BadInput, match="already"):
        run("accounts", "add", "ANNA", home=own_home)
    with pytest.raises(NotFound, match="berta"):
        run("accounts", "disable", "berta", home=own_home)
    with pytest.raises(NotFound, match="cs_nosuch"):
        run("accounts", "key", "revoke", "cs_nosuch", home=own_home)
    with pytest.raises(NotAllowed, match="anna is reader"):
        run("accounts", "key", "add", "anna", "--label", "more", "--role", "admin", home=own_home)
    with pytest.raises(NotReady, match="curbside setup"):
        run("accounts", "list", home=tmp_path / "nothing")
