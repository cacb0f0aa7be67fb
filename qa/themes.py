"""What a sentence of evidence speaks of: the themes that head the research part, found by their cue words."""

# ruff: noqa: E501 (one pattern a line)

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.aspect import Aspect


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: its heading on the page, the aspects it answers, and beginnings of words that tell of it."""

    name: str
    heading: str
    aspects: frozenset[Aspect]
    cues: re.Pattern[str]


def _theme(name: str, heading: str, aspects: str, cues: str) -> Theme:
    """Return a theme from aspect names and cue words divided by white space, "_" standing for a space."""
    pattern = "|".join(cues.split()).replace("_", " ")
    return Theme(name, heading, frozenset(Aspect[a] for a in aspects.split()), re.compile(f" (?:{pattern})"))


# In the order in which a sentence that speaks of several is filed: the rarer theme first.
THEMES = (
    _theme("cost", "Cost and access", "COST", r"cost qaly quality_adjusted reimburs price budget"),
    _theme(
        "mechanism",
        "Mechanism",
        "MECHANISM INGREDIENTS",
        r"mechanis inhibits inhibition_of binds binding_to receptor pathway antibody_that agonist antagonist wnt",
    ),
    _theme(
        "pharmacokinetics",
        "Pharmacokinetics",
        "PHARMACOKINETICS",
        r"pharmacokinet half_li clearance_of auc_ cmax bioavailab serum_concentration plasma_concentration steady_state",
    ),
    _theme(
        "interaction",
        "Interactions",
        "INTERACTION",
        r"interact(?!ions?_(?:between|term|test|with_baseline|p_)) coadminist co_admin concomitant combin\w+_with cyp",
    ),
    _theme(
        "sequence",
        "Treatment sequence",
        "SEQUENCE STOPPING",
        r"sequen switch transition followed_by follow_on follow-?up_treatment discontinu stopp withdrawal rebound then_ "
        r"holiday subsequent after_(?:\w+_){0,3}(?:course|therapy|treatment|completion) (?:considered|given|used|started|continued|recommended)_after complet\w+_(?:\w+_){0,2}course "
        r"(?:lasts?|limited|limit|limits|lifetime|duration)_ up_to_\w+_year",
    ),
    _theme(
        "population",
        "Particular patients",
        "RENAL HEPATIC PREGNANCY LACTATION FERTILITY PEDIATRIC GERIATRIC POPULATION",
        r"renal kidney dialysis hemodialysis egfr ckd hepatic liver_ cirrho pregnan lactat breastfe pediatric paediatric "
        r"child adolescent elderly older geriatric men_ male_ race ethnic japanese korean european diabet",
    ),
    _theme(
        "monitoring",
        "Monitoring",
        "MONITORING",
        r"monitor measur surveill follow_up_test reassess turnover_marker p1np ctx_",
    ),
    _theme(
        "contraindication",
        "Who should not have it",
        "CONTRAINDICATION",
        r"contraindic avoid should_not must_not not_(?:be_)?(?:given|used|considered|recommend|indicated|suitable|start) "
        r"unsuitable exclud caution",
    ),
    _theme(
        "safety",
        "Safety",
        "WARNING ADVERSE_REACTION BOXED_WARNING OVERDOSE ABUSE",
        r"safe advers side_effect tolerab toxic harm serious cardiovascular cardiac cerebrovascular ischemic mace_ myocardial stroke death mortal hypersens "
        r"injection_site hypocalc osteonecro atypical bleed hemorrh infect cancer malign contraindic avoid_ caution should_not "
        r"must_not risk_of_(?!(?:\w+_){0,4}fractur)",
    ),
    _theme(
        "dosing",
        "Dosing",
        "DOSING ADMINISTRATION MISSED_DOSE",
        r"mg_ mcg dose dosage dosing once_(?:daily|weekly|monthly|yearly|a) twice titrat infus regimen inject",
    ),
    _theme(
        "comparison",
        "Comparisons",
        "COMPARISON",
        r"compar versus vs_ superior non_?inferior head_to_head than_ against_ prefer",
    ),
    _theme(
        "indication",
        "Use",
        "INDICATION",
        r"indicat approv eligib candidate first_line second_line initial recommend suggest suitable treatment_option high_risk "
        r"very_high_risk",
    ),
    _theme("adherence", "Adherence", "PATIENT_INFORMATION", r"adheren persisten complian"),
    _theme(
        "efficacy",
        "Efficacy",
        "EFFICACY TRIALS INDICATION COMPARISON",
        r"effic effect reduc lower improv increas risk_ratio relative_risk hazard_ratio odds_ratio remission respon surviv "
        r"relapse cure prevent benefit fracture density bmd symptom significan",
    ),
)
_BY_NAME = {theme.name: theme for theme in THEMES}


@lru_cache(maxsize=100_000)
def themes_of(spoken: str) -> tuple[str, ...]:
    """Return the names of the themes that a normalised text speaks of, in the order of THEMES."""
    return tuple(theme.name for theme in THEMES if theme.cues.search(spoken))


def themes_for(aspects: tuple[Aspect, ...]) -> frozenset[str]:
    """Return the names of the themes that answer any of the aspects."""
    return frozenset(theme.name for theme in THEMES if theme.aspects.intersection(aspects))


def heading_of(name: str) -> str:
    """Return the heading a theme has on the page."""
    return _BY_NAME[name].heading
