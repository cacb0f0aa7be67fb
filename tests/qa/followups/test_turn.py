"""What a turn was about."""

from qa.followups.turn import focus
from qa.understand import history_of
from tests.qa.followups.talking import LEXICON


def test_a_drug_taken_beside_is_not_what_the_talk_is_about() -> None:
    (turn,) = history_of(["Is romosozumab safe with warfarin?"], LEXICON)
    assert [drug.names for drug in focus(turn)] == [("romosozumab",)]
    (turn,) = history_of(["Is romosozumab better than denosumab?"], LEXICON)
    assert [drug.names for drug in focus(turn)] == [("romosozumab",), ("denosumab",)]
