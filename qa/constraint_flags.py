"""Traits that a question states without a figure: pregnancy, sex, menopause, what an organ does no longer."""

# ruff: noqa: E501 (one pattern a line)

import re

from qa.constraint import Constraint, Trait

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
# What a drug does, not what a patient has: "can it cause kidney failure", "to prevent pregnancy".
_DOES = re.compile(
    r"\b(?:caus\w+|leads? to|damag\w+|harm\w*|hurts?|risks? of|prevent\w*|induc\w+|worsen\w*|slow\w*|protect\w*|treat\w*)\b"
    r"[^?.]{0,30}$",
    re.IGNORECASE,
)


def flags(text: str) -> list[Constraint]:
    found = []
    for trait, what, said, pattern in _FLAGS:
        m = pattern.search(text)
        if m is not None and not _DOES.search(text[: m.start()]):
            found.append(Constraint(trait, said, what))
    return found
