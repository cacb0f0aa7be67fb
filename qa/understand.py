"""What a question asks, in its conversation: drugs, aspects, constraints, intent, and its standalone form."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from qa.aspect import Aspect, Scored
from qa.aspects import aspects_of
from qa.constraint import Constraint, Trait, merged
from qa.constraints import constraints_of
from qa.conversation import Rewrite, goes_on, stand_alone
from qa.drugs import DrugLexicon, DrugMention, Kind
from qa.followups.turn import Turn, focus
from qa.intent import Intent, intent_of
from qa.respelling import Respelling, put_right
from qa.synonyms import Concept, Topic, expand
from qa.topics import topic_of
from qa.trials import studies_in
from qa.unsaid import still_said, unsaid

# "Can men have it?" asks for whom the drug is.
_WHO = frozenset({Trait.SEX, Trait.AGE, Trait.MENOPAUSE})
_CONTINUES = re.compile(r"^\W*(?:and|but|what about|how about)\b", re.IGNORECASE)
# Aspects that are asked of one condition after another.
_OF_CONDITIONS = frozenset(
    {
        Aspect.EFFICACY,
        Aspect.TRIALS,
        Aspect.COMPARISON,
        Aspect.WARNING,
        Aspect.ADVERSE_REACTION,
        Aspect.BOXED_WARNING,
        Aspect.CONTRAINDICATION,
        Aspect.MONITORING,
    }
)
_FOR_WHOM = (Scored(Aspect.INDICATION, 1.0), Scored(Aspect.POPULATION, 1.0))


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question as it was understood.

    `question` is as asked, `standalone` with what it takes from the conversation written out, brand
    names explained and misspelt drug names put right. All spans are of `standalone`. `drugs` are held
    by the corpus (a class: recognised), `unknown_drugs` are drugs that it does not hold. `stated` are
    the constraints of this question, `constraints` all that are in force in the conversation; `before`
    the conditions that the conversation spoke of last. `misspelt` are names of `question` read as others.
    """

    question: str
    standalone: str
    drugs: tuple[DrugMention, ...]
    unknown_drugs: tuple[DrugMention, ...]
    aspects: tuple[Scored, ...]
    concepts: tuple[Concept, ...]
    stated: tuple[Constraint, ...]
    constraints: tuple[Constraint, ...]
    intent: Intent
    follows: bool
    topic: str = ""
    before: tuple[Concept, ...] = ()
    misspelt: tuple[DrugMention, ...] = ()
    core: str = ""
    """The standalone form without what was said of the patient before: what has to be spoken of."""
    of_patient: tuple[Concept, ...] = ()
    """What was said of the patient before, as concepts of the standalone form."""
    respelt: tuple[Respelling, ...] = ()
    """Clinical words that were put right."""
    talk_of: tuple[DrugMention, ...] = ()
    """The drugs of the talk, where the question names a trial and none of them."""

    @property
    def carried(self) -> tuple[Constraint, ...]:
        """Return the constraints that were said before, and not in this question."""
        return tuple(one for one in self.constraints if one not in self.stated)

    @property
    def emergency(self) -> bool:
        """Return whether somebody is in danger now."""
        return self.intent is Intent.EMERGENCY

    @property
    def conditions(self) -> tuple[Concept, ...]:
        """Return the diseases, events and organs it speaks of."""
        return tuple(c for c in self.concepts if c.topic in (Topic.CONDITION, Topic.ORGAN))

    @property
    def aspect(self) -> Aspect | None:
        """Return the likeliest aspect, None where nothing tells."""
        return self.aspects[0].aspect if self.aspects else None

    @property
    def corrections(self) -> tuple[str, ...]:
        """Return what was read as something else, to be shown: "fluvaastatin → fluvastatin"."""
        drugs = [f"{d.surface} → {d.correction}" for d in self.misspelt]
        return tuple(dict.fromkeys((*drugs, *(f"{one.written} → {one.read}" for one in self.respelt))))

    def as_turn(self) -> Turn:
        """Return what the next question may lean on."""
        return Turn(
            self.question,
            self.standalone,
            tuple(sorted((*self.drugs, *self.unknown_drugs), key=lambda drug: drug.start)) or self.talk_of,
            self.conditions or self.before,
            self.aspects,
            self.constraints,
            self.topic,
            studies_in(self.core, [one.surface for one in self.concepts] + [one.surface for one in self.drugs]),
        )


def understand(
    question: str, history: Sequence[Turn], lexicon: DrugLexicon, without: Collection[str] = ()
) -> Understanding:
    """Return what a cleaned question asks. Uses rules alone: no model, no network, nothing random.

    `without` are constraints, by their text, that the reader has taken back: they are neither heard in this question
    nor kept from those before.
    """
    own = lexicon.find(question)
    right, respelt = put_right(question, own)
    if respelt:
        return replace(understand(right, history, lexicon, without), question=question, respelt=respelt)
    if without and (told := unsaid(question, without, own)) != question:
        return replace(understand(told, history, lexicon, without), question=question)
    if without:
        history = [replace(turn, constraints=still_said(turn.constraints, without)) for turn in history]
    concepts = expand(question, medical=bool(own))
    first = aspects_of(question, own)
    rewrite = stand_alone(question, own, concepts, first, history)
    last = history[-1] if history and rewrite.follows else None
    talk = history[-1] if history else None
    mentions = own if rewrite.text == question else lexicon.find(rewrite.text)
    in_core = mentions if rewrite.core == rewrite.text else lexicon.find(rewrite.core)
    text = _explained(rewrite.text, mentions)
    core = _explained(rewrite.core, in_core)
    if text != rewrite.text:
        mentions = lexicon.find(text)
    # What was said of the patient before steers the search; the question is not about it.
    within = len(core.rstrip(" ?.!"))
    named = concepts if text == question else expand(text, medical=bool(mentions))
    asked = tuple(concept for concept in named if concept.end <= within)
    stated = still_said(constraints_of(question, own, has_subject=bool(last and focus(last))), without)
    aspects = first if rewrite.core == question else aspects_of(rewrite.core, in_core)
    if last and rewrite.repeats:
        aspects = last.aspects
    elif last and _silent(aspects):
        aspects = _inherited(question, concepts, stated, last) if not studies_in(core) else first
    drugs = tuple({mention.bases: mention for mention in reversed(mentions)}.values())[::-1]
    return Understanding(
        question=question,
        standalone=text,
        drugs=tuple(m for m in drugs if m.held or m.kind is Kind.CLASS),
        unknown_drugs=tuple(m for m in drugs if not m.held and m.kind is not Kind.CLASS),
        aspects=aspects,
        concepts=asked,
        stated=stated,
        constraints=merged(last.constraints, stated) if last else stated,
        intent=intent_of(question, own, first, bool(asked or mentions)),
        follows=rewrite.follows,
        topic=_topic(rewrite, mentions, asked, talk),
        before=last.conditions if last else (),
        misspelt=tuple(m for m in own if m.correction),
        core=core,
        of_patient=tuple(concept for concept in named if concept.end > within),
        talk_of=() if mentions or not last else tuple(replace(one, start=0, end=0) for one in focus(last)),
    )


def stays(question: str, lexicon: DrugLexicon) -> bool:
    """Return whether a cleaned question, asked first, is its own standalone form: most are."""
    own = lexicon.find(question)
    return not put_right(question, own)[1] and _explained(question, own) == question


def history_of(questions: Iterable[str], lexicon: DrugLexicon, without: Collection[str] = ()) -> tuple[Turn, ...]:
    """Return the turns that a conversation's questions leave behind, in order; `without` as in `understand`."""
    turns: list[Turn] = []
    for question in questions:
        turns.append(understand(question, turns, lexicon, without).as_turn())
    return tuple(turns)


def _topic(rewrite: Rewrite, mentions: Sequence[DrugMention], asked: Sequence[Concept], last: Turn | None) -> str:
    """Return what the talk is about where it is about no drug: a question that leans on a topic keeps it."""
    if mentions:
        return ""
    kept = last.topic if last else ""
    if rewrite.follows and kept and kept in rewrite.core:
        return kept
    return topic_of(rewrite.text, asked) or kept


def _inherited(
    question: str, concepts: Sequence[Concept], stated: Sequence[Constraint], last: Turn
) -> tuple[Scored, ...]:
    """Return what a follow-up that asks for no aspect asks for: for whom the drug is, the last aspect, or nothing.

    "And in women?" goes on with the last aspect; "what about atypical fractures?" does not go on with the dose.
    """
    if any(one.trait in _WHO for one in stated) and not _CONTINUES.match(question):
        return _FOR_WHOM
    turns = any(concept.topic is Topic.CONDITION for concept in concepts)
    lasts = last.aspects[0].aspect if last.aspects else None
    return last.aspects if goes_on(question) and (not turns or lasts in _OF_CONDITIONS) else ()


def _silent(aspects: Sequence[Scored]) -> bool:
    """Return whether nothing was asked but the drug named: "How about Prolia instead?"."""
    return not aspects or (aspects[0].aspect is Aspect.OVERVIEW and aspects[0].score < 1)


def _explained(text: str, mentions: Sequence[DrugMention]) -> str:
    """Return the text with misspelt names put right and a brand of one ingredient behind its generic name."""
    lower = text.lower()
    seen: set[tuple[str, ...]] = set()
    parts: list[str] = []
    end = 0
    for mention in mentions:
        said = mention.label
        if (
            mention.kind is Kind.BRAND
            and len(mention.names) == 1
            and mention.names[0].lower() not in lower
            and mention.bases not in seen
        ):
            said = f"{mention.names[0]} ({said})"
        seen.add(mention.bases)
        parts += [text[end : mention.start], said]
        end = mention.end
    return "".join([*parts, text[end:]])
