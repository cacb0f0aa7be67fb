"""Words that are drug names in a dictionary and something else in most sentences."""

# ruff: noqa: E501 (tables of words)

import re

# Nutrients, elements, the body's own substances, foods, reagents: drugs only where a sentence means them so.
EVERYDAY = frozenset(
    words.strip()
    for words in """
    air, albumin, alcohol, aloe, amino acids, ammonia, antigen, apelin, arachidonic acid, banana, bile acid, biotin,
    bisphenol a, blood, bone, butter, caffeine, calcium, camphor, carbon dioxide, carbon monoxide, carotene, casein,
    castor oil, cgrp, charcoal, chlorine, chocolate, cholesterol, chromium, cinnamon, cocaine, cocoa, coffee, collagen,
    copper, corn, cortisol, creatine, creatinine, cysteine, cytidine, dopamine, dust, edta, egg, elastin, endothelin 1,
    estradiol level, estrogen, estrogens, ethanol, fat, fiber, fibre, fibrin, fibrinogen, fibronectin, fish, fish oil,
    flavin, fluoride, folate, folic acid, formaldehyde, gaba, gapdh, garlic, gelatin, ghrelin, ginger, gluten,
    glucose, glutamate, glutathione, glycerin, glycine, gold, grapefruit, grapefruit juice, growth hormone, heme,
    hemoglobin, histamine, honey, hormone, house dust, hydrogen, iodide, iodine, iron, juice, lactate, lactose,
    lactotransferrin, latex, lavender oil, lead, leptin, lipase, magnesium, manganese, menthol, mercury, milk,
    mustard, nadph, nickel, nicotine, nitrogen, nk cells, oil, olive oil, omega 3, onion, opium, oxygen, ozone, pancreatic lipase, peanut,
    pepper, peppermint, phosphate, phosphorus, plasminogen, pollen, potassium, pre exposure prophylaxis, progesterone, protein, rice, royal jelly,
    saccharomyces cerevisiae, salt, selenium, serine, serotonin, silver, soap, sodium, somatostatin, soy, soybean, starch,
    strawberry, sugar, sulfur, sunscreen, talc, tar, tea, testosterone level, thyroid, tobacco, tomato, turmeric, tyrosine, urea, uric acid, uridine,
    vasopressin, vinegar, vitamin, vitamin a, vitamin b, vitamin b12, vitamin c, vitamin d, vitamin d3, vitamin e,
    vitamin k, vitamins, water, wheat, yeast, zinc, homoserine lactone, calcitonin gene related peptide, kisspeptin,
    phosphoenolpyruvate, selenocysteine, fructose, sucrose, cellulose, melanin, keratin, adenosine triphosphate, insulin level
    """.replace("\n", " ").split(",")
    if words.strip()
)
# Ordinary words that brands are made of: a brand only with a capital letter inside a sentence.
ORDINARY = frozenset(
    "action active advance aim alert all allergy always balance balm basic best bold calm care change chest child children clear "
    "cold comfort complete cool cough cream daily day defense detox drops ease effect emotion energy essential even ever "
    "extra eye face fast fever first flow flu focus force formula free fresh gel gentle glow gold good green hair hand happy "
    "head health heart heat help herbal high home hope ice immune itch joint kids kidney life lift light liver lotion "
    "lung man max medicine men mental mind mist mood muscle natural nerve new night now one pain patch peace plus power "
    "pro protect pure rapid ready rebalancer recovery relax relief repair rescue rest restore safe sense shield simple "
    "sinus skin sleep smooth soft solution soothe sore spray start stress strong sun support total touch travel ultra "
    "vein vital warm wart wash weight well white woman women wound yes young zen bridge arch frame freedom label drug facts".split()
)
# Names of four letters or fewer that are drugs however they are written.
SHORT_NAMES = frozenset({"apap", "axid", "dhea", "dmso", "hctz", "isdn", "ismn", "qvar"})

_AFTER = re.compile(
    r"\s*(?:supplement\w*|tablets?|capsules?|pills?|infusions?|injections?|replacement|therapy|gel|patch(?:es)?|cream|"
    r"drops|chewables?|syrup|\d+(?:\.\d+)?\s*(?:mg|mcg|µg|g|iu|units?)\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:\b(?:take|takes|taking|took|prescribed?|prescribing|supplement(?:al|ary|ing)?|dos(?:e|es|age|ing) (?:of|for)|"
    r"side effects? (?:of|from)|overdose (?:of|on)|contraindicat\w+ (?:of|to|for)|interact\w* (?:of|with))\s+"
    r"|^\W*(?:what is|what are|tell me about)\s+)$",
    re.IGNORECASE,
)


def is_meant(text: str, start: int, end: int) -> bool:
    """Return whether the everyday word at [start, end) is spoken of as a medicine, going by its neighbours."""
    return _AFTER.match(text, end) is not None or _BEFORE.search(text[max(0, start - 60) : start]) is not None


def stands_out(text: str, start: int) -> bool:
    """Return whether the word at `start` has a capital letter that its place in the sentence does not explain."""
    return text[start].isupper() and text[:start].rstrip(" \"'“(")[-1:] not in ("", ".", "?", "!", ":")
