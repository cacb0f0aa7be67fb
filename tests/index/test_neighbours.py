"""Neighbours: the best score among a passage's own and those beside it in its document."""

import numpy as np

from index.neighbours import adjoining, best_of_neighbours

ROWS = np.array([3, 4, 5, 7, 8, 9])
DOCUMENTS = np.array([1, 1, 1, 1, 2, 2], np.int32)


def test_passages_adjoin_where_rows_follow_in_one_document() -> None:
    wanted = np.ones(6, bool)
    # 5 and 7 are apart, 7 and 8 are of two documents.
    assert adjoining(ROWS, DOCUMENTS, wanted).tolist() == [True, True, False, False, True]


def test_what_is_not_wanted_adjoins_nothing() -> None:
    wanted = np.array([True, False, True, True, True, True])
    assert adjoining(ROWS, DOCUMENTS, wanted).tolist() == [False, False, False, False, True]


def test_the_best_of_the_passage_before_itself_and_the_one_after_counts() -> None:
    following = np.array([True, True, True, False, True])
    scores = np.array([0.9, 0.1, 0.2, 0.3, 0.8, 0.7], np.float32)
    # The third sees 0.1 and 0.3, not the 0.9 two places away; the fourth does not see the fifth.
    assert (
        best_of_neighbours(scores, following).tolist() == np.array([0.9, 0.9, 0.3, 0.3, 0.8, 0.8], np.float32).tolist()
    )
    assert scores[1] == np.float32(0.1)


def test_no_candidates_and_one_have_no_neighbours() -> None:
    for count in (0, 1):
        none = adjoining(np.arange(count), np.zeros(count, np.int32), np.ones(count, bool))
        assert len(none) == 0
        assert best_of_neighbours(np.ones(count, np.float32), none).tolist() == [1.0] * count
