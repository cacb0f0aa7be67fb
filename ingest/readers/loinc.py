"""LOINC codes of FDA label sections: which code a printed title stands for, and the other way round.

Codes and names are those of the FDA's section list (openFDA, CC0), with the subsections that the
labelling rule added later. Old-format, current and over-the-counter labels print the same section
under several titles; those of one row share its code. Where two codes share a title, the lower row
is the one that the title stands for.
"""

import re

BOXED_WARNING = "34066-1"
INDICATIONS = "34067-9"
DOSAGE = "34068-7"
CONTRAINDICATIONS = "34070-3"
WARNINGS = "34071-1"
WARNINGS_AND_PRECAUTIONS = "43685-7"
ADVERSE_REACTIONS = "34084-4"
DRUG_INTERACTIONS = "34073-7"
UNCLASSIFIED = "42229-5"

# Code, the name of the section, then other titles under which labels print it, separated by "|".
_TABLE = """\
34066-1|Boxed Warning|warning
34067-9|Indications and Usage|indications|uses|use|indication and usage
34068-7|Dosage and Administration|directions|dosage
43678-2|Dosage Forms and Strengths|dosage forms and strength
34070-3|Contraindications|contraindication
43685-7|Warnings and Precautions|warnings and cautions|warnings/precautions
34071-1|Warnings
42232-9|Precautions
34072-9|General Precautions
34084-4|Adverse Reactions|adverse reaction
90374-0|Clinical Trials Experience|clinical trial experience|clinical studies experience
90375-7|Postmarketing Experience|post-marketing experience|post marketing experience
34073-7|Drug Interactions
34074-5|Drug and/or Laboratory Test Interactions|drug/laboratory test interactions|drug and laboratory test interactions
34075-2|Laboratory Tests
43684-0|Use in Specific Populations|use in special populations
42228-7|Pregnancy|use in pregnancy
34077-8|Teratogenic Effects|pregnancy: teratogenic effects
34078-6|Nonteratogenic Effects
34079-4|Labor and Delivery|labor or delivery
77290-5|Lactation
34080-2|Nursing Mothers
77291-3|Females and Males of Reproductive Potential
34081-0|Pediatric Use
34082-8|Geriatric Use
88828-9|Renal Impairment
88829-7|Hepatic Impairment
42227-9|Drug Abuse and Dependence
34085-1|Controlled Substance
34086-9|Abuse
34087-7|Dependence
34088-5|Overdosage|overdose
34089-3|Description
34090-1|Clinical Pharmacology
43679-0|Mechanism of Action
43681-6|Pharmacodynamics
43682-4|Pharmacokinetics
49489-8|Microbiology
66106-6|Pharmacogenomics
88830-5|Immunogenicity
43680-8|Nonclinical Toxicology
34083-6|Carcinogenesis, Mutagenesis, Impairment of Fertility|carcinogenesis and mutagenesis and impairment of fertility
34091-9|Animal Pharmacology and/or Toxicology|animal toxicology and/or pharmacology|animal pharmacology
34092-7|Clinical Studies
34093-5|References
34069-5|How Supplied|how supplied/storage and handling|how supplied, storage and handling
44425-7|Storage and Handling|storage
88436-1|Patient Counseling Information
88437-9|How Supplied and Storage and Handling
34076-0|Patient Counseling Information|information for patients
42231-1|Medication Guide
42230-3|Patient Package Insert|patient information
68498-5|Patient Medication Information
59845-8|Instructions for Use
43683-2|Recent Major Changes
51945-4|Package Label: Principal Display Panel|principal display panel|package/label principal display panel
48780-1|SPL Product Data Elements|ingredients and appearance|product information
42229-5|SPL Unclassified
55106-9|Active Ingredient|active ingredients
51727-6|Inactive Ingredient|inactive ingredients
55105-1|Purpose|purposes
50570-1|Do Not Use
50569-3|Ask a Doctor Before Use If
50568-5|Ask a Doctor or Pharmacist Before Use If
50567-7|When Using This Product
50566-9|Stop Use and Ask a Doctor If
53414-9|If Pregnant or Breast-Feeding
50565-1|Keep Out of Reach of Children
53413-1|Questions or Comments|questions
60561-8|Other Safety Information|other information
69718-5|Statement of Identity
69719-3|Health Claim
50741-8|Safe Handling Warning
"""
_NUMBER = re.compile(r"^\(?\d{1,2}(\.\d{1,2})*[.)]?\s*")
_BOXED = re.compile(r"^warnings?\s*:\s*\w")


def code_of(title: str) -> str:
    """Return the code of a section printed under this title, "" where the title is not a standard one.

    Number, case, "&", "section" at the end and closing punctuation do not matter. "WARNING: SERIOUS
    INFECTIONS" is a boxed warning, as are "WARNING" and "BOXED WARNING"; "WARNINGS" is not.
    """
    plain = _plain(title)
    return BOXED_WARNING if _BOXED.match(plain) else _CODES.get(plain, "")


def title_of(code: str) -> str:
    """Return the name of the section with this code, "" where the code is not in the table."""
    return _TITLES.get(code, "")


def _plain(title: str) -> str:
    text = _NUMBER.sub("", " ".join(title.split())).casefold().replace("&", "and")
    return text.strip(" .:?*").removesuffix(" section").strip(" .:")


_ROWS = tuple(tuple(line.split("|")) for line in _TABLE.splitlines())
_TITLES = {row[0]: row[1] for row in _ROWS}
_CODES = {_plain(title): row[0] for row in _ROWS for title in row[1:]}
