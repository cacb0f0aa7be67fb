"""Cost: percentiles worked out by hand, memory and versions that are really there."""

import pytest

from evals.cost import latency, machine, most_resident_mib, versions


def test_percentiles_are_those_of_the_times_in_whatever_order_they_came() -> None:
    """0 to 100 ms in steps of 1, the 0 being of no question: p50 of 1 to 100 is 50.5, p95 95.05, p99 99.01."""
    times = [float(n) for n in range(101)]
    found = latency(times[::-1])
    assert found is not None
    assert [found.p50.value, found.p95.value, found.p99.value] == pytest.approx([50.5, 95.05, 99.01])
    assert found == latency(times)
    assert found.p50.low is not None
    assert found.p50.high is not None
    assert 35 < found.p50.low < 50.5 < found.p50.high < 66


def test_questions_a_second_count_the_wall_time_or_else_the_times_of_all() -> None:
    one_after_another, at_once = latency([500.0, 500.0]), latency([500.0, 500.0], seconds=0.5)
    assert one_after_another is not None
    assert at_once is not None
    assert (one_after_another.per_second, at_once.per_second) == (2.0, 4.0)


def test_nothing_timed_is_no_latency() -> None:
    assert latency([]) is None
    assert latency([0.0]) is None


def test_memory_is_in_mib_and_at_least_what_is_held() -> None:
    held = bytearray(b"x") * (100 * 1024**2)
    assert len(held) / 1024**2 < most_resident_mib() < 1_000_000


def test_versions_are_those_installed_and_what_is_not_installed_is_left_out() -> None:
    assert set(versions(["numpy", "no-such-package"])) == {"numpy"}
    assert "Python 3." in machine()
