"""Fields of openFDA's drug label records: which label section each one holds, and how its text begins."""

import re
from dataclasses import dataclass

from ingest.readers.loinc import UNCLASSIFIED, code_of, title_of

NOT_SECTIONS = frozenset(("spl_product_data_elements", "spl_indexing_data_elements", "set_id", "id", "version"))

# Fields whose name is not the section's title.
_CODES = {
    "animal_pharmacology_and_or_toxicology": "34091-9",
    "ask_doctor": "50569-3",
    "ask_doctor_or_pharmacist": "50568-5",
    "drug_and_or_laboratory_test_interactions": "34074-5",
    "information_for_owners_or_caregivers": "50744-2",
    "instructions_for_use": "59845-8",
    "keep_out_of_reach_of_children": "50565-1",
    "package_label_principal_display_panel": "51945-4",
    "pregnancy_or_breast_feeding": "53414-9",
    "spl_medguide": "42231-1",
    "spl_patient_package_insert": "42230-3",
    "spl_unclassified_section": UNCLASSIFIED,
    "stop_use": "50566-9",
    "warnings": "34071-1",
    "warnings_and_cautions": "43685-7",
    "when_using": "50567-7",
}
# Titles that begin a sentence ("Do not use if pregnant", "Stop use and ask a doctor if …") stay in the text,
# and so does that of a boxed warning: where it ends in a text without markup cannot be known.
_SENTENCES = frozenset(
    ("50570-1", "50569-3", "50568-5", "50567-7", "50566-9", "53414-9", "50565-1", "34066-1", "51945-4")
)
# No subsection has one of these names: "2.6 Dosage Modifications" only begins with it.
_OUTERMOST = frozenset(
    """34066-1 34067-9 34068-7 43678-2 34070-3 43685-7 34071-1 34084-4 34073-7 43684-0 42227-9 34088-5 34089-3
    34090-1 43680-8 34092-7 34069-5 34076-0""".split()
)
_USE_IS_A_TITLE = re.compile(r"(?:temporarily|helps?|relieves|treats|prevents|reduces)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.? (?=[A-Z])")
_LONGEST_TITLE_WORDS = 10


@dataclass(frozen=True, slots=True)
class Opening:
    """How a field's text begins: the publisher's number, the title as printed, and the text after both."""

    number: str
    title: str
    text: str


def code_of_field(name: str) -> str:
    """Return the LOINC code of a field's section, "" where it has none that is known here."""
    return _CODES.get(name) or code_of(name.replace("_", " "))


def title_of_field(name: str) -> str:
    """Return the standing title of a field's section; "" for unclassified ones."""
    code = code_of_field(name)
    if code == UNCLASSIFIED:
        return ""
    return title_of(code) if code else name.replace("_", " ").strip().capitalize()


def opening(text: str, code: str) -> Opening:
    """Return number and title that stand in front of a section's text, where they are beyond doubt.

    A title is the longest beginning that is a standard title: of the section with this code, or, where
    none is given, of a subsection, and followed by a capital. A number counts before such a title, or
    where it has a dot ("12.3 …").
    """
    match = _NUMBER.match(text)
    number, rest = (match[1], text[match.end() :]) if match else ("", text)
    title = _title(rest, code)
    if number and not title and "." not in number:
        return Opening("", "", text)
    if not title or (code or code_of(title)) in _SENTENCES:
        return Opening(number, "", rest)
    return Opening(number, title, rest[len(title) :].lstrip(" :"))


def _title(text: str, code: str) -> str:
    words = text.split(" ", _LONGEST_TITLE_WORDS)[:_LONGEST_TITLE_WORDS]
    for count in range(len(words), 0, -1):
        title = " ".join(words[:count])
        found = code_of(title)
        after = text[len(title) :].strip()
        if not found or (code and found != code) or not after or after.startswith("("):
            continue
        if not code and (found in _OUTERMOST or not after[0].isupper()):
            continue
        if title.casefold() == "use" and not _USE_IS_A_TITLE.match(after):
            continue
        return title
    return ""


# The order of a label: prescription labels by number, over-the-counter labels as Drug Facts are printed.
_ORDER = """
    34066-1 55106-9 55105-1 34067-9 34068-7 43678-2 34070-3 43685-7 34071-1 50741-8 50570-1 50569-3 50568-5 50567-7
    50566-9 53414-9 50565-1 42232-9 34072-9 34084-4 34073-7 34074-5 34075-2 43684-0 42228-7 34077-8 34078-6 34079-4
    34080-2 34081-0 34082-8 42227-9 34085-1 34086-9 34087-7 34088-5 34089-3 34090-1 43679-0 43681-6 43682-4 49489-8
    66106-6 43680-8 34083-6 34091-9 34092-7 34093-5 34069-5 44425-7 60561-8 51727-6 53413-1 34076-0 42231-1 42230-3
    68498-5 59845-8
""".split()


def place(code: str) -> tuple[int, str]:
    """Return what sorts sections into the order of a label; package labels and what has no place come last."""
    return (_ORDER.index(code), code) if code in _ORDER else (len(_ORDER) + (code == "51945-4"), code)
