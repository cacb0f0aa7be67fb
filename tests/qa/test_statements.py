"""When two statements are one, and when the one supports the other."""

from qa.statements import repeats, statement, supports


def test_numbers_lose_thousands_separators_and_keep_decimals() -> None:
    assert statement("Of 11,000 women 2.5% fell (−3 to 4).").numbers == {"11000", "2.5", "3", "4"}


def test_a_sentence_supports_another_only_with_all_its_numbers() -> None:
    shown = statement("X reduced fractures by 48%.")
    assert supports(shown, statement("Fractures were reduced by 48% over 24 months on X."), 0.9)
    assert not supports(shown, statement("Fractures were reduced by 50% over 24 months on X."), 0.9)


def test_a_denial_never_supports_an_assertion() -> None:
    assert not supports(statement("X reduced hip fracture."), statement("X has not reduced hip fracture."), 0.95)


def test_opposite_directions_never_support_each_other() -> None:
    assert not supports(statement("X increased the risk."), statement("X reduced the risk."), 0.95)


def test_sentences_that_are_not_alike_do_not_support_each_other() -> None:
    assert not supports(statement("X reduced hip fracture."), statement("Y reduced hip fracture."), 0.5)


def test_a_repetition_has_no_number_of_its_own() -> None:
    shown = statement("X reduced fractures by 48% at 24 months.")
    assert repeats(shown, statement("X reduced fractures by 48%."), 0.93)
    assert not repeats(shown, statement("X reduced fractures by 73% at 12 months."), 0.93)


def test_bounds_that_differ_are_different_claims() -> None:
    younger = statement("Screening is recommended in women younger than 65 years at increased risk.")
    older = statement("Screening is recommended in women 65 years or older.")
    assert not supports(younger, older, 0.95)
    assert not repeats(younger, older, 0.95)
