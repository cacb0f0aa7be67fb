"""What a question says about the patient: to be kept in mind for every later turn of the conversation."""

# ruff: noqa: E501 (one pattern a line)

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from qa.drugs import DrugMention


class Trait(StrEnum):
    """What is stated of a patient or a group of patients."""

    PREGNANT = "pregnant"
    BREASTFEEDING = "breastfeeding"
    SEX = "sex"
    AGE = "age"
    WEIGHT = "weight"
    KIDNEY = "kidney function"
    DIALYSIS = "dialysis"
    LIVER = "liver function"
    MENOPAUSE = "menopause"
    EVENT = "event"
    ALLERGY = "allergy"
    TAKES = "also takes"


class Comparator(StrEnum):
    """How a value bounds what it is stated of."""

    IS = "="
    BELOW = "<"
    AT_MOST = "≤"
    ABOVE = ">"
    AT_LEAST = "≥"


@dataclass(frozen=True, slots=True)
class Constraint:
    """One stated trait. `text` are the words that state it, fit to be said again after "in" or "with".

    `what` names the thing (the sex, the event, the allergen, the other drug, "eGFR" or "CrCl"), "" where
    the trait says it all. `value` with `unit` is the figure stated, None where there is none; `upper`
    the end of a stated range ("eGFR 15 to 29"). For an event it is how long ago. `personal`: stated of
    somebody ("my mother", "a man", "she"), not of a group ("in men", "patients with CKD").
    """

    trait: Trait
    text: str
    what: str = ""
    comparator: Comparator = Comparator.IS
    value: float | None = None
    unit: str = ""
    upper: float | None = None
    personal: bool = False

    @property
    def phrase(self) -> str:
        """Return the trait as it is said again behind a question: "in women", "with eGFR 25", "aged under 12 years"."""
        if self.trait is Trait.AGE:
            bound = {Comparator.BELOW: "under ", Comparator.ABOVE: "over "}.get(self.comparator, "")
            return f"aged {bound}{self.value:g} {self.unit}"
        return f"{_JOINT[self.trait]} {self.text}".strip()

    @property
    def is_exact(self) -> bool:
        """Return whether it is one figure of kidney function or age, which is one person's: "eGFR 25", not "eGFR < 30"."""
        figure = self.value is not None and self.upper is None and self.comparator is Comparator.IS
        return figure and (self.what in ("eGFR", "CrCl") or self.trait is Trait.AGE)

    @property
    def slot(self) -> tuple[Trait, str]:
        """Return what a later statement of the same kind replaces."""
        return self.trait, self.what if self.trait in (Trait.EVENT, Trait.ALLERGY, Trait.TAKES) else ""


_JOINT = {
    Trait.PREGNANT: "in",
    Trait.BREASTFEEDING: "while",
    Trait.SEX: "in",
    Trait.WEIGHT: "",
    Trait.KIDNEY: "with",
    Trait.DIALYSIS: "on",
    Trait.LIVER: "with",
    Trait.MENOPAUSE: "in",
    Trait.EVENT: "after",
    Trait.ALLERGY: "with",
    Trait.TAKES: "with",
}
_COMPARE = (
    (re.compile(r"<=|≤|at most|up to|or less|or below|or lower"), Comparator.AT_MOST),
    (re.compile(r">=|≥|at least|or more|or above|or higher|and over|or older|and older|\+"), Comparator.AT_LEAST),
    (re.compile(r"<|below|under|less than|lower than|younger than"), Comparator.BELOW),
    (re.compile(r">|above|over|more than|greater than|older than"), Comparator.ABOVE),
)
_NUMBER = r"(?P<value>\d{1,3}(?:\.\d+)?)"
_SIGN = r"(?P<sign>\s*(?:is|was|of|=|:|<=|>=|<|>|≤|≥|at|around|about|below|under|less than|above|over|more than|at least|at most|lower than|greater than|\s)*\s*)"
_KIDNEY = re.compile(
    rf"\b(?P<what>e?gfr|crcl|creatinine clearance|clcr){_SIGN}{_NUMBER}(?:\s*(?:-|–|to)\s*(?P<upper>\d{{1,3}}))?"
    r"(?P<unit>\s*ml\s*/\s*min(?:\s*/\s*1\.73\s*m\s*(?:2|²))?)?",
    re.IGNORECASE,
)
# "eGFR is 25", "an eGFR of 25": said again, it is "with eGFR 25".
_FILLS = re.compile(r"\b(?:is|was|of|at)\b(?! least| most)")
_STAGE = re.compile(
    r"\b(?:ckd|chronic kidney disease)(?: stage)?\s*(?:g)?([1-5][ab]?)\b|\bstage ([1-5][ab]?) (?:ckd|(?:chronic )?kidney disease)",
    re.IGNORECASE,
)
_CHILD_PUGH = re.compile(r"\bchild[ -]?pugh(?: class)?\s*([abc])\b", re.IGNORECASE)
_AGE = re.compile(
    r"\b(?P<value>\d{1,3}(?:\.\d+)?)[ -]?(?P<unit>years?|yrs?|yo|y/o|months?|weeks?|days?)(?:[ -]?(?:old|of age)|(?<=yo)|(?<=y/o))\b"
    r"|\b(?:aged?|age of|i am|i'm|she is|he is|who is|patient is|is aged)\s+(?P<value2>\d{1,3})\b(?!\s*(?:mg|mcg|kg|ml|%|weeks|months))"
    r"|\b(?P<group>children|adolescents|patients|adults|people|kids|women|men|infants|those|anyone)?\s*(?:aged\s*)?"
    r"(?P<bound>under|below|younger than|over|above|older than)\s+(?:the age of\s+|age\s+)?(?P<value3>\d{1,3})\b"
    r"(?!\s*(?:mg|mcg|kg|ml|%|g\b|iu|units|doses|weeks of|months of|hours|minutes|h\b))(?:\s*(?P<unit3>years?|months?))?",
    re.IGNORECASE,
)
_WEIGHT = re.compile(
    r"\b(?:weigh(?:s|ing)?|weight(?: of| is)?|bodyweight)?\s*(?P<value>\d{1,3}(?:\.\d+)?)\s*(?P<unit>kg|kilos?|kilograms?|lbs?|pounds)\b(?!\s*/)",
    re.IGNORECASE,
)
_FLAGS: tuple[tuple[Trait, str, str, re.Pattern[str]], ...] = tuple(
    (trait, what, text, re.compile(pattern, re.IGNORECASE))
    for trait, what, text, pattern in (
        (
            Trait.PREGNANT,
            "",
            "pregnancy",
            r"\b(?:is|are|am|was|being|if|when|while|during|in|a|i'm|she's|currently|for)\b[\w ]{0,12}\bpregnan(?:t|cy)\b|\bpregnant (?:wom[ae]n|patients?|mothers?|ladies|lady)\b|\b(?:first|second|third) trimester\b|\b\d+ weeks pregnant\b",
        ),
        (
            Trait.BREASTFEEDING,
            "",
            "breastfeeding",
            r"\b(?:is|are|am|if|when|while|during|a|i'm|she's|currently|for|with)\b[\w ]{0,12}\b(?:breast-?feeding|lactating|lactation|nursing)\b|\bnursing (?:mothers?|women)\b|\bbreast feeding\b|\b(?:can|should|may) (?:i|she|women|mothers) breast-?feed\b",
        ),
        (Trait.DIALYSIS, "", "dialysis", r"\b(?:ha?emo|peritoneal )?dialysis\b"),
        (
            Trait.KIDNEY,
            "",
            "chronic kidney disease",
            r"\bckd\b|\b(?:chronic )?kidney disease\b|\b(?:renal|kidney) (?:impairment|insufficiency|failure|dysfunction)\b|\bimpaired (?:renal|kidney) function\b|\be[sk][kr]d\b|\bbad kidneys\b",
        ),
        (
            Trait.LIVER,
            "",
            "hepatic impairment",
            r"\b(?:hepatic|liver) (?:impairment|insufficiency|failure|disease|dysfunction)\b|\bimpaired (?:hepatic|liver) function\b|\bcirrho(?:sis|tic)\b|\bfatty liver\b",
        ),
        (Trait.MENOPAUSE, "", "postmenopausal women", r"\bpost-?\s?menopaus\w+|\bafter (?:the )?menopause\b"),
        (Trait.MENOPAUSE, "", "premenopausal women", r"\bpre-?\s?menopaus\w+|\bbefore (?:the )?menopause\b"),
        (
            Trait.SEX,
            "male",
            "men",
            r"\b(?<!wo)(?:a |an? \w+ |for |in |to |the |by |these |older |elderly |year[- ]old |yo )?(?<![a-z])(?:men|males?|man|boys?|husband|father|grandfather|brother|son)\b(?!['’]s health)",
        ),
        (
            Trait.SEX,
            "female",
            "women",
            r"(?<![a-z])(?:women|woman|females?|girls?|wife|mother|grandmother|sister|daughter)\b",
        ),
    )
)
_EVENT = re.compile(
    r"\b(?:had|has had|have had|having had|suffered|after|history of|with|following|prior|previous|recent|since|survived)\s+"
    r"(?:(?:an?|the|my|her|his|their|previous|prior|recent|acute|past)\s+)*"
    r"(?P<what>heart attack|myocardial infarction|MI|stroke|TIA|transient ischemic attack|pulmonary embolism|DVT|blood clot|"
    r"hip fracture|vertebral fracture|fracture|gastric bypass|bariatric surgery|organ transplant|kidney transplant|"
    r"liver transplant|transplant|seizure|breast cancer|cancer|osteosarcoma|radiation therapy|radiotherapy|gi bleed|"
    r"tooth extraction|dental extraction|hypocalcemia|low calcium)\b"
    r"(?P<when>\s+(?:\w+\s+){0,3}?(?:ago|last (?:year|month|week)|this (?:year|month|week)|within the (?:past|last|preceding) (?:\w+ )?(?:days?|weeks?|months?|years?)|in the (?:past|last|preceding) (?:\w+ )?(?:days?|weeks?|months?|years?)))?",
)
_AGO = re.compile(
    r"(\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|last|past)\s+(days?|weeks?|months?|years?)"
)
_WORDS = {
    w: float(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1.0, "an": 1.0, "last": 1.0, "past": 1.0}
_ALLERGY = re.compile(r"\b(?:allerg(?:ic|y) (?:to|reaction to)|allergies to|anaphylaxis (?:to|from|after))\s+(?P<what>[\w-]+(?: (?:drugs?|antibiotics?|allergy))?)|\b(?P<what2>[\w-]+) allergy\b", re.IGNORECASE)  # fmt: skip
_TAKES = re.compile(
    r"\b(?:(?:who is|who are|is|are|am|i'm|she's|he's|patients?|already|currently|also|while|when|if|woman|man|mother|father) (?:\w+ )?(?:on|taking|receiving|treated with|takes?)|(?:while|when) (?:on|taking|using)|(?:also|already) (?:take|takes)|(?:on|with) concomitant|together with|co-?administered with|in combination with)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_FEMALE = frozenset({Trait.PREGNANT, Trait.BREASTFEEDING, Trait.MENOPAUSE})
# What a drug does, not what a patient has: "can it cause kidney failure", "to prevent pregnancy".
_DOES = re.compile(
    r"\b(?:caus\w+|leads? to|damag\w+|harm\w*|hurts?|risks? of|prevent\w*|induc\w+|worsen\w*|slow\w*|protect\w*|treat\w*)\b"
    r"[^?.]{0,30}$",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\b(?:i|i'm|i am|me|my|she|he|her|his|him|myself|this (?:patient|woman|man|lady|child)|an? (?:[\w-]+ ){0,3}?(?:patient|woman|man|lady|"
    r"girl|boy|child|infant|baby|mother|father|person)|\d+[ -]?(?:year|yr|month)s?[ -]?old|the patient)\b",
    re.IGNORECASE,
)
_NOT_ALLERGENS = frozenset({"seasonal", "an", "the", "any", "drug", "food", "severe", "known", "is", "it", "what"})


def constraints_of(
    text: str, mentions: Sequence[DrugMention] = (), *, has_subject: bool = False
) -> tuple[Constraint, ...]:
    """Return what the text states about the patient, each trait once, in the order of `Trait`.

    "On warfarin" is a trait only beside the drug that is asked about: another one in the text, or
    one that the conversation is about already (`has_subject`).
    """
    found = [*_flags(text), *_figures(text), *_events(text), *_allergies(text)]
    if len(mentions) > 1 or has_subject:
        found += _other_drugs(text, mentions)
    traits = {one.trait for one in found}
    sexes = {one.what for one in found if one.trait is Trait.SEX}
    if len(sexes) > 1 or ("female" in sexes and traits & _FEMALE):
        found = [one for one in found if one.trait is not Trait.SEX]
    everybody = _PERSONAL.search(text) is not None
    found = [replace(one, personal=True) if everybody or one.is_exact else one for one in found]
    return merged((), found)


def merged(before: Iterable[Constraint], now: Iterable[Constraint]) -> tuple[Constraint, ...]:
    """Return both, a later statement in place of an earlier one about the same thing, in the order of `Trait`."""
    kept: dict[tuple[Trait, str], Constraint] = {}
    for constraint in (*before, *now):
        kept[constraint.slot] = constraint
    order = {trait: n for n, trait in enumerate(Trait)}
    return tuple(sorted(kept.values(), key=lambda one: (order[one.trait], one.what)))


def comparator(words: str) -> Comparator:
    """Return the comparator that a phrase states ("at least", "<"), IS where it states none."""
    for pattern, meaning in _COMPARE:
        if pattern.search(words.lower()):
            return meaning
    return Comparator.IS


def _figures(text: str) -> list[Constraint]:
    found = []
    taken: list[range] = []
    for m in _KIDNEY.finditer(text):
        what = "eGFR" if "gfr" in m["what"].lower() else "CrCl"
        upper = float(m["upper"]) if m["upper"] else None
        words, sign = " ".join(_FILLS.sub(" ", m.group()).split()), comparator(m["sign"])
        found.append(Constraint(Trait.KIDNEY, words, what, sign, float(m["value"]), "mL/min", upper))
        taken.append(range(*m.span()))
    for m in _STAGE.finditer(text):
        stage = (m[1] or m[2]).lower()
        found.append(Constraint(Trait.KIDNEY, f"CKD stage {stage}", "stage", Comparator.IS, float(stage[0]), ""))
    for m in _CHILD_PUGH.finditer(text):
        found.append(Constraint(Trait.LIVER, f"Child-Pugh {m[1].upper()}", f"Child-Pugh {m[1].upper()}"))
    for m in _AGE.finditer(text):
        value = m["value"] or m["value2"] or m["value3"]
        unit = (m["unit"] or m["unit3"] or "years").lower().rstrip("s")
        unit = {"yr": "year", "yo": "year", "y/o": "year"}.get(unit, unit) + "s"
        if (unit == "years" and float(value) > 120) or any(m.start() in span for span in taken):
            continue
        words = " ".join(m.group().split())
        sign = comparator(m["bound"] or "")
        found.append(Constraint(Trait.AGE, words, "", sign, float(value), unit))
    for m in _WEIGHT.finditer(text):
        unit = "kg" if m["unit"].lower().startswith("k") else "lb"
        found.append(Constraint(Trait.WEIGHT, " ".join(m.group().split()), "", Comparator.IS, float(m["value"]), unit))
    return found


def _flags(text: str) -> list[Constraint]:
    found = []
    for trait, what, said, pattern in _FLAGS:
        m = pattern.search(text)
        if m is not None and not _DOES.search(text[: m.start()]):
            found.append(Constraint(trait, said, what))
    return found


def _events(text: str) -> list[Constraint]:
    found = []
    for m in _EVENT.finditer(text):
        when = " ".join((m["when"] or "").split())
        ago = _AGO.search(when)
        value = None if ago is None else _WORDS.get(ago[1]) or (float(ago[1]) if ago[1].isdigit() else None)
        unit = "" if ago is None else ago[2].rstrip("s") + "s"
        sign = Comparator.AT_MOST if when.startswith(("within", "in the")) else Comparator.IS
        found.append(Constraint(Trait.EVENT, f"{m['what']} {when}".strip(), m["what"], sign, value, unit))
    return found


def _allergies(text: str) -> list[Constraint]:
    found = []
    for m in _ALLERGY.finditer(text):
        what = (m["what"] or m["what2"]).lower()
        if what not in _NOT_ALLERGENS:
            found.append(Constraint(Trait.ALLERGY, f"{what} allergy", what))
    return found


def _other_drugs(text: str, mentions: Sequence[DrugMention]) -> list[Constraint]:
    """Return the drugs that the patient is said to take besides the one asked about."""
    return [
        Constraint(Trait.TAKES, mention.label, " + ".join(mention.bases))
        for mention in mentions
        if _TAKES.search(text[max(0, mention.start - 60) : mention.start])
    ]
