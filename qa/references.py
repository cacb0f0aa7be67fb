"""What stands for something named before: pronouns, "the drug", and words that ask for a complement."""

# ruff: noqa: E501 (one pattern a line)

import re

_VERB = r"(?:take|use|give|stop|start|have|get|inject|prescribe|crush|combine|mix|continue|restart|store|administer|try|switch to|receive|chew|split)"
_ADJECTIVE = r"(?:safe|ok|okay|possible|necessary|true|common|normal|better|bad|good|advisable|recommended|important|worth|best|fine|dangerous|needed|required|wise|reasonable|appropriate|allowed|all right|alright)"
# "Is it safe to take with food": "it" stands for nothing, the drug is left out after the verb.
_DUMMY = re.compile(rf"\b(?:is it|it is|it's|would it be|will it be|was it) (?:\w+ )?{_ADJECTIVE} (?:to|that|for|if|when)\b|\bdoes it matter\b|\bhow long does it take\b|\bis it true\b|\bhow is it (?:that|possible)\b", re.IGNORECASE)  # fmt: skip
_OPEN_VERB = re.compile(rf"\b({_VERB})(?=\s+(?:with|without|in|during|after|before|if|when|while|for|at|by|on|together|long|daily|every|once|twice)\b|\s*[?.!]|\s*$)", re.IGNORECASE)  # fmt: skip
_NOUN = r"(?:drugs?|medications?|medicines?|meds?|treatments?|agents?|injections?|pills?|tablets?|products?|antibod(?:y|ies)|therap(?:y|ies)|one|ones|stuff)"
_NAMED = re.compile(rf"\b(?:this|that|these|those|the same|said) {_NOUN}\b|\b(?:the|my|her|his) (?:drug|medication|medicine|meds)\b(?! (?:store|class|interaction|label|guide|error))", re.IGNORECASE)  # fmt: skip
_IT = re.compile(r"\bit\b(?!['’]s)|\bit(?=['’]s\b)", re.IGNORECASE)
_BARE = re.compile(
    r"\b(is|are|was) (?:this|that)(?= (?:safe|approved|used|given|taken|contraindicated|effective|available|for|in|indicated|a |an |the same)\b)"
    r"|\b(can|did|may|does|will|could) (?:this|that)(?= (?:be|cause|interact|help|make|lead|affect|work|need|come|have)\b)"
    r"|\b(with|taking|using|stop|take|start|of|about|to|after|on) (?:this|that)(?=\s*[?.!]|\s*$)",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\b(?:they|them|both|both of them|the two)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\bits\b", re.IGNORECASE)
_PLURAL_POSSESSIVE = re.compile(r"\btheir\b", re.IGNORECASE)
_ONE = re.compile(r"\b(miss(?:es|ed|ing)?|skip(?:s|ped|ping)?|forg[eo]t(?:s|ten)?|delay(?:s|ed)?|double(?:s|d)?) (?:one|it|a dose|the dose|the next one)\b(?! of)", re.IGNORECASE)  # fmt: skip
# "It" of these speaks of what happens, not of what is taken.
_HAPPENS = re.compile(r"\bhow (?:common|frequent|rare|serious|often|likely|severe|bad) (?:is|are|does|was) (?:it|this|that)\b(?! (?:be )?(?:given|taken|used|injected|infused|dosed|administered|needed|checked|monitored|repeated))|\b(?:is|was|are|does|can|how|will|how often does|why does)\b.{0,12}\b(?:it|this|that)\b.{0,16}\b(?:common|frequent|rare|happen|occur|prevent\w*|reversible|treat(?:ed|able)|serious|fatal|permanent|go away|contagious|diagnosed|managed|detected|recur|last|painful|hereditary|known|develop|present|look like|recognised|recognized|noticed)\b", re.IGNORECASE)  # fmt: skip
_STUDIED = re.compile(r"\b(?:was|is|were|been|get|got) (?:it|this|that|they)?\s*(?:ever )?(?:retracted|published|funded|sponsored|randomi[sz]ed|blinded|stopped early|powered|registered|peer[ -]reviewed|criticized|criticised)\b", re.IGNORECASE)  # fmt: skip
_ANY = re.compile(
    r"\b(?:it|its|they|them|their|this|that|these|those|he|she|him|his|her|both|the (?:drug|medication|medicine|two|same|other|former|latter|risk|risks|dose|results?|trial|study|studies|label|patient))\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"\b(?:he|she|him|his|her|hers|they|the patient|this patient|the woman|the man|my (?:mother|father|wife|husband|patient|child|son|daughter))\b", re.IGNORECASE)  # fmt: skip


def refers_back(text: str) -> bool:
    """Return whether a text leans on something said before by a pronoun or a definite noun without more."""
    return _ANY.search(text) is not None


def before_reference(text: str) -> str:
    """Return what stands before the first pronoun of a text, "" where it opens with one or has none."""
    m = _ANY.search(text)
    return text[: m.start()] if m else ""


def speaks_of_somebody(text: str) -> bool:
    """Return whether a text speaks of a person by a pronoun or as "the patient"."""
    return _SOMEBODY.search(text) is not None


def speaks_of_event(text: str) -> bool:
    """Return whether "it" in a text is something that happens: "how common is it", "can it be prevented"."""
    return _HAPPENS.search(text) is not None


def speaks_of_study(text: str) -> bool:
    """Return whether "it" in a text is a study: "why was it retracted"."""
    return _STUDIED.search(text) is not None


def resolved(text: str, name: str, *, plural: bool) -> str:
    """Return the text with what stands for `name` replaced by it; the same text where nothing does.

    `plural`: the name names several things, so that "they" stands for it and "it" does not.
    """
    text, missed = _ONE.subn(lambda m: f"{m[1]} a dose of {name}", text, count=1)
    if missed:
        return text
    text, named = _NAMED.subn(lambda _: name, text)
    if not plural and not named:
        if _DUMMY.search(text):
            return _OPEN_VERB.sub(lambda m: f"{m[1]} {name}", text, count=1)
        text, count = _IT.subn(lambda _: name, text)
        text = text if count else _BARE.sub(lambda m: f"{m[1] or m[2] or m[3]} {name}", text, count=1)
        return _POSSESSIVE.sub(lambda _: _genitive(name), text)
    if not plural:
        return text
    return _PLURAL_POSSESSIVE.sub(lambda _: _genitive(name), _PLURAL.sub(lambda _: name, text))


def _genitive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"
