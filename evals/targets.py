"""Targets: what each figure of the sets that come with Curbside is to reach; the report says met or missed."""

from collections.abc import Mapping

# By set, then by figure. Where lower is better the figure must not be above the target.
TARGETS: Mapping[str, Mapping[str, float]] = {
    "scifact": {"nDCG@10": 0.76, "Recall@100": 0.955, "rationale F1": 0.58},
    "pubmedqa": {"Hit@1": 0.985},
    "medicationqa": {"Hit@1": 0.82, "Hit@5": 0.985, "label section answered": 0.90},
    "fdarx": {"section@3": 0.85},
    "followups": {"required facts": 0.85, "forbidden facts": 0.0, "boxed warning shown": 1.0},
    "left_out": {"refusal precision": 0.85, "refusal recall": 0.85, "over-refusal": 0.08},
}
# Every answer's quotes, whatever was asked.
OF_EVERY_SET: Mapping[str, float] = {"citations exact": 1.0, "citations resolvable": 1.0}


def targets(gold_set: str) -> Mapping[str, float]:
    """Return what the figures of a set are to reach, by figure; those of which nothing is asked are left out."""
    return {**OF_EVERY_SET, **TARGETS.get(gold_set, {})}
