"""What a label says of a trial that is asked about without its drug."""

from qa.library import Library
from qa.trial_part import trial_points
from tests.qa.conftest import AskOf


def test_the_label_of_the_trials_drug_gives_the_sentences_that_name_the_trial(asked: AskOf, library: Library) -> None:
    ((heading, points),) = trial_points(asked("What did QUILLON show?"), library.searcher)
    assert heading == "14 Clinical Studies"
    assert [point.text.startswith("In the QUILLON trial") for point in points] == [True]


def test_where_a_drug_is_named_or_no_trial_the_label_part_has_its_own_way(asked: AskOf, library: Library) -> None:
    assert trial_points(asked("What did QUILLON show for zelomab?"), library.searcher) == []
    assert trial_points(asked("What did SCOOP show?"), library.searcher) == []
