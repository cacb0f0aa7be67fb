"""A conversation: a question asked after an answer, or asked again with something taken back or put right."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.transactions import writing
from corpus.turns import Earlier, Turn, earlier, keep_turn, turn_of
from qa.answer import Answer
from qa.audience import Audience
from qa.constraints import constraints_of
from qa.web.site import Site
from qa.wire import MAX_TURNS


@dataclass(frozen=True, slots=True)
class Talk:
    """What a page shows of the conversation that its answer is part of."""

    turn: Turn
    earlier: tuple[Earlier, ...]


class Conversation:
    """Asks in conversations and keeps after what each answer was asked: the answer's link is enough to go on."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def talk(self, answer_id: str) -> Talk:
        """Return what was asked before an answer."""
        with self._site.store.engine.connect() as connection:
            return Talk(turn_of(connection, answer_id), earlier(connection, answer_id))

    def first(self, question: str, reader: Audience) -> Answer:
        """Return the answer to a question that follows nothing, kept."""
        return self._kept(question, Turn(""), reader)

    def follow_up(self, question: str, after: str, reader: Audience) -> Answer:
        """Return the answer to a question asked after an answer, kept. Raises NotFound, BadQuestion.

        What was taken back before stays so, unless the question says it anew.
        """
        before = self._site.keeper.kept(after)
        turn = self._turn(after)
        history = (*turn.history, before.question)[-MAX_TURNS:]
        anew = {one.text for one in constraints_of(question, has_subject=True)}
        without = tuple(text for text in turn.without if text not in anew)
        return self._kept(question, Turn("", after, history, without), reader)

    def again(
        self,
        answer_id: str,
        reader: Audience,
        *,
        edited: str = "",
        without: Sequence[str] = (),
        restored: Sequence[str] = (),
    ) -> Answer:
        """Return the same question answered again in the same place of its conversation, kept. Raises NotFound.

        `without` is taken back besides what was before, `restored` counts again. An `edited` question is read as it
        stands: it takes nothing from the questions before it.
        """
        before = self._site.keeper.kept(answer_id)
        turn = self._turn(answer_id)
        if edited.strip() and edited.strip() != before.standalone:
            return self._kept(edited, Turn("", turn.previous), reader)
        gone = tuple(text for text in dict.fromkeys((*turn.without, *without)) if text not in restored)[-MAX_TURNS:]
        return self._kept(before.question, Turn("", turn.previous, turn.history, gone), reader)

    def _turn(self, answer_id: str) -> Turn:
        with self._site.store.engine.connect() as connection:
            return turn_of(connection, answer_id)

    def _kept(self, question: str, turn: Turn, reader: Audience) -> Answer:
        answer = self._site.answerer.ask(question, turn.history, audience=reader, without=turn.without)
        self._site.keeper.keep(answer)
        with writing(self._site.store.engine) as connection:
            keep_turn(connection, Turn(answer.id, turn.previous, turn.history, turn.without))
        return answer
