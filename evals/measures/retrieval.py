"""Retrieval: how high the documents that answer stand in the run, by ir-measures.

A run is a list of documents, each where its best passage stands. Grades count in nDCG alone; every other figure asks
whether a document has a grade above 0.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence

from corpus.errors import NotReady
from evals.gold.base import GoldQuestion
from evals.measures.base import Figure, Sabotage, Share
from evals.outcome import DEPTH, Outcome

BM25 = "bm25"
"""The key of `Outcome.runs` under which a run of BM25 alone is measured beside ours."""
_FALLS: tuple[Sabotage, ...] = ("passages swapped",)
_SHOWN = {
    "nDCG@10": ("nDCG@10", "gain by grade, discounted by log2(rank + 1), over that of the best order; 0 to 1"),
    "Recall@10": ("R@10", "share of the documents that answer that stand among the first 10; 0 to 1"),
    "Recall@100": ("R@100", "share of the documents that answer that stand among the first 100; 0 to 1"),
    "MRR": ("RR", "1 over the rank of the first document that answers, 0 where none is found; 0 to 1"),
    "Hit@1": ("Success@1", "1 where the first document answers; 0 to 1"),
    "Hit@5": ("Success@5", "1 where one of the first 5 documents answers; 0 to 1"),
}
_BESIDE = {"nDCG@10": "nDCG@10, BM25 alone", "Recall@100": "Recall@100, BM25 alone", "Hit@1": "Hit@1, BM25 alone"}


class Retrieval:
    """nDCG@10, Recall@10, Recall@100, MRR, Hit@1 and Hit@5 of `run`; three of them for BM25 alone where it was run."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return the figures. Definitions are those of ir-measures, whose name for each stands in brackets."""
        ours = [Figure(name, f"{said} [{theirs}]", falls_under=_FALLS) for name, (theirs, said) in _SHOWN.items()]
        beside = [
            Figure(beside, f"the same of a run of BM25 alone [{_SHOWN[own][0]}]") for own, beside in _BESIDE.items()
        ]
        return (*ours, *beside)

    def shares(self, question: GoldQuestion, outcome: Outcome) -> Mapping[str, Share]:
        """Return one share of weight 1 a figure; none for a question of which no document is known to answer."""
        relevant = {key: grade for key, grade in question.relevant.items() if grade > 0}
        if not relevant:
            return {}
        shares = dict(self._shares(relevant, () if outcome.error else outcome.run))
        if BM25 in outcome.runs:
            beside = dict(self._shares(relevant, () if outcome.error else outcome.runs[BM25]))
            shares |= {_BESIDE[name]: share for name, share in beside.items() if name in _BESIDE}
        return shares

    def _shares(self, relevant: Mapping[str, int], run: Sequence[str]) -> Iterator[tuple[str, Share]]:
        for name, value in measured(relevant, run).items():
            yield name, Share(value)


def measured(relevant: Mapping[str, int], run: Sequence[str]) -> dict[str, float]:
    """Return every figure of one run by our names, 0 each for an empty run.

    Needs the extra `eval`. A document that stands twice counts where it first stands. Raises NotReady where
    ir-measures is not installed.
    """
    # Its scores are the places, so that no two are equal and a rule for ties decides nothing.
    ranked = {key: float(DEPTH - place) for place, key in enumerate(dict.fromkeys(run))}
    if not ranked:
        return dict.fromkeys(_SHOWN, 0.0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of providers that are not used
            import ir_measures
    except ImportError:
        raise NotReady(
            "ir_measures is not installed: run `pip install 'curbside[eval]'` (to measure retrieval)"
        ) from None
    wanted = {ir_measures.parse_measure(theirs): name for name, (theirs, _) in _SHOWN.items()}
    found = ir_measures.iter_calc(list(wanted), {"q": dict(relevant)}, {"q": ranked})
    return {wanted[one.measure]: float(one.value) for one in found}


MEASURE = Retrieval()
