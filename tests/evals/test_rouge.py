"""ROUGE worked out by hand."""

import pytest

from evals.rouge import rouge_2, rouge_su4, tokens


def test_words_are_lower_case_runs_stemmed_from_four_letters_on() -> None:
    assert tokens("Non-coding Variants cause p53, was") == ["non", "code", "variant", "caus", "p53", "was"]


def test_rouge_2_is_the_share_of_bigrams() -> None:
    # a b, b c, c d against b c, c d, d e: two of three in common.
    found = rouge_2("a b c d", ["b c d e"])
    assert [found.recall, found.f1] == pytest.approx([2 / 3, 2 / 3])


def test_a_repeated_bigram_counts_as_often_as_both_have_it() -> None:
    found = rouge_2("a b a b", ["a b"])  # a b, b a, a b against a b
    assert [found.recall, found.f1] == pytest.approx([1, 2 * 1 * (1 / 3) / (1 + 1 / 3)])


def test_su4_counts_pairs_with_at_most_four_words_between_and_all_words_but_the_last() -> None:
    # a b c: a, b, ab, ac, bc. a x c: a, x, ax, ac, xc. In common: a, ac.
    found = rouge_su4("a b c", ["a x c"])
    assert [found.recall, found.f1] == pytest.approx([2 / 5, 2 / 5])
    # In "a 1 2 3 4 z" four words stand between a and z, in "a 1 2 3 4 5 z" five.
    assert rouge_su4("a 1 2 3 4 z", ["a z"]).recall == 1.0
    assert rouge_su4("a 1 2 3 4 5 z", ["a z"]).recall == 0.5


def test_the_nearest_of_several_references_counts() -> None:
    assert rouge_2("a b c", ["x y z", "a b c"]).f1 == 1.0


def test_nothing_in_common_and_nothing_to_compare_with_are_0() -> None:
    assert rouge_2("a b", ["c d"]).f1 == rouge_2("a b", []).f1 == rouge_su4("", ["a b"]).recall == 0.0
