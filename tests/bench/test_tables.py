"""The page of measurements: each command replaces its own part and nothing else."""

from pathlib import Path

import pytest

from bench.tables import conditions, record, table


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [(1, "x")]) == "| a | b |\n| --- | --- |\n| 1 | x |"


def test_a_part_is_added_once_and_replaced_afterwards(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Measurements\n\nBy hand.\n", encoding="utf-8")
    record("one", "first \\1", page)
    record("two", "other", page)
    record("one", "second \\g<0>", page)
    assert page.read_text(encoding="utf-8") == (
        "# Measurements\n\nBy hand.\n\n<!-- begin one -->\nsecond \\g<0>\n<!-- end one -->\n\n"
        "<!-- begin two -->\nother\n<!-- end two -->\n"
    )


def test_a_torn_part_is_not_written_over(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- begin one -->\nhalf\n", encoding="utf-8")
    with pytest.raises(ValueError, match="once each"):
        record("one", "new", page)
    assert page.read_text(encoding="utf-8") == "<!-- begin one -->\nhalf\n"


def test_conditions_name_versions_and_what_is_missing() -> None:
    assert "numpy " in conditions("numpy")
    assert "no-such-package not installed" in conditions("no-such-package")
