"""Where a section stands in a drug label, whatever its format: by its title, its LOINC code, its number, its parents.

Three formats meet here: labels with the numbered sections of 21 CFR 201.57, older ones with the unnumbered
headings of 201.80, and over-the-counter Drug Facts (201.66). Subsections mostly carry the code of "unclassified",
so a section's place comes from its whole heading path.
"""

# ruff: noqa: E501 (one row a line)

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache


class Slot(StrEnum):
    """A place in a drug label."""

    BOXED = "boxed warning"
    INDICATIONS = "indications and usage"
    DOSAGE = "dosage and administration"
    FORMS = "dosage forms and strengths"
    CONTRAINDICATIONS = "contraindications"
    WARNINGS = "warnings and precautions"
    PRECAUTIONS = "precautions"
    ASK_DOCTOR = "ask a doctor"
    WHEN_USING = "when using"
    STOP_USE = "stop use"
    ADVERSE = "adverse reactions"
    INTERACTIONS = "drug interactions"
    POPULATIONS = "use in specific populations"
    PREGNANCY = "pregnancy"
    LACTATION = "lactation"
    REPRODUCTIVE = "females and males of reproductive potential"
    PEDIATRIC = "pediatric use"
    GERIATRIC = "geriatric use"
    RENAL = "renal impairment"
    HEPATIC = "hepatic impairment"
    ABUSE = "drug abuse and dependence"
    OVERDOSAGE = "overdosage"
    DESCRIPTION = "description"
    ACTIVE = "active ingredient"
    INACTIVE = "inactive ingredient"
    PHARMACOLOGY = "clinical pharmacology"
    MECHANISM = "mechanism of action"
    PHARMACODYNAMICS = "pharmacodynamics"
    PHARMACOKINETICS = "pharmacokinetics"
    NONCLINICAL = "nonclinical toxicology"
    STUDIES = "clinical studies"
    SUPPLY = "how supplied"
    STORAGE = "storage and handling"
    COUNSELING = "patient counseling information"
    GUIDE = "medication guide"
    TESTS = "laboratory tests"
    PRODUCT = "product data"
    DISPLAY = "principal display panel"
    CHANGES = "recent major changes"
    REFERENCES = "references"


# (slot, LOINC codes, number in the numbered format, what its title says)
_ROWS: tuple[tuple[Slot, str, str, str], ...] = (
    (Slot.BOXED, "34066-1", "", r"boxed warning|warning: .*|warning"),
    (Slot.INDICATIONS, "34067-9 55105-1 50745-9 69719-3", "1", r"indications?(?: (?:and|&) usage)?|uses?|purpose|health claim"),
    (
        Slot.DOSAGE,
        "34068-7 60562-6",
        "2",
        r"dosage (?:and|&) ad?mini?stration(?: section)?|dosage and aministration|directions(?: for use)?|administration(?: information)?|reconstitution",
    ),
    (Slot.FORMS, "43678-2", "3", r"dosage forms?(?: (?:and|&) strengths?)?"),
    (Slot.CONTRAINDICATIONS, "34070-3 50570-1", "4", r"contraindications?|do not use.*"),
    (Slot.WARNINGS, "43685-7 34071-1 54433-8", "5", r"warnings?(?: (?:and|&) precautions?)?|warnings"),
    (Slot.PRECAUTIONS, "42232-9 34072-9", "", r"(?:general )?precautions"),
    (Slot.ASK_DOCTOR, "50569-3 50568-5", "", r"ask (?:a )?doctor.*"),
    (Slot.WHEN_USING, "50567-7", "", r"when using.*"),
    (Slot.STOP_USE, "50566-9", "", r"stop use.*"),
    (Slot.ADVERSE, "34084-4 90374-0 90375-7 69759-9", "6", r"adverse (?:drug )?(?:reactions?|events?|effects?)|side effects|clinical trials? experience|post-?marketing experience"),
    (Slot.INTERACTIONS, "34073-7 34074-5", "7", r"(?:drug(?:[ /-]drug)? )?interactions?|drug[ /](?:& or )?laboratory test interactions"),
    (Slot.POPULATIONS, "43684-0", "8", r"(?:use in )?(?:specific|special) populations?"),
    (Slot.PREGNANCY, "42228-7 34077-8 34078-6 53414-9", "8.1", r"pregnancy.*|teratogenic effects|if pregnant.*|labor (?:and|or) delivery"),
    (Slot.LACTATION, "77290-5 34080-2", "8.2", r"lactation|nursing mothers|breast-?feeding"),
    (Slot.REPRODUCTIVE, "77291-3", "8.3", r"females and males of reproductive potential"),
    (Slot.PEDIATRIC, "34081-0", "8.4", r"pa?ediatric (?:use|patients).*"),
    (Slot.GERIATRIC, "34082-8", "8.5", r"geriatric (?:use|patients)"),
    (Slot.RENAL, "88828-9", "", r"(?:patients with )?(?:renal impairment|impaired renal function|renal insufficiency)|(?:patients with )?renal (?:and|or) hepatic impairment"),
    (Slot.HEPATIC, "88829-7", "", r"(?:patients with )?(?:hepatic impairment|impaired hepatic function|hepatic insufficiency)"),
    (Slot.ABUSE, "42227-9 34085-1 34086-9 34087-7", "9", r"drug abuse (?:and|&) dependence|abuse|dependence|controlled substance"),
    (Slot.OVERDOSAGE, "34088-5", "10", r"over-?dos(?:age|e)"),
    (Slot.DESCRIPTION, "34089-3 69718-5", "11", r"description"),
    (Slot.ACTIVE, "55106-9", "", r"active ingredients?.*"),
    (Slot.INACTIVE, "51727-6", "", r"(?:inactive|other) ingredients?.*"),
    (Slot.PHARMACOLOGY, "34090-1", "12", r"clinical pharmacology|pharmacology"),
    (Slot.MECHANISM, "43679-0", "12.1", r"mechanism of action"),
    (Slot.PHARMACODYNAMICS, "43681-6", "12.2", r"pharmacodynamics?"),
    (Slot.PHARMACOKINETICS, "43682-4", "12.3", r"pharmacokinetics?(?: .*)?|absorption|distribution|metabolism|elimination|excretion"),
    (Slot.NONCLINICAL, "43680-8 34083-6 34091-9", "13", r"nonclinical toxicology|carcinogenesis.*|animal .*toxicology.*"),
    (Slot.STUDIES, "34092-7", "14", r"clinical (?:studies|trials)(?: section)?"),
    (Slot.SUPPLY, "34069-5", "16", r"how supplied.*|packag(?:ing|er).*"),
    (Slot.STORAGE, "44425-7 50741-8 69762-3", "", r"(?:how should i store.*|storage(?: (?:and|&) handling)?)"),
    (Slot.COUNSELING, "34076-0 88436-1", "17", r"(?:patient counseling |consumer )?information(?: for (?:the )?patients?.*)?|patient counseling information"),
    (Slot.GUIDE, "42231-1 42230-3 68498-5 59845-8 53413-1", "", r"medication guide.*|patient information.*|patient'?s? instructions.*|instructions for use|questions.*|other informat?i?on"),
    (Slot.TESTS, "34075-2", "", r"laboratory tests"),
    (Slot.PRODUCT, "48780-1", "", r"ingredients and appearance|product characteristics|spl product data elements"),
    (Slot.DISPLAY, "51945-4", "", r"(?:principal disp\w+ panel|package[ /.]label).*|label"),
    (Slot.CHANGES, "43683-2", "", r"recent major changes"),
    (Slot.REFERENCES, "34093-5", "15", r"references"),
)  # fmt: skip

CODES: dict[Slot, tuple[str, ...]] = {slot: tuple(codes.split()) for slot, codes, _, _ in _ROWS}
_BY_CODE = {code: slot for slot, codes, _, _ in _ROWS for code in codes.split()}
_BY_NUMBER = {number: slot for slot, _, number, _ in _ROWS if number}
_BY_TITLE = [(slot, re.compile(title)) for slot, _, _, title in _ROWS]
_PARENT = {
    Slot.PREGNANCY: Slot.POPULATIONS, Slot.LACTATION: Slot.POPULATIONS, Slot.REPRODUCTIVE: Slot.POPULATIONS,
    Slot.PEDIATRIC: Slot.POPULATIONS, Slot.GERIATRIC: Slot.POPULATIONS, Slot.RENAL: Slot.POPULATIONS,
    Slot.HEPATIC: Slot.POPULATIONS, Slot.MECHANISM: Slot.PHARMACOLOGY, Slot.PHARMACODYNAMICS: Slot.PHARMACOLOGY,
    Slot.PHARMACOKINETICS: Slot.PHARMACOLOGY,
}  # fmt: skip
_LEADING_NUMBER = re.compile(r"^\s*\(?(?:\d+(?:\.\d+)*|[ivx]+)[.)]?\s+", re.IGNORECASE)
_DOTTED = re.compile(r"(\d{1,2})(\.\d+)")
# A subsection with one of these is only what its parent makes of it: "4.3 Pregnancy" under Contraindications.
_OF_ITS_PARENT = frozenset(
    {Slot.CONTRAINDICATIONS, Slot.INTERACTIONS, Slot.COUNSELING, Slot.STUDIES, Slot.DOSAGE, Slot.WARNINGS}
)


@lru_cache(maxsize=16_384)
def slots(code: str, number: str, heading: Sequence[str]) -> tuple[Slot, ...]:
    """Return the places a section stands in, its own first, then those of what it lies under; () where unknown.

    `heading` is the path of titles, outermost first, as a tuple; its last is the section's own.
    """
    titles = [_by_title(title) for title in heading]
    own = titles[-1] if titles else None
    own = own or _BY_CODE.get(code)
    outer = [slot for slot in titles[:-1] if slot is not None]
    dotted = _DOTTED.fullmatch(number)
    if dotted and not outer:
        top = _BY_NUMBER.get(dotted[1])
        outer = [top] if top else []
    if own is None and dotted:
        own = _BY_NUMBER.get(number) if not outer or outer[0] is Slot.POPULATIONS else None
    if own is not None and outer and outer[0] in _OF_ITS_PARENT and own in _PARENT:
        own = None
    found = [own] if own else []
    if own in _PARENT:
        found.append(_PARENT[own])
    return tuple(dict.fromkeys([*found, *reversed(outer)]))


def _by_title(title: str) -> Slot | None:
    plain = _LEADING_NUMBER.sub("", " ".join(title.lower().split())).strip(" :.")
    for slot, pattern in _BY_TITLE:
        if pattern.fullmatch(plain):
            return slot
    return None
