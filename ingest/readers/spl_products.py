"""The products that a label is for: brand names, active ingredients, how they are marketed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.readers.plain import plain
from ingest.readers.xml import local_name

_SEVERAL = re.compile(r"\band\b|[,/;&+]", re.IGNORECASE)
_ACTIVE_CODES = ("ACTIB", "ACTIM", "ACTIR")
_APPLICATION = "2.16.840.1.113883.3.150"


@dataclass(frozen=True, slots=True)
class Products:
    """What a label is for.

    `names` and `ingredients` are as printed in the product data; `brands` are the names that name no
    ingredient; `drugs` are moieties, ingredients and generic names in lower case. `marketing` are the
    categories ("NDA", "unapproved homeopathic"), `applications` their numbers ("NDA020702").
    """

    names: tuple[str, ...]
    ingredients: tuple[str, ...]
    brands: tuple[str, ...]
    drugs: tuple[str, ...]
    marketing: tuple[str, ...]
    applications: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Product:
    names: list[str]
    moieties: list[str]
    ingredients: list[str]
    generics: list[str]


def products(root: etree._Element, title: str) -> Products:
    """Return what the product data of a label say.

    Of a kit, parts that the title does not name ("alcohol swabs" beside the drug) are left out
    where it names others.
    """
    subjects = list(root.iterfind(".//{*}section/{*}subject/{*}manufacturedProduct"))
    found = [_product(element) for subject in subjects for element in _medicines(subject)]
    named = [product for product in found if _is_named(product, title.casefold())]
    if any(next(subject.iterfind(".//{*}part"), None) is not None for subject in subjects):
        found = named or found
    drugs = distinct(
        name.lower()
        for part in ("moieties", "ingredients", "generics")
        for product in found
        for name in getattr(product, part)
    )
    names = distinct(name for product in found for name in product.names)
    approvals = [approval for subject in subjects for approval in subject.iterfind("{*}subjectOf/{*}approval")]
    return Products(
        names=names,
        ingredients=distinct(name for product in found for name in product.ingredients),
        brands=tuple(name for name in names if name.lower() not in drugs),
        drugs=drugs,
        marketing=distinct(code.get("displayName") or "" for a in approvals for code in a.iterfind("{*}code")),
        applications=distinct(
            identifier.get("extension") or ""
            for approval in approvals
            for identifier in approval.iterfind("{*}id")
            if identifier.get("root") == _APPLICATION
        ),
    )


def _medicines(subject: etree._Element) -> Iterator[etree._Element]:
    """Yield the product descriptions of a subject, those of a kit's parts included."""
    for element in subject.iterdescendants("{*}manufacturedProduct", "{*}manufacturedMedicine", "{*}partProduct",
                                           "{*}partMedicine"):  # fmt: skip
        if local_name(element.getparent()) in ("manufacturedProduct", "part"):
            yield element


def _product(element: etree._Element) -> _Product:
    names = [name for printed in element.iterfind("{*}name") for name in _names(printed)]
    generics = [_text(name) for name in element.iterfind("{*}asEntityWithGeneric/{*}genericMedicine/{*}name")]
    ingredients: list[str] = []
    moieties: list[str] = []
    for ingredient in element.iterfind("{*}ingredient"):
        if ingredient.get("classCode") in _ACTIVE_CODES:
            substances = list(ingredient.iterfind("{*}ingredientSubstance"))
            _substances(substances, ingredients, moieties)
    _substances(element.iterfind("{*}activeIngredient/{*}activeIngredientSubstance"), ingredients, moieties)
    # Where the ingredients are listed, neither "Avobenzone and Octocrylene" nor the brand repeated is another one.
    brands = {name.casefold() for name in names} - {name.casefold() for name in (*ingredients, *moieties)}
    if ingredients:
        generics = [name for name in generics if not _SEVERAL.search(name) and name.casefold() not in brands]
    return _Product(names, moieties, ingredients, generics)


def _substances(found: Iterable[etree._Element], ingredients: list[str], moieties: list[str]) -> None:
    """Add names of substances, and of their moieties where the substance's name holds the moiety's.

    Methyl salicylate is no salicylic acid to a reader, but diphenhydramine hydrochloride is diphenhydramine.
    """
    for substance in found:
        name = _text(substance.find("{*}name"))
        ingredients.append(name)
        for moiety in substance.iterfind("{*}activeMoiety/{*}activeMoiety/{*}name"):
            if _text(moiety).casefold() in name.casefold():
                moieties.append(_text(moiety))


def _names(element: etree._Element) -> list[str]:
    """Return the name, and the name with its suffix where it has one: "TRIAMINIC" and "TRIAMINIC Night Time"."""
    name = plain(element.text or "")
    suffix = " ".join(_text(child) for child in element)
    return [name, plain(f"{name} {suffix}")]


def _is_named(product: _Product, title: str) -> bool:
    return any(name and name.casefold() in title for name in (*product.names, *product.moieties, *product.generics))


def _text(element: etree._Element | None) -> str:
    return "" if element is None else plain("".join(map(str, element.itertext())))


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return names in their first spelling and order, without blanks and repetitions."""
    kept: dict[str, str] = {}
    for name in names:
        if name:
            kept.setdefault(name.casefold(), name)
    return tuple(kept.values())
