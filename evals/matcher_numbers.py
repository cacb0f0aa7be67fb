"""Numbers of a fact and of a text: which are the same, and which speak against each other."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import Stemmer

_STEM = Stemmer.Stemmer("english")
_ONES = "zero one two three four five six seven eight nine ten eleven twelve".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SPELT = {word: str(n) for n, word in enumerate(_ONES)} | {word: str(20 + 10 * n) for n, word in enumerate(_TENS)}
_TIMES = {"year": ("month", 12.0), "month": ("year", 1 / 12), "week": ("day", 7.0), "day": ("week", 1 / 7)}
_TIMES |= {"hour": ("minute", 60.0), "minute": ("hour", 1 / 60)}
_UNIT = r"years?|months?|weeks?|days?|hours?|minutes?|seconds?|mg|mcg|µg|g|kg|ml|iu|units?|mmol|°?c|°?f"
_NUMBER = re.compile(
    r"(?<![\w.])(?:(?P<before>year|month|week|day)\s)?(?P<value>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|"
    rf"\b(?:{'|'.join(_SPELT)})\b)(?:\s*(?P<percent>%|percent\b|per cent\b)|[\s-]?°?\s?(?P<unit>{_UNIT})\b)?",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[^\W\d_]+")
_NOT_HEADS = frozenset("of to and or in at a the per for on by with from than vs versus mg ml mcg".split())
# "2.3% on placebo", "9.7% (198 of 2046) on alendronate": in which arm a figure is.
_ARM = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:in [a-z]+ )?(?:on|with|for|among)\s+(?P<arm>[^\W\d_]+)", re.IGNORECASE)
_OFTEN = re.compile(
    r"\b(?:(?P<ly>daily|weekly|monthly|yearly|annually|quarterly)|(?:once |twice )?(?:every|a|per|each)\s"
    r"(?:(?P<n>\d+|two|three|four|six)\s)?(?P<unit>day|week|month|year)s?)\b",
    re.IGNORECASE,
)
_LY = {"daily": "1 day", "weekly": "1 week", "monthly": "1 month", "yearly": "1 year", "annually": "1 year"}
_LY |= {"quarterly": "3 month"}
MOST_COUNTED = 12  # "one syringe" and "two syringes" differ in what they count; "245 men" and "163 men" are two groups


@dataclass(frozen=True, slots=True)
class Number:
    """A number as `value`, with its unit in the singular, "%" or "".

    `is_strong`: a decimal, a percentage or an amount with its unit, which says little away from its sentence.
    `head` is the stem of what a small plain number counts, `arm` that of the group which a strong one is of, or "".
    """

    value: str
    unit: str = ""
    is_strong: bool = False
    head: str = ""
    arm: str = ""

    def same(self, other: "Number") -> bool:
        """Return whether both are one: in the same unit, or one without; times in any: 12 months, 1 year."""
        if self.value == other.value and (self.unit == other.unit or not (self.unit and other.unit)):
            return True
        unit, times = _TIMES.get(self.unit, ("", 0.0))
        return unit != "" and other.unit == unit and abs(float(self.value) * times - float(other.value)) < 1e-6


def numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text in order, those in words too ("two"), thousands without separators."""
    found = []
    for match in _NUMBER.finditer(text):
        value = _plain(match["value"])
        named = "%" if match["percent"] else (match["unit"] or match["before"] or "")
        unit = named.lower().removeprefix("°").removesuffix("s")
        strong = "." in value or match["percent"] is not None or match["unit"] is not None
        head = "" if strong or not value.isdigit() or int(value) > MOST_COUNTED else _head(text, match.end())
        if match["value"].lower() == "one" and not unit and not head:
            continue  # "no one", "one of them"
        arm = _ARM.match(text, match.end()) if strong else None
        found.append(Number(value, unit, strong, head, _STEM.stemWord(arm["arm"].lower()) if arm else ""))
    return tuple(found)


def met(wanted: Number, held: Iterable[Number]) -> bool:
    """Return whether one of the numbers held is the one wanted."""
    return any(wanted.same(one) for one in held)


def opposed(fact: str, sentence: str) -> bool:
    """Return whether a sentence's numbers speak against a fact's.

    They count another number of the same ("one syringe", "two syringes"), give the figure to another group, or say
    that something is done at other times ("every month", "every 3 months").
    """
    wanted, held = numbers(fact), numbers(sentence)
    return _counts_otherwise(wanted, held) or _other_arm(wanted, held) or _other_times(fact, sentence)


def _counts_otherwise(wanted: Sequence[Number], held: Sequence[Number]) -> bool:
    counted: dict[str, set[str]] = {}
    for number in held:
        if number.head:
            counted.setdefault(number.head, set()).add(number.value)
    return any(n.head in counted and n.value not in counted[n.head] for n in wanted if n.head)


def _other_arm(wanted: Sequence[Number], held: Sequence[Number]) -> bool:
    arms = {one.arm for one in held if one.arm}
    return any(
        n.arm in arms and not any(one.same(n) for one in held if one.arm in (n.arm, "")) for n in wanted if n.arm
    )


def _other_times(fact: str, sentence: str) -> bool:
    wanted, held = _times(fact), _times(sentence)
    return bool(wanted and held) and wanted.isdisjoint(held)


def _times(text: str) -> frozenset[str]:
    found = set()
    for match in _OFTEN.finditer(text):
        n = _SPELT.get((match["n"] or "1").lower(), match["n"] or "1")
        found.add(_LY[match["ly"].lower()] if match["ly"] else f"{n} {match['unit'].lower()}")
    return frozenset(found)


def _plain(written: str) -> str:
    value = _SPELT.get(written.lower(), written.replace(",", ""))
    return value.rstrip("0").rstrip(".") if "." in value else value


def _head(text: str, after: int) -> str:
    """Return the stem of the word counted from `after` on, past amounts: "one 210 mg syringe"."""
    rest = re.split(r"[,;:.()]\s", text[after : after + 40])[0]
    for match in _NEXT.finditer(_NUMBER.sub(" ", rest)):
        word = match.group().lower()
        if word not in _NOT_HEADS:
            return str(_STEM.stemWord(word))
    return ""
