from datetime import UTC, datetime, timedelta

from corpus.logins import Attempt
from qa.accounts.throttle import PAIR, wait_s

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def failed(account: str, address: str, times: int, *, s_ago: int = 0, succeeded: bool = False) -> list[Attempt]:
    return [Attempt(NOW - timedelta(seconds=s_ago), account, address, succeeded)] * times


def wait(attempts: list[Attempt], *, known: bool = False) -> int:
    return wait_s(attempts, "anna", "10.0.0.1", NOW, known=known)


def test_the_wait_doubles_with_each_failure_up_to_its_most() -> None:
    waits = [wait(failed("anna", "10.0.0.1", times)) for times in range(1, 14)]
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert wait(failed("anna", "10.0.0.1", 10_000)) == PAIR.most_s


def test_time_that_has_passed_counts() -> None:
    assert wait(failed("anna", "10.0.0.1", 7, s_ago=10)) == 6
    assert wait(failed("anna", "10.0.0.1", 7, s_ago=16)) == 0


def test_a_success_from_there_begins_anew() -> None:
    before = failed("anna", "10.0.0.1", 9) + failed("anna", "10.0.0.1", 1, succeeded=True)
    assert wait(before + failed("anna", "10.0.0.1", 2)) == 0


def test_one_address_that_tries_many_accounts_waits_and_its_own_success_does_not_free_it() -> None:
    many = [attempt for n in range(25) for attempt in failed(f"account{n}", "10.0.0.1", 1)]
    assert wait(many) == 32
    assert wait(many + failed("anna", "10.0.0.1", 1, succeeded=True)) == 32


def test_many_addresses_slow_an_account_down_a_little_and_not_where_its_owner_has_signed_in_before() -> None:
    crowd = [attempt for n in range(500) for attempt in failed("anna", f"10.1.0.{n}", 2)]
    assert wait(crowd) == 10
    assert wait(crowd, known=True) == 0


def test_what_others_do_elsewhere_is_no_matter() -> None:
    assert wait(failed("berta", "10.0.0.2", 500)) == 0
