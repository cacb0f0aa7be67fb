"""The open-medicine package as a source: by id, by topic, or all of it; an id that is none is told."""

import pytest

from corpus.errors import SourceFailed
from ingest.connectors.base import Fetched, Item, Known
from ingest.connectors.open_medicine import Follow, OpenMedicine


def ids(**asked: tuple[str, ...]) -> list[str]:
    return [item.id for item in OpenMedicine(Follow(**asked)).listed(Known({}))]


def test_without_a_filter_every_guideline_is_followed() -> None:
    assert len(ids()) == 43


def test_a_topic_is_matched_in_upper_and_lower_case_and_joined_with_ids() -> None:
    assert ids(topics=("OSTEOPOROSIS",)) == ["endocrine_osteoporosis_2020"]
    assert ids(topics=("osteoporosis",), ids=("gold_copd_2024",)) == ["gold_copd_2024", "endocrine_osteoporosis_2020"]
    assert ids(topics=("osteo",)) == []


def test_an_id_that_the_package_does_not_have_is_a_failure_that_names_those_it_has() -> None:
    with pytest.raises(SourceFailed, match=r"no guideline gold_copd_1999: its ids are .*gold_copd_2024"):
        ids(ids=("gold_copd_1999",))


def test_what_the_package_no_longer_has_is_gone() -> None:
    package = OpenMedicine(Follow())
    assert list(package.gone(["gold_copd_2024", "gold_copd_1999"])) == ["gold_copd_1999"]
    assert list(package.fetch([Item("gold_copd_1999")])) == [Fetched("gold_copd_1999", "", None, gone=True)]
