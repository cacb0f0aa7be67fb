"""Follow-ups: what our standalone form finds, beside a person's and the bare utterance, and how alike the forms are."""

import re
from collections import Counter
from collections.abc import Mapping

import ir_measures
import Stemmer
from ir_measures import R

from evals.gold.base import GoldQuestion
from evals.measures.base import Figure, Share
from evals.outcome import Outcome

FORMS = ("ours", "by hand", "raw")
F1, ENTITIES = "rewrite token F1", "rewrite entity recall"
_WORD = re.compile(r"[^\W_]+")
_STEM = Stemmer.Stemmer("english")
# Words that carry no content: what a person adds beyond them is what the conversation had left unsaid.
_EMPTY = frozenset(
    """
    a about after all also am an and any are as at be been before but by can could did do does during for from had has
    have he her him his how i if in into is it its may me my no not of on one or other our s she should so some such t
    than that the their them then there these they this those to us was we were what when where which who whom whose
    why will with would you your
    """.split()
)


class FollowUps:
    """Recall@10 by form of the question, and agreement of our form with the one written by hand."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return the figures, in the order in which they are shown."""
        return (
            Figure("Recall@10 ours", _recall("our standalone form")),
            Figure("Recall@10 by hand", _recall("the form written by hand")),
            Figure("Recall@10 raw", _recall("the bare utterance")),
            Figure(F1, "F1 of the words, counted, of our form and of the one by hand, mean over follow-ups, 0 to 1"),
            Figure(
                ENTITIES,
                "of the content words (by their stems) that the form by hand has beyond the utterance, the share that "
                "ours has too, over all follow-ups, 0 to 1",
            ),
        )

    def shares(self, question: GoldQuestion, outcome: Outcome) -> Mapping[str, Share]:
        """Return what a follow-up adds to each figure; a question that opens its conversation adds nothing."""
        if not question.history or not question.standalone:
            return {}
        found = {F1: Share(token_f1(outcome.standalone, question.standalone))}
        if question.relevant:
            found |= {
                f"Recall@10 {form}": Share(recall(outcome.runs.get(form, ()), question.relevant)) for form in FORMS
            }
        if wanted := content(question.standalone) - content(question.text):
            found[ENTITIES] = Share(len(wanted & content(outcome.standalone)), len(wanted))
        return found


def recall(run: tuple[str, ...], relevant: Mapping[str, int]) -> float:
    """Return Recall@10 of a ranking of document keys, as ir-measures has it."""
    qrels = [ir_measures.Qrel("q", key, grade) for key, grade in relevant.items()]
    ranked = [ir_measures.ScoredDoc("q", key, float(-place)) for place, key in enumerate(run)]
    return float(next(iter(ir_measures.iter_calc([R @ 10], qrels, ranked))).value) if ranked else 0.0


def token_f1(ours: str, by_hand: str) -> float:
    """Return the F1, 0 to 1, of two texts' words in lower case, a word counting as often as it stands in both."""
    mine, theirs = Counter(_WORD.findall(ours.lower())), Counter(_WORD.findall(by_hand.lower()))
    shared = sum((mine & theirs).values())
    return 2 * shared / (mine.total() + theirs.total()) if shared else 0.0


def content(text: str) -> frozenset[str]:
    """Return the stems of a text's words, without those that carry no content."""
    return frozenset(_STEM.stemWord(word) for word in _WORD.findall(text.lower()) if word not in _EMPTY)


def _recall(form: str) -> str:
    return f"Recall@10 of the documents that answer, searched by {form} (ir-measures), mean over follow-ups, 0 to 1"


MEASURE = FollowUps()
