"""The general dictionary of drug names: exported once at set-up, read in milliseconds ever after.

The names come from the package `drug-named-entity-recognition`, which takes two seconds to load; only
what is a medicine is taken over (its dictionary holds enzymes, receptors and reagents as well).
"""

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from corpus.errors import NotReady
from qa.drug_base import base, words
from qa.drug_brands import brands

FORMAT = "curbside.drug-names/1"
PACKAGE = "drug-named-entity-recognition"
FILE_NAME = "drug-names.json"
MAX_WORDS = 5
_NAME = re.compile(r"[^\W\d_]{3,}")
_MEDICINE = ("drugbank_id", "medline_plus_id", "nhs_url")


@dataclass(frozen=True, slots=True)
class DrugNames:
    """Names of medicines in general.

    `bases` leads from a name (words joined by spaces) to its drugs' base names, `shown` from a base
    name to the name it is printed under, `starts` from the first word of a name of several words to
    the most words that such a name has.
    """

    bases: Mapping[str, Sequence[str]]
    shown: Mapping[str, str]
    starts: Mapping[str, int]
    source: str


NONE = DrugNames({}, {}, {}, "")


def export(folder: Path) -> Path:
    """Write the dictionary as `drug-names.json` into the folder, and return its path. Needs no network."""
    from drug_named_entity_recognition import drugs_finder

    canonical: dict[str, dict[str, object]] = drugs_finder.drug_canonical_to_data
    variants: dict[str, list[str]] = drugs_finder.drug_variant_to_canonical
    medicines = {base(name) for name, facts in canonical.items() if any(facts.get(key) for key in _MEDICINE)}
    names: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    for variant, meant in variants.items():
        parts = words(variant)
        bases = list(dict.fromkeys(key for key in map(base, meant) if key in medicines))
        if not bases or not 1 <= len(parts) <= MAX_WORDS or not any(_NAME.fullmatch(part) for part in parts):
            continue
        names.setdefault(" ".join(parts), bases)
    for name in canonical:
        key = base(name)
        plain = " ".join(words(name))
        if (
            key in medicines
            and key != plain
            and key not in canonical
            and (key not in shown or len(name) < len(shown[key]))
        ):
            shown[key] = name
    for brand, ingredients in brands().items():
        names[brand] = [base(name) for name in ingredients]
    source = f"{PACKAGE} {version(PACKAGE)}"
    body = {"format": FORMAT, "source": source, "names": names, "shown": shown, "starts": starts_of(names)}
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / FILE_NAME
    draft = target.with_suffix(f".{os.getpid()}.draft")
    draft.write_text(json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True), encoding="utf-8")
    draft.replace(target)
    return target


def starts_of(names: Iterable[str]) -> dict[str, int]:
    """Return the first word of every name of several words → the most words that such a name has."""
    starts: dict[str, int] = {}
    for name in names:
        first, _, rest = name.partition(" ")
        if rest:
            starts[first] = max(starts.get(first, 1), 2 + rest.count(" "))
    return starts


def read(path: Path) -> DrugNames:
    """Return the exported dictionary. Raises NotReady where it is missing or of another format."""
    remedy = "run `curbside setup` to write it"
    try:
        body = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise NotReady(f"the dictionary of drug names is not at {path}: {remedy}") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise NotReady(f"the dictionary of drug names at {path} cannot be read ({error}): {remedy} anew") from error
    found = body.get("format") if isinstance(body, dict) else None
    if found != FORMAT:
        raise NotReady(f"{path} is in format {found!r}, expected {FORMAT!r}: {remedy} anew")
    return DrugNames(body["names"], body["shown"], body["starts"], body["source"])
