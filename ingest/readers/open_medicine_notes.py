"""Where public sources disagree with what open-medicine says of a guideline. Shown, never repaired."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What the package says about a field of a guideline, and what was read elsewhere."""

    guideline: str
    field: str
    package_says: str
    elsewhere: str

    @property
    def sentence(self) -> str:
        """Return both statements, with where each was read."""
        return f"{self.field}: open-medicine gives {self.package_says}; {self.elsewhere}."


DISAGREEMENTS = (
    Disagreement(
        "endocrine_osteoporosis_2020",
        "DOI",
        "10.1210/clinem/dgaa551",
        "two unrelated public repositories give 10.1210/clinem/dgaa048, which fits the paper's place in"
        " J Clin Endocrinol Metab 2020;105:587-594",
    ),
    Disagreement(
        "endocrine_osteoporosis_2020",
        "Recommendation 4.2",
        "moderate-quality evidence (1|+++O)",
        "Guideline Central (eguideline.guidelinecentral.com/i/1140214) shows low quality, two of four plus signs",
    ),
)


def disagreements(guideline: str) -> tuple[Disagreement, ...]:
    """Return what is known to be disputed about a guideline of the registry, by its id there."""
    return tuple(known for known in DISAGREEMENTS if known.guideline == guideline)
