"""How likely each candidate sentence bears on the question, given that its passage does."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from qa.evidence import Evidence
from qa.place import place_share
from qa.rationale import learnt
from qa.rationale_signs import BACKGROUND, CONCLUSIONS, METHODS, RESULTS, signs, stages_of

# By what `place_share` says of a heading.
_STAGES = {1.0: CONCLUSIONS, 0.7: RESULTS, 0.0: BACKGROUND, -1.0: METHODS}


def bearing(question: str, evidence: Sequence[Evidence], *, fold: int | None = None) -> list[float]:
    """Return the probability of each sentence, 0 to 1, in their order; those of one passage stand together.

    `fold` names the held-out model to judge with (`qa.rationale.fold_of`).
    """
    if not evidence:
        return []
    passages = [list(own) for _, own in groupby(evidence, lambda one: one.row)]
    starts = np.cumsum([0, *map(len, passages[:-1])]).tolist()
    shown = signs(
        learnt().claim(question),
        np.array([one.similarity for one in evidence], np.float64),
        [one.text for one in evidence],
        [stage for passage in passages for stage in _stages(passage)],
        [passage[0].document.title for passage in passages],
        starts,
    )
    model = learnt().model if fold is None else learnt().held_out[fold]
    found: list[float] = model.probabilities(shown).tolist()
    return found


def _stages(passage: Sequence[Evidence]) -> list[int]:
    """Return the stage of each sentence: by their heading where it says one, else by labels in the text."""
    stage = _STAGES.get(place_share(passage[0].section.title))
    return stages_of([one.text for one in passage]) if stage is None else [stage] * len(passage)
