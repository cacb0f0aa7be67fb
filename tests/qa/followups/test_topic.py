"""Follow-ups about a topic that is no drug."""

import pytest

from tests.qa.followups.talking import written_out


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        ("What is lung cancer?", "What are its symptoms?", "What are lung cancer's symptoms?"),
        (
            "What is the Bronze Age collapse?",
            "What is the evidence for it?",
            "What is the evidence for the Bronze Age collapse?",
        ),
        ("What is lung cancer?", "What are the main causes?", "What are the main causes of lung cancer?"),
    ],
)
def test_a_follow_up_about_a_topic_is_written_out(before: str, question: str, standalone: str) -> None:
    assert written_out(before, question) == standalone
