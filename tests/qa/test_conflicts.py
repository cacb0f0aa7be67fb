"""Where sources disagree: what is flagged, what must not be, and what a reader of the starter corpus is shown."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from bench.conflicts import JUDGED, judged
from corpus.document import SourceKind
from qa import conflict_finding, conflict_grade, conflict_numbers, conflict_recommendation, conflict_strength
from qa.answer import Answer, ConflictKind, content_hash
from qa.answerer import Answerer
from qa.conflict_endpoint import MAJOR_EVENTS, endpoints
from qa.conflict_statement import Sentence, Stated
from tests.qa.conftest import Ask

DRUG = frozenset({"zelomab"})
ARCH = "In QUILLON, new vertebral fracture over 24 months occurred in 6.2% on zelomab and in 11.9% on placebo."


def sentence(text: str, **given: object) -> Sentence:
    """Return a sentence of a publication on zelomab."""
    plain: dict[str, object] = {
        "lead": "",
        "heading": ("Results",),
        "title": "Zelomab",
        "kind": SourceKind.RESEARCH,
        "design": "",
        "body": "",
        "drugs": ("zelomab",),
    }
    return Sentence(text=text, **{**plain, **given})  # type: ignore[arg-type]


def clashes(reader: ModuleType, first: Sentence, second: Sentence) -> bool:
    """Return whether anything that one states clashes with what the other states on the same topic."""
    read: Callable[[Sentence], list[Stated]] = reader.read
    return any(a.topic == b.topic and reader.clash(a, b, DRUG) for a in read(first) for b in read(second))


# Numbers


def test_other_figures_for_one_endpoint_of_one_trial_at_one_time_clash() -> None:
    other = "In the QUILLON trial, new vertebral fractures through month 24 were seen in 4.1% and 8.0% of patients."
    assert clashes(conflict_numbers, sentence(ARCH), sentence(other))


@pytest.mark.parametrize(
    "other",
    [
        "In QUILLON, new vertebral fracture over 24 months occurred in 6.20% on zelomab and in 11.9% on placebo.",
        "In QUILLON, new vertebral fracture over 12 months occurred in 3.2% on zelomab and in 5.0% on placebo.",
        "In QUILLON, clinical vertebral fracture over 24 months occurred in 0.9% on zelomab and in 2.1% on placebo.",
        "In QUILLON, hip fracture over 24 months occurred in 2.0% on zelomab and in 3.2% on placebo.",
        "In TALLON, new vertebral fracture over 24 months occurred in 2.0% on zelomab and in 3.2% on placebo.",
        "In the European women of QUILLON, new vertebral fracture over 24 months occurred in 0.4% and 2.1%.",
        "In a post hoc analysis of QUILLON, new vertebral fracture over 24 months occurred in 0.4% and 2.1%.",
        "In QUILLON, new vertebral fracture over 24 months was 48% lower (95% CI 30% to 60%) on zelomab.",
        "An older label reports for QUILLON new vertebral fracture over 24 months as 4.1% and 8.0%.",
        "For QUILLON the article has 6.2% and 11.9%, whereas the label has new vertebral fracture at 24 months in 4.1% and 8.0%.",  # noqa: E501
    ],
)
def test_another_time_endpoint_trial_part_or_edition_is_no_conflict(other: str) -> None:
    assert not clashes(conflict_numbers, sentence(ARCH), sentence(other))


def test_limits_of_entry_clash_where_one_source_has_a_bound_more() -> None:
    both = sentence("Women in QUILLON had a T-score of -2.5 to -3.5 at the hip.")
    one = sentence("QUILLON was a trial in women aged 55 to 90 with a T-score at or below -2.5.")
    assert clashes(conflict_numbers, both, one)
    assert not clashes(conflict_numbers, one, sentence("Women in QUILLON had a T-score of -2.5 or lower."))


def test_major_events_deaths_and_other_cardiovascular_events_are_three_endpoints() -> None:
    keys = [
        endpoints(text)[0].key
        for text in (
            "4-point MACE was more frequent",
            "major adverse cardiovascular events (MACE)",
            "cardiovascular mortality",
            "adjudicated serious cardiovascular events",
        )
    ]
    assert keys[0] == keys[1] == MAJOR_EVENTS
    assert len(set(keys)) == 3


# Strength


def test_contraindicated_here_and_to_be_avoided_there_clash_for_one_condition() -> None:
    forbids = sentence("Zelomab is contraindicated in patients with Paget disease.", kind=SourceKind.LABEL)
    avoids = sentence("Zelomab is to be avoided in Paget disease (as given elsewhere).")
    assert clashes(conflict_strength, forbids, avoids)


@pytest.mark.parametrize(
    "other",
    [
        "Zelomab is contraindicated in Paget disease.",
        "Zelomab should not be started in patients with asthma.",
        "Zelomab is to be avoided in severe Paget disease.",
        "Results of zelomab in Paget disease should not be used.",
        "Hypocalcemia must be corrected before zelomab is given.",
    ],
)
def test_the_same_strength_another_condition_or_degree_is_no_conflict(other: str) -> None:
    forbids = sentence("Zelomab is contraindicated in patients with Paget disease.", kind=SourceKind.LABEL)
    assert not clashes(conflict_strength, forbids, sentence(other))


def test_a_limit_in_figures_must_be_met_by_the_other() -> None:
    forbids = sentence("Creatinine clearance < 30-35 mL/min: zelomab is contraindicated.")
    assert clashes(conflict_strength, forbids, sentence("Zelomab is not recommended when the CrCl is under 30 mL/min."))
    assert not clashes(conflict_strength, forbids, sentence("Zelomab is not recommended when CrCl is over 95 mL/min."))


def test_an_item_under_contraindications_is_about_the_drug_that_its_heading_names() -> None:
    item = sentence("Paget disease of bone", heading=("Anabolic drugs", "Zelomab", "Contraindications"), is_item=True)
    (said,) = conflict_strength.read(item)
    assert said.value == {conflict_strength.CONTRAINDICATED} and " zelomab " in said.target


# Findings

POOLED = {"design": "meta-analysis"}
MORE = "The odds ratio for MACE with zelomab against placebo was 1.39 (95% CI 1.01 to 1.90)."


def test_a_pooled_difference_and_none_clash() -> None:
    none = "Zelomab did not differ significantly from placebo in major adverse cardiovascular events."
    assert clashes(conflict_finding, sentence(MORE, **POOLED), sentence(none, **POOLED))
    in_figures = "The risk ratio for MACE with zelomab was 1.08 (CI 0.75–1.56)."
    assert clashes(conflict_finding, sentence(MORE, **POOLED), sentence(in_figures, **POOLED))


@pytest.mark.parametrize(
    ("other", "design"),
    [
        ("The odds ratio for MACE with zelomab against velatide was 1.00 (CI 0.94 to 1.06).", "meta-analysis"),
        ("The odds ratio for hip fracture with zelomab against placebo was 1.00 (CI 0.94 to 1.06).", "meta-analysis"),
        ("Zelomab did not differ from placebo in cardiovascular mortality.", "meta-analysis"),
        ("The hazard ratio for MACE with zelomab against placebo was 1.00 (CI 0.94 to 1.06).", "cohort"),
        ("The hazard ratio for MACE with zelomab against placebo was 1.00 (CI 0.94 to 1.06).", "randomized trial"),
        ("The odds ratio for MACE with zelomab in children was 1.00 (CI 0.94 to 1.06).", "meta-analysis"),
        ("It is not known whether zelomab raises MACE.", "meta-analysis"),
    ],
)
def test_another_comparison_endpoint_design_or_population_is_no_conflict(other: str, design: str) -> None:
    second = sentence(other, design=design, drugs=("zelomab", "velatide"))
    assert not clashes(conflict_finding, sentence(MORE, **POOLED), second)


# Recommendations and grades

GUIDELINE = {"kind": SourceKind.GUIDELINE, "title": "Severe asthma"}


def test_for_and_against_and_first_and_second_line_clash() -> None:
    north = sentence("North recommends zelomab as add-on therapy for severe asthma.", **GUIDELINE)
    south = sentence("South does not recommend zelomab as add-on therapy for severe asthma.", **GUIDELINE)
    assert clashes(conflict_recommendation, north, south)
    first = sentence("North names zelomab as first line for asthma.", **GUIDELINE)
    second = sentence("South suggests zelomab as second line for asthma.", **GUIDELINE)
    assert clashes(conflict_recommendation, first, second)


@pytest.mark.parametrize(
    "other",
    [
        "South does not recommend zelomab for severe asthma in pregnancy.",
        "South suggests against zelomab for severe asthma except in people intolerant of other drugs.",
        "South does not recommend zelomab for gout.",
        "South recommends zelomab for severe asthma.",
    ],
)
def test_other_people_limits_or_conditions_are_no_conflict(other: str) -> None:
    north = sentence("North recommends zelomab as add-on therapy for severe asthma.", **GUIDELINE)
    assert not clashes(conflict_recommendation, north, sentence(other, **GUIDELINE))


def test_one_recommendation_graded_twice_clashes_and_two_recommendations_do_not() -> None:
    given = {**GUIDELINE, "body": "American College of Rheumatology"}
    low = sentence(
        "An antiresorptive after zelomab is recommended to keep gains in bone density (low-quality evidence).", **given
    )
    high = sentence(
        "After zelomab, an antiresorptive to maintain gains in bone density is recommended (high-quality evidence).",
        **given,
    )
    other = sentence(
        "Zelomab is recommended for fractures in women with previous vertebral fractures (high-quality evidence).",
        **given,
    )
    assert clashes(conflict_grade, low, high)
    assert not clashes(conflict_grade, low, other)


# What an answer shows


def sides(answer: Answer) -> list[tuple[str, str, tuple[int, ...]]]:
    (conflict,) = answer.conflicts
    return [(side.body, side.date, side.claim.citations) for side in conflict.sides]


def test_both_bodies_are_quoted_with_their_dates_and_cited_in_the_answer(ask: Ask) -> None:
    answer = ask("What do guidelines recommend about zelomab for severe asthma?")
    (conflict,) = answer.conflicts
    assert conflict.kind is ConflictKind.RECOMMENDATION and conflict.subject.startswith("zelomab: ")
    assert {(body, date) for body, date, _ in sides(answer)} == {
        ("Northern Chest Society", "2024"),
        ("Southern Lung College", "2023"),
    }
    quotes = {citation.n: citation.quote for citation in answer.citations}
    assert all(side.claim.text == quotes[side.claim.quoted[0]] for side in conflict.sides)


def test_an_answer_without_a_disagreement_has_none(ask: Ask) -> None:
    assert ask("How should Zelo be stored?").conflicts == ()
    assert ask("I took zelomab today and now have crushing chest pain.").conflicts == ()


def test_a_disagreement_counts_in_the_hash_and_its_absence_does_not(ask: Ask) -> None:
    from dataclasses import replace

    with_one = ask("What do guidelines recommend about zelomab for severe asthma?")
    without = replace(with_one, conflicts=())
    assert content_hash(with_one) == with_one.hash != content_hash(without)


# The starter corpus


@pytest.fixture(scope="module")
def starter(starter_home: Path) -> Answerer:
    """Return what answers from the starter corpus."""
    return Answerer(starter_home)


@pytest.mark.shared
def test_the_disagreements_that_the_facts_name_are_shown(starter: Answerer, shared: Path) -> None:
    known = [one for one in judged(JUDGED) if one.is_true and one.question and one.facts]
    answers = {one: starter.ask(one.question) for one in known}
    found = [one for one, answer in answers.items() if any(one.is_shown_by(c, answer) for c in answer.conflicts)]
    assert len(known) == 7 and len(found) >= 6


def test_what_is_shown_for_other_questions_was_judged_true(starter: Answerer) -> None:
    known = judged(JUDGED)
    for question in (
        "How often does raloxifene cause fatal stroke?",
        "Does zoledronic acid reduce hip fractures?",
        "Does alendronate prevent vertebral fractures?",
        "What is the half-life of denosumab?",
        "What cardiovascular risk does Evenity carry?",
        "Who should not receive teriparatide?",
    ):
        answer = starter.ask(question)
        for conflict in answer.conflicts:
            assert any(one.is_true and one.is_shown_by(conflict, answer) for one in known), (question, conflict.subject)
