import pytest
from argon2 import PasswordHasher

from corpus.errors import BadInput
from qa.accounts.passwords import Passwords, one_time, require_good
from tests.qa.accounts.conftest import quick


def test_a_hash_is_argon2id_says_nothing_of_the_password_and_is_another_each_time() -> None:
    passwords = quick()
    one, other = passwords.hash("correct horse battery"), passwords.hash("correct horse battery")
    assert one.startswith("$argon2id$") and "horse" not in one and one != other
    assert passwords.verify(one, "correct horse battery")
    assert not passwords.verify(one, "correct horse batterx")


def test_without_parameters_of_ours_those_of_rfc_9106_hold() -> None:
    assert "$m=65536,t=3,p=4$" in Passwords().hash("correct horse battery")


def test_an_account_that_there_is_not_has_no_password_not_even_an_empty_one() -> None:
    assert not quick().verify(None, "")
    assert not quick().verify("no hash at all", "anything")


def test_a_hash_with_other_parameters_is_outdated() -> None:
    old = Passwords(PasswordHasher(time_cost=1, memory_cost=32, parallelism=1)).hash("correct horse battery")
    assert quick().is_outdated(old) and quick().verify(old, "correct horse battery")
    assert not quick().is_outdated(quick().hash("correct horse battery"))


def test_an_accent_typed_as_one_character_or_as_two_is_the_same_password() -> None:
    passwords = quick()
    assert passwords.verify(passwords.hash("caf\u00e9 au lait, please"), "cafe\u0301 au lait, please")


@pytest.mark.parametrize(
    "password", ["short", "a" * 40, "ababababababab", "x" * 257, "anna is my name", "12341234123412"]
)
def test_a_password_that_is_easily_guessed_is_refused(password: str) -> None:
    with pytest.raises(BadInput):
        require_good(password, "anna")


def test_a_one_time_password_is_good_and_another_each_time() -> None:
    made = {one_time() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        require_good(password, "anna")
        assert len(password) == 23 and not set(password) & set("01iloO")
