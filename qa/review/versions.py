"""New versions of an answer: edited or asked anew, checked as every answer is, kept in the old one's place."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.engine import Connection

from corpus import answers, reads, reviews
from corpus.errors import BadInput, Inconsistent
from corpus.reviews import Version
from corpus.stale import flag_answer
from corpus.store import Store
from qa.answer import Answer
from qa.keep import kept_of
from qa.library import Library
from qa.review.actions import Edit, Remove, Renew, Replace
from qa.review.chosen import chosen_point
from qa.review.edit import finished, removed, replaced, sentences
from qa.review.stored import problems

HOW = {Replace: "replaced", Remove: "removed", Renew: "renewed"}


class Asks(Protocol):
    """What answers questions, from a library."""

    def library(self) -> Library:
        """Return what is answered from now."""
        ...

    def ask(self, question: str, history: Sequence[str] = (), *, audience: str = "clinician") -> Answer:
        """Return the answer to a question."""
        ...


class Maker:
    """Makes and keeps new versions."""

    def __init__(self, answerer: Asks) -> None:
        self._answerer = answerer

    def made(self, answer: Answer, edit: Edit, store: Store, at: datetime) -> Answer:
        """Return the new version. Raises BadInput, NotFound, and Inconsistent where it does not pass the check."""
        if isinstance(edit, Renew):
            return self._renewed(answer)
        snapshot = self._answerer.library().snapshot
        if isinstance(edit, Replace):
            changed = replaced(answer, edit.claim, chosen_point(snapshot, edit.passage, edit.sentences))
        else:
            changed = removed(answer, edit.claim)
        made = finished(changed, created=at.isoformat(timespec="milliseconds"), snapshot=snapshot.manifest.id)
        if made.hash == answer.hash:
            raise BadInput("nothing would change: the sentence is this one already")
        wrong = problems(made, store)
        if wrong:
            raise Inconsistent(f"the new version does not pass the check, and is not kept: {'; '.join(wrong[:3])}")
        return made

    def _renewed(self, answer: Answer) -> Answer:
        """Return the answer to the question as it was asked, or as it was understood where that took a conversation."""
        made = self._answerer.ask(answer.question, audience=answer.audience)
        if made.standalone != answer.standalone:
            made = self._answerer.ask(answer.standalone, audience=answer.audience)
        if made.hash == answer.hash:
            raise BadInput("asking again gives the very same answer: nothing that it rests on has changed")
        return made

    def keep(self, connection: Connection, answer: Answer, made: Answer, edit: Edit, who: str, at: datetime) -> Version:
        """Keep a new version in the place of an answer, flagged where it cites what was overtaken."""
        before = reviews.version(connection, answer.id)
        composed = made.id if isinstance(edit, Renew) else before.composed if before else answer.id
        number = before.number + 1 if before else 2
        version = Version(made.id, answer.id, composed, number, at, who, HOW[type(edit)])
        answers.keep(connection, kept_of(made))
        flag_answer(connection, made.id)
        reviews.link(connection, version)
        reads.add(connection, {made.id: reads.of(connection, answer.id)})  # it is as wanted as the one before it
        return version

    def told(self, answer: Answer, made: Answer, edit: Edit) -> dict[str, Any]:
        """Return what the log says of an edit: what it was, why, and the sentences out and in."""
        said: dict[str, Any] = {"how": HOW[type(edit)]}
        if edit.text:
            said["text"] = edit.text
        if not isinstance(edit, Renew):
            said |= {"claim": edit.claim, "was": sentences(answer)[edit.claim].text}
        if isinstance(edit, Replace):
            olds = {claim.text for claim in answer.claims()}
            said["now"] = next((one.text for one in made.claims() if one.text not in olds), "")
        return said
