"""Study designs, from what carries most to what carries least."""

from qa.design import strength


def test_trials_and_reviews_of_trials_carry_most() -> None:
    assert strength("phase 3 randomized double-blind trial") == 1.0
    assert strength("systematic review and meta-analysis") == 1.0


def test_a_single_case_carries_least_whatever_else_is_stated() -> None:
    assert strength("case report") == 0.1
    assert strength("randomized trial in mice, animal study") == 0.1
    assert strength("", ("Randomized Controlled Trial", "Comment")) == 0.1


def test_designs_stand_in_the_order_of_what_they_can_carry() -> None:
    order = ["randomised trial", "open-label extension", "cohort", "cross-sectional", "narrative review", "letter"]
    shares = [strength(design) for design in order]
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) == len(shares)


def test_publication_types_count_as_stated_designs() -> None:
    assert strength("", ("Journal Article", "Meta-Analysis")) == 1.0


def test_what_is_not_stated_lies_between_reviews_and_genetics() -> None:
    assert strength("narrative review") < strength("") < strength("mendelian randomization")


def test_a_later_analysis_of_a_trial_is_not_the_trial() -> None:
    for design in (
        "post hoc analysis of a randomized trial",
        "biopsy substudy of a randomized trial",
        "randomized, open-label extension",
        "secondary analysis of a randomized placebo-controlled trial",
    ):
        assert strength(design) < strength("phase 3 randomized open-label")


def test_not_randomized_is_not_randomized() -> None:
    assert strength("observational, non-randomized") == strength("observational cohort")
    assert strength("uncontrolled trial") < strength("controlled trial")


def test_a_meta_analysis_with_subgroups_is_a_meta_analysis() -> None:
    assert strength("network meta-analysis with subgroup analyses") == 1.0


def test_a_pilot_carries_less_than_a_trial_and_than_a_cohort() -> None:
    assert strength("open-label randomized pilot") < strength("prospective cohort") < strength("randomized trial")
