"""A follow-up made to stand on its own, by rules over what the conversation has been about."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.aspect import Aspect, Scored
from qa.bodies import bodies_in
from qa.constraints import Constraint, Trait, constraints_of
from qa.drugs import DrugMention, Kind
from qa.ellipsis import asked_of_body, completed, stated
from qa.references import before_reference, refers_back, resolved, speaks_of_event, speaks_of_somebody, speaks_of_study
from qa.synonyms import Concept, Topic
from qa.topics import topic_of
from qa.trials import studies_in

_LEAD = re.compile(r"^\W*(?:(?:and|but|so|also|then|or|ok|okay|well|right|thanks|thank you|yes|no|hmm|oh)\b[\s,.!]*)*(?:(?P<about>what about|how about|what of|same for|the same for)\b|(?P<whatif>what if|if)\b)?\s*", re.IGNORECASE)  # fmt: skip
_CONTINUES = re.compile(r"^\W*(?:and|but|also|then|or|so|what about|how about|what if|what of|same for|the same for|in that case|instead)\b|\binstead\b|\bas well\b|\btoo\s*\??$|\bin (?:this|that) case\b", re.IGNORECASE)  # fmt: skip
_NEW_TOPIC = re.compile(r"\b(?:unrelated|(?:different|another|new|separate|other) (?:question|topic|subject|matter|drug|patient)|chang(?:e|ing) (?:the )?(?:subject|topic)|switch(?:ing)? (?:topics|gears|to another topic)|start over|forget (?:that|about|it)|moving on|on another note|by the way)\b", re.IGNORECASE)  # fmt: skip
_PREPOSITION = re.compile(
    r"^(?:in|for|with|after|before|during|on|at|among|if|when|while|beyond|over|under|without|within|by)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\b(?:than|versus|vs\.?|compared (?:to|with)|compare|comparable|as \w+ as|better|worse|difference|instead of|same as|alternative|safer|stronger|cheaper)\b", re.IGNORECASE)  # fmt: skip
_BESIDE = re.compile(
    r"\b(?:with|on|and|plus|while taking|taking|alongside|together with|after|before|followed by|to|by|from)\s+$",
    re.IGNORECASE,
)
_ACCOMPANIES = re.compile(
    r"(?<!compared )(?<!compare )\b(?:with|on|while taking|taking|using|receiving)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_WHOLE = re.compile(r"^\W*(?:what|who)(?:'s|’s| is| are| was| were| causes?)\b|^\W*(?:tell me about|define|explain|describe)\b|\b(?:what|which) (?:treatments?|drugs?|medications?|therapies|options?|causes?)\b|\bhow (?:is|are|do you|to|should) .{0,40}\b(?:diagnosed?|treat(?:ed)?|screen(?:ed)?|defined?|prevent(?:ed)?|manage[d]?)\b", re.IGNORECASE)  # fmt: skip
_DEFINITE = re.compile(
    r"\b(?:the|any|its|an|a) (risks?|incidence|chance|likelihood|signs?|symptoms?|rate|frequency)\b(?! (?:of|for|factors? (?:of|for)))",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\b(?:box|carton|pack|bottle|tablets?|pills?|capsules?|spray|syringe|pen|vial|solution|infusion|dose|dosage|side effects?|adverse \w+|effects?|mechanism|indications?|contraindications?|cost|price|half-life|results?|trials?|stud(?:y|ies)|evidence|benefits?|risks?|warnings?|label|ingredients?|injection)\s*$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"^ \([^()]{2,40}\)")
_QUESTION = re.compile(
    r"^(?:what|which|who|when|where|why|how|is|are|was|were|do|does|did|can|could|should|would|will|may|must|has|have|tell|give|list)\b",
    re.IGNORECASE,
)
_AND_IF = re.compile(r"^\W*(?:and|but|so|or) if ", re.IGNORECASE)
_WHICH = re.compile(r"\bwhich\b", re.IGNORECASE)
_AT_RISK = re.compile(r"\bat (?:higher |increased |greater )?risk(?=\s*[?.!]|\s*$)", re.IGNORECASE)
# A verb whose object the drug is: "what should follow?".
_TAKES_OBJECT = re.compile(r"\b(?:follow|replace|precede|resemble|contain|come after|go with)$", re.IGNORECASE)
_SOMEBODYS = re.compile(r"^(?:his|her|their|my) (?=\w)", re.IGNORECASE)
# What is said of a drug that the talk is about, without a word that asks for an aspect.
_OF_DRUGS = re.compile(
    r"\b(?:stop(?:s|ped|ping)?|afterwards?|tablets?|pills?|capsules?|spray|syringe|pen|vial|injections?|infusions?|dose|"
    r"label|lie down|sit up|upright|swallow|generic|brand|approved|prescrib\w+|trial|stud(?:y|ies))\b",
    re.IGNORECASE,
)
# What is asked of a topic without a word for it: "what are the main themes?", "are there any benefits?".
_OF_TOPIC = re.compile(
    r"^\W*(?:(?:what|who|which|where|when)(?:'s| is| are| was| were)? (?:the|some(?: of the)?) (?:\w+ ){0,2}\w+|"
    r"(?:are|is|were|was) there (?:any|other|some) (?:\w+ ){0,2}\w+|what (?:other|kinds?|types?) (?:\w+ ){0,3}\w+)\W*$",
    re.IGNORECASE,
)
_NAMES = re.compile(r"\b[A-Z]\w")
# "It" that is a trial: "how many women were in it", "was the trial blinded".
_THE_TRIAL = re.compile(
    r"(?<=\bin )(?:it|that|this)(?=\W*$)|\b(?:the|that|this) (?:trial|study)\b(?! of)|"
    r"(?<=\bwas )(?:it|that|this)(?= (?:blinded|randomi[sz]ed|stopped|powered|placebo|open|funded|published|retracted|large|long))|"
    r"(?<=\bdid )(?:it|that|this)(?= (?:last|enrol\w*|include|exclude|run|find|show|report|recruit)\b)",
    re.IGNORECASE,
)
# Aspects that are asked of a drug, and not of what one trial found.
_OF_THE_DRUG = frozenset(
    {
        Aspect.DOSING,
        Aspect.ADMINISTRATION,
        Aspect.MISSED_DOSE,
        Aspect.STORAGE,
        Aspect.SUPPLY,
        Aspect.INGREDIENTS,
        Aspect.INDICATION,
        Aspect.CONTRAINDICATION,
        Aspect.INTERACTION,
        Aspect.MONITORING,
        Aspect.MECHANISM,
        Aspect.PHARMACOKINETICS,
        Aspect.PREGNANCY,
        Aspect.LACTATION,
        Aspect.COST,
    }
)
_FILLER = frozenset(
    "what how about and or instead then for with the of is are it same so but also in to a an on please now does do can".split()
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_AND = re.compile(r"\b(?:and|but|if|when|,)\s+\w+", re.IGNORECASE)
SHORT = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn of a conversation left behind: all but the first two fields are in force after it.

    `studies` are trials by name. Where a question names a trial and no drug, the drugs are those of the turn before.
    """

    question: str
    standalone: str
    drugs: tuple[DrugMention, ...] = ()
    conditions: tuple[Concept, ...] = ()
    aspects: tuple[Scored, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    topic: str = ""
    studies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A question's standalone form.

    `core` is the question with what it leans on written out, `text` has what was said of the patient
    as well. `follows`: it leans on the turn before, so that what was said of the patient still holds.
    `repeats`: it is the question before, asked about another drug.
    """

    core: str
    text: str
    follows: bool
    repeats: bool = False


def focus(turn: Turn) -> tuple[DrugMention, ...]:
    """Return the drugs a turn was about, each once: the first, and those set beside it as its equals.

    "Is A better than B", "A and B" are about both; "A with B", "A while taking B" are about A.
    """
    found: dict[tuple[str, ...], DrugMention] = {}
    for drug in turn.drugs:
        before = turn.standalone[max(0, drug.start - 30) : drug.start]
        if not found or not _ACCOMPANIES.search(before):
            found.setdefault(drug.bases, drug)
    return tuple(found.values())


def name_of(drug: DrugMention) -> str:
    """Return how a drug is named in a rewritten question: by its one ingredient, else as the reader named it."""
    return drug.names[0] if drug.kind is not Kind.CLASS and len(drug.names) == 1 else drug.label


def stand_alone(
    question: str,
    mentions: Sequence[DrugMention],
    concepts: Sequence[Concept],
    aspects: Sequence[Scored],
    history: Sequence[Turn],
) -> Rewrite:
    """Return the question with what it takes from the last turn written out; itself where it takes nothing."""
    if not history or _NEW_TOPIC.search(question):
        return Rewrite(question, question, follows=False)
    last = history[-1]
    if mentions:
        if (again := _asked_again(question, mentions, last)) is not None:
            return Rewrite(again, _said_again(again, question, last), follows=True, repeats=True)
        core, follows = _with_own_drug(question, mentions, last)
    elif _asks_of_trial(question, concepts, aspects):
        return Rewrite(question, question, follows=True)
    elif last.studies and (of_trial := _of_trial(question, aspects, last.studies[-1])) is not None:
        return Rewrite(of_trial, of_trial, follows=True)
    elif not focus(last):
        core, follows = _about_topic(question, concepts, last)
    elif _follows(question, concepts, aspects):
        core, follows = _completed(question, concepts, last), True
    else:
        core, follows = question, False
    return Rewrite(core, _said_again(core, question, last) if follows else core, follows)


def _follows(question: str, concepts: Sequence[Concept], aspects: Sequence[Scored]) -> bool:
    """Return whether a question that names no drug is about the drug of the turn before."""
    if _names_it_itself(question):
        return False
    if _CONTINUES.search(question) or refers_back(question) or bodies_in(question):
        return True
    if _WHOLE.search(question) and any(c.topic is Topic.CONDITION for c in concepts):
        return False
    return bool(aspects) or len(_WORD.findall(question)) <= SHORT or _OF_DRUGS.search(question) is not None


def goes_on(question: str) -> bool:
    """Return whether a question that asks for no aspect goes on with the last one: "and in women?", "in men?"."""
    return _CONTINUES.search(question) is not None or len(_WORD.findall(question)) <= SHORT


def _with_own_drug(question: str, mentions: Sequence[DrugMention], last: Turn) -> tuple[str, bool]:
    """Return the core of a question that names a drug itself, and whether it follows the turn before."""
    before, own = focus(last), mentions[0]
    continues = _CONTINUES.search(question) is not None
    if not before:
        return question, continues
    known = {drug.bases for drug in before}
    if all(drug.bases in known for drug in mentions):
        return question, True
    subject = name_of(before[0])
    lead = _LEAD.match(question)
    start = min(lead.end(), own.start) if lead else 0
    rest = question[start:].rstrip(" ?.!")
    beside = _BESIDE.search(question[start : own.start]) is not None
    told = resolved(question[: own.start], subject, plural=False) + question[own.start :]
    if told != question:
        return (_compared(told, subject, last) if speaks_of_event(question) else told), True
    if len(mentions) == 1 and (rest.lower().startswith("compared") or (beside and continues)):
        return f"What about {subject} {_small(rest)}?", True
    if len(mentions) == 1 and _COMPARES.search(question):
        return f"{_capital(rest)}, compared with {subject}?", True
    return question, continues or speaks_of_somebody(question)


def _asked_again(question: str, mentions: Sequence[DrugMention], last: Turn) -> str | None:
    """Return the last question asked about another drug ("How about Prolia instead?"), None where it is not that."""
    before, own, lead = focus(last), mentions[0], _LEAD.match(question)
    start = min(lead.end(), own.start) if lead else 0
    if not before or own.bases in {drug.bases for drug in before} or _BESIDE.search(question[start : own.start]):
        return None
    if not _CONTINUES.search(question) or any(word not in _FILLER for word in _outside(question, mentions)):
        return None
    text = last.standalone
    for drug in last.drugs:
        if drug.bases == before[0].bases and text[drug.start : drug.end] == drug.surface:
            after = _BRACKETS.sub("", text[drug.end :], count=1)
            return text[: drug.start] + own.label + after
    return f"What about {own.label}? {text}"


def _compared(text: str, subject: str, last: Turn) -> str:
    """Return "is it as common as with X" asked of what happened: the condition, not the drug, is what "it" stands for."""
    condition = _condition_of(last)
    if not condition:
        return text
    text = re.sub(rf"\b{re.escape(subject)}\b", lambda _: condition, text, count=1)
    return re.sub(r"\bas (\w+) as\b", lambda m: f"as {m[1]} with {subject} as", text, count=1)


def _condition_of(last: Turn) -> str:
    """Return how the condition of the turn before is named: "the jaw" is its necrosis, "MI" stays as it was said."""
    if not last.conditions:
        return ""
    said, name = last.conditions[0].surface, last.conditions[0].id
    return name if said.lower() in name.split() and said.lower() != name else said


def _completed(question: str, concepts: Sequence[Concept], last: Turn) -> str:
    """Return a question that names no drug with the drug of the turn before in its place."""
    before = focus(last)
    names = [name_of(one) for one in before[:3]]
    drug = " and ".join(names)
    said = stated(question, drug, constraints_of(question, has_subject=True))
    short = said or completed(question, drug, last.standalone) or asked_of_body(question, drug, last.standalone)
    if short:
        return short
    condition = _condition_of(last)
    if speaks_of_study(question):
        return resolved(question, f"the {drug} study" + (f" in {condition}" if condition else ""), plural=False)
    if condition and not concepts and (text := _of_condition(question, condition)) != question:
        return f"{resolved(text, names[0], plural=False).rstrip(' ?.!')} with {drug}?"
    if speaks_of_event(question):
        return _with_drug(question, drug, concepts)
    text = resolved(question, drug, plural=True) if len(names) > 1 else question
    if text == question:
        text = resolved(question, names[0], plural=False)
    if text != question:
        return _AND_IF.sub("What if ", text)
    if len(names) > 1 and _WHICH.search(question):
        return f"{question.rstrip(' ?.!')}, {' or '.join(names)}?"
    return _with_drug(question, drug, concepts)


def _of_condition(question: str, condition: str) -> str:
    """Return the question with "it", "the risk", "at risk" said of the condition; itself where nothing is."""
    if speaks_of_event(question):
        return resolved(question, condition, plural=False)
    text, count = _DEFINITE.subn(lambda m: f"the {m[1]} of {condition}", question, count=1)
    return text if count else _AT_RISK.sub(f"at risk of {condition}", question, count=1)


def _with_drug(question: str, drug: str, concepts: Sequence[Concept]) -> str:
    """Return a question that nothing in it ties to the drug, with the drug put where it reads best."""
    lead = _LEAD.match(question)
    rest = (question[lead.end() :] if lead else question).rstrip(" ?.!")
    if lead and lead["whatif"]:
        return f"What if {rest} with {drug}?"
    if _PREPOSITION.match(rest):
        return f"What about {drug} {_small(rest)}?"
    if lead and lead["about"] and concepts and rest.lower().startswith(concepts[0].surface.lower()):
        return f"What about {drug} in {rest}?"
    if lead and lead.end() and not _QUESTION.match(rest):
        rest = _SOMEBODYS.sub("the ", rest)
        return f"What about {rest}{_joint(rest)} {drug}?"
    return f"{_capital(rest)}{_joint(rest)} {drug}?"


def _joint(text: str) -> str:
    """Return what stands between a question and the drug that it leaves out: " of" a thing, nothing after a verb."""
    if _TAKES_OBJECT.search(text):
        return ""
    return " of" if _OF.search(text) else " with"


def _asks_of_trial(question: str, concepts: Sequence[Concept], aspects: Sequence[Scored]) -> bool:
    """Return whether a question asks by its name what a trial found; it needs no drug then."""
    named = studies_in(question, (concept.surface for concept in concepts))
    found = bool(aspects) and aspects[0].aspect in (Aspect.TRIALS, Aspect.EFFICACY)
    return bool(named) and found and not refers_back(question)


def _of_trial(question: str, aspects: Sequence[Scored], trial: str) -> str | None:
    """Return a question that goes on about the trial of the turn before, None where it turns to the drug itself."""
    if bodies_in(question) or any(scored.aspect in _OF_THE_DRUG for scored in aspects[:1]):
        return None
    if _THE_TRIAL.search(question):
        return _THE_TRIAL.sub(lambda _: trial, question, count=1)
    lead = _LEAD.match(question)
    if lead and lead.end() and not refers_back(question[lead.end() :]):
        rest = question[lead.end() :].rstrip(" ?.!")
        if rest and not _QUESTION.match(rest) and not _PREPOSITION.match(rest):
            return f"What about {_small(rest)} in {trial}?"
    return None


def _said_again(core: str, question: str, last: Turn) -> str:
    """Return the core with what was said of one particular patient, where it is not said anew."""
    lower = core.lower()
    anew = {constraint.slot for constraint in constraints_of(question)}
    again = [
        c.phrase
        for c in last.constraints
        if c.personal and c.trait is not Trait.TAKES and c.slot not in anew and c.text.lower() not in lower
    ]
    return f"{core.rstrip(' ?.!')} {' '.join(again)}?" if again else core


def _about_topic(question: str, concepts: Sequence[Concept], last: Turn) -> tuple[str, bool]:
    """Return the question with the last topic in place of its pronoun, where no drug has been named."""
    follows = bool(_CONTINUES.search(question) or refers_back(question))
    if not last.topic or _names_it_itself(question):
        return question, follows
    for plural in (False, True):
        text = resolved(question, last.topic, plural=plural)
        if text != question:
            return text, True
    text, count = _DEFINITE.subn(lambda m: f"the {m[1]} of {last.topic}", question, count=1)
    if count and not concepts:
        return text, True
    if _OF_TOPIC.search(question) and not _NAMES.search(question[1:]) and not concepts:
        return f"{question.rstrip(' ?.!')} of {last.topic}?", True
    return question, follows


def _names_it_itself(question: str) -> bool:
    """Return whether a pronoun stands for what the same question names before: "what is X and why is it so"."""
    before = before_reference(question)
    return _AND.search(before) is not None and topic_of(before, ()) != ""


def _outside(question: str, mentions: Sequence[DrugMention]) -> list[str]:
    """Return the words of a question that no drug name covers, in lower case."""
    spans = [range(mention.start, mention.end) for mention in mentions]
    return [m.group().lower() for m in _WORD.finditer(question) if not any(m.start() in span for span in spans)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
