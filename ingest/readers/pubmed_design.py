"""Which of a record's publication types tells most about the study."""

GUIDELINES = frozenset(("Practice Guideline", "Guideline"))

# What is a notice or a plan comes first: it reports no results, whatever else it is tagged with.
# Then from the strongest design to the weakest, then kinds of text.
_TELLING = """\
Retraction Notice
Retraction of Publication
Published Erratum
Expression of Concern
Clinical Trial Protocol
Practice Guideline
Guideline
Consensus Development Conference, NIH
Consensus Development Conference
Consensus Statement
Network Meta-Analysis
Meta-Analysis
Systematic Review
Randomized Controlled Trial
Equivalence Trial
Pragmatic Clinical Trial
Adaptive Clinical Trial
Controlled Clinical Trial
Randomized Controlled Trial, Veterinary
Clinical Trial, Veterinary
Clinical Trial, Phase IV
Clinical Trial, Phase III
Clinical Trial, Phase II
Clinical Trial, Phase I
Clinical Trial
Observational Study
Observational Study, Veterinary
Case Reports
Scoping Review
Review
Twin Study
Clinical Study
Validation Study
Evaluation Study
Multicenter Study
Comparative Study
Editorial
Letter
Comment
News
Preprint
"""
_RANK = {name: rank for rank, name in enumerate(_TELLING.splitlines())}


def telling(types: tuple[str, ...]) -> str:
    """Return the most telling of the publication types as printed, "" where none says what was done."""
    known = [one for one in types if one in _RANK]
    return min(known, key=_RANK.__getitem__, default="")
