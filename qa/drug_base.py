"""The base of a drug name: what is left of it without salt, hydrate, biosimilar suffix and spelling of acids.

A printed name may combine several drugs, and say in which form and strength: "Acetaminophen and Codeine Phosphate
Oral Solution", "bupropion hcl 300mg".
"""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")

# Counter-ions, esters and hydrates: "alendronate sodium", "mometasone furoate", "amoxicillin trihydrate".
_SALTS = frozenset(
    "acetate aceponate anhydrous arginine axetil benzoate besilate bicarbonate besylate bitartrate bromide "
    "buteprate butyrate calcium camsylate carbonate chloride cilexetil citrate cypionate decanoate diacetate "
    "diethanolamine difumarate dihydrate dihydrochloride dimeglumine dipotassium dipropionate disodium edisylate "
    "enanthate erbumine esylate ethylsuccinate etabonate etexilate fumarate furoate gluceptate gluconate hcl "
    "hemifumarate hemihydrate hippurate hyclate hydrate hydrobromide hydrochloride hydrogen hydroiodide iodide "
    "isethionate lactate lactobionate lysine magnesium malate maleate medoxomil meglumine mesilate mesylate "
    "mofetil monohydrate monosodium napsylate nitrate olamine oxalate palmitate pamoate phosphate pivalate "
    "potassium propionate proxetil sodium stearate succinate sulfate sulphate tannate tartrate tosylate "
    "trihydrate trisodium tromethamine undecanoate valerate xinafoate human salmon recombinant usp".split()
)
# Where the first word is one of these, the second is what tells the drug: "calcium carbonate", "ferrous sulfate".
_ELEMENTS = frozenset(
    "aluminium aluminum ammonium barium bismuth calcium chromium copper cupric cobalt ferric ferrous gold iron "
    "magnesium manganese potassium selenium silver sodium stannous strontium technetium zinc hydrogen".split()
)
_BIOLOGIC_END = re.compile(r"(?:mab|cept|stim|ase|kin|tide|alfa|beta|glargine|aspart|lispro|poetin|plasmin|toxina?)$")
_SUFFIX = re.compile(r"[a-z]{4}")
_NOT_SUFFIX = frozenset({"alfa", "beta", "acid", "zinc"})
# Dosage forms, ways of giving and of releasing, and units: what a printed name adds to the drug.
_FORMS = frozenset(
    "tablet tablets tab tabs caplet caplets capsule capsules cap caps pill pills softgel softgels injection injections "
    "injectable shot shots pen pens syringe syringes vial vials patch patches system cream creams gel gels ointment "
    "lotion foam suspension solution syrup elixir liquid drops spray aerosol inhaler inhalation powder granules "
    "suppository suppositories lozenge lozenges chewable kit oral topical transdermal ophthalmic otic nasal rectal "
    "vaginal intravenous intramuscular subcutaneous extended delayed sustained controlled immediate modified release "
    "er xr sr cr xl la dr ec ir odt im iv film coated enteric".split()
)
_STRENGTH = re.compile(
    r"\b\d*[.,]?\d+ ?(?:mg|mcg|g|ml|iu|units?|meq|%)(?![^\W_])(?:/\d*[.,]?\d* ?(?:mg|ml|g|l)\b)?|%", re.I
)
_JOINED = re.compile(r"\s*[+;/&,]\s*(?:and\s+)?|\s+(?:and|with|plus)\s+", re.IGNORECASE)


def words(name: str) -> list[str]:
    """Return the letters-and-digits runs of a name in lower case: what two spellings of it share."""
    return _WORD.findall(name.lower())


@lru_cache(maxsize=65_536)
def base(name: str) -> str:
    """Return the name under which all forms of one drug meet.

    "Alendronate Sodium", "alendronic acid" → "alendronate"; "romosozumab-aqqg" → "romosozumab";
    "calcium carbonate" stays. A name without letters or digits gives "".
    """
    parts = words(name)
    if len(parts) > 1 and _SUFFIX.fullmatch(parts[-1]) and parts[-1] not in _NOT_SUFFIX and _biologic(parts[-2]):
        parts.pop()
    while len(parts) > 1 and parts[-1] in _SALTS and parts[0] not in _ELEMENTS:
        parts.pop()
    if len(parts) == 2 and parts[1] == "acid" and parts[0].endswith("ic"):
        parts = [parts[0][:-2] + "ate"]
    return " ".join(parts)


@lru_cache(maxsize=65_536)
def ingredients(name: str) -> tuple[str, ...]:
    """Return the bases of the drugs that a printed name combines, each once, in its order.

    "Acetaminophen and Codeine Phosphate Tablets" → ("acetaminophen", "codeine"); form and strength are left out,
    but never the first word of a part. A name of one drug gives one base, one without letters or digits none.
    """
    parts = (_formless(part) for part in _JOINED.split(_STRENGTH.sub(" ", name)))
    return tuple(dict.fromkeys(key for part in parts if part and (key := base(part))))


def _formless(part: str) -> str:
    """Return the words of a part without those of form; "" where it is nothing else."""
    found = words(part)
    kept = [word for at, word in enumerate(found) if at == 0 or word not in _FORMS]
    return "" if len(kept) == 1 and kept[0] in _FORMS else " ".join(kept)


def _biologic(word: str) -> bool:
    return _BIOLOGIC_END.search(word) is not None
