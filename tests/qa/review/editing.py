"""Edits for tests: the last sentence of an answer taken out."""

from qa.accounts.roles import Identity
from qa.answer import Answer
from qa.review.actions import Remove
from tests.qa.review.conftest import Act


def edited(act: Act, answer: Answer, who: Identity) -> str:
    """Return the id of the version that somebody made by taking the last sentence out."""
    return act(answer, "remove", who, claim=len(answer.claims()) - 1, text="Not asked for.").answer_id


def remove_last(answer: Answer) -> Remove:
    """Return what takes the last sentence out."""
    return Remove(action="remove", seen=0, claim=len(answer.claims()) - 1, text="Not asked for.")
