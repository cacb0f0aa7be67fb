"""What a question asks, in its conversation: drugs, aspects, constraints, intent, and its standalone form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.aspect import Aspect, Scored
from qa.aspects import aspects_of
from qa.constraints import Constraint, constraints_of, merged
from qa.conversation import Rewrite, Turn, focus, stand_alone
from qa.drugs import DrugLexicon, DrugMention, Kind
from qa.intent import Intent, intent_of
from qa.synonyms import Concept, Topic, expand
from qa.topics import topic_of


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
        return tuple(dict.fromkeys(f"{d.surface} → {d.correction}" for d in self.misspelt))

    def as_turn(self) -> Turn:
        """Return what the next question may lean on."""
        return Turn(
            self.question,
            self.standalone,
            tuple(sorted((*self.drugs, *self.unknown_drugs), key=lambda drug: drug.start)),
            self.conditions or self.before,
            self.aspects,
            self.constraints,
            self.topic,
        )


def understand(question: str, history: Sequence[Turn], lexicon: DrugLexicon) -> Understanding:
    """Return what a cleaned question asks. Uses rules alone: no model, no network, nothing random."""
    own = lexicon.find(question)
    concepts = expand(question, medical=bool(own))
    first = aspects_of(question, own)
    rewrite = stand_alone(question, own, concepts, first, history)
    last = history[-1] if history and rewrite.follows else None
    talk = history[-1] if history else None
    mentions = own if rewrite.text == question else lexicon.find(rewrite.text)
    text = _explained(rewrite.text, mentions)
    if text != rewrite.text:
        mentions = lexicon.find(text)
    asked = expand(text, medical=bool(mentions))
    stated = constraints_of(question, own, has_subject=bool(last and focus(last)))
    aspects = first if rewrite.core == question else aspects_of(rewrite.core, lexicon.find(rewrite.core))
    if last and (rewrite.repeats or _silent(aspects)):
        aspects = last.aspects
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
    )


def history_of(questions: Iterable[str], lexicon: DrugLexicon) -> tuple[Turn, ...]:
    """Return the turns that a conversation's questions leave behind, in order."""
    turns: list[Turn] = []
    for question in questions:
        turns.append(understand(question, turns, lexicon).as_turn())
    return tuple(turns)


def _topic(rewrite: Rewrite, mentions: Sequence[DrugMention], asked: Sequence[Concept], last: Turn | None) -> str:
    """Return what the talk is about where it is about no drug: a question that leans on a topic keeps it."""
    if mentions:
        return ""
    kept = last.topic if last else ""
    if rewrite.follows and kept and kept in rewrite.core:
        return kept
    return topic_of(rewrite.text, asked) or kept


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
