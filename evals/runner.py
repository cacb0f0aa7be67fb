"""Runner: a gold set → outcomes, with progress, kept as they come, over a corpus of its own or over the data folder."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from corpus.document import digest
from evals.asking import Abstracts, Asker, Patience
from evals.cost import most_resident_mib
from evals.gold.base import GoldQuestion, GoldSet, Task
from evals.homes import Homes, Step, code_fingerprint
from evals.kept import KeptOutcomes
from evals.measures.base import Measure
from evals.outcome import Outcome
from evals.plugins import measures
from evals.reporting import SetRun, measure_set
from evals.risk import risk_curves
from evals.targets import targets
from index.encoders.base import Encoder
from index.snapshot import Snapshot
from qa.answerer import Answerer

WARM_UP = 5


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How to run: `folder` keeps indexes and outcomes, `home` is the data folder measured, which is only read.

    `most` questions of each set are drawn with the seed, all for None. A question that takes longer than `timeout_s`
    counts as wrong.
    """

    folder: Path
    home: Path
    seed: int
    timeout_s: float = 30.0
    sabotage: bool = True
    most: int | None = None


class Runner:
    """Runs gold sets, one after another."""

    def __init__(self, encoder: Encoder, settings: RunSettings, step: Step = lambda stage, done, total: None) -> None:
        self._encoder = encoder
        self._settings = settings
        self._step = step
        self._homes = Homes(settings.folder, settings.home, encoder)
        self.code = code_fingerprint("corpus", "index", "ingest", "qa")

    def run(self, gold: GoldSet, abstracts: Abstracts | None = None) -> SetRun:
        """Return the set measured. Outcomes of an earlier run of the same code over the same corpus are used again."""
        gold = drawn(gold, self._settings.most, self._settings.seed)
        groups = self._groups(gold)
        snapshots = [answerer.library().snapshot for answerer, _ in groups]
        state = [gold.fingerprint, [one.manifest.id for one in snapshots], self._encoder.fingerprint, self.code]
        found: dict[str, Outcome] = {}
        with KeptOutcomes(self._settings.folder, gold.name, digest(state)) as kept:
            for answerer, questions in groups:
                asker = Asker(answerer, self._encoder, abstracts)
                for outcome in self._asked(gold, asker, questions, kept):
                    found[outcome.question] = outcome
                    self._step(f"{gold.name}: asking", len(found), len(gold.questions))
            kept.prune(gold.name)
        if self._settings.most is None:
            self._homes.prune(gold.name)
        return self._measured(gold, tuple(found.values()), snapshots[0])

    def _groups(self, gold: GoldSet) -> list[tuple[Answerer, list[GoldQuestion]]]:
        """Return the questions by what is left out when they are asked, each group with its answerer."""
        if gold.documents is None:
            return [(Answerer(self._settings.home, encoder=self._encoder), list(gold.questions))]
        documents = list(gold.documents())
        groups = []
        ordered = sorted(gold.questions, key=lambda question: sorted(question.without))  # the whole corpus first
        for without, questions in groupby(ordered, lambda question: question.without):
            home = self._homes.built(gold.name, documents, without, self._step)
            groups.append((Answerer(home, encoder=self._encoder), list(questions)))
        return groups

    def _asked(
        self, gold: GoldSet, asker: Asker, questions: Sequence[GoldQuestion], kept: KeptOutcomes
    ) -> Iterable[Outcome]:
        """Yield the outcomes, kept ones as they are; before the first new one the product is warmed up."""
        patience = Patience(self._settings.timeout_s)
        todo = [question for question in questions if kept.get(question.id) is None]
        for question in todo[:WARM_UP]:
            patience.outcome(asker, question, gold.tasks - {Task.RATIONALE})
        for question in questions:
            outcome = kept.get(question.id)
            if outcome is None:
                outcome = patience.outcome(asker, question, gold.tasks)
                kept.keep(outcome)
            yield outcome
        patience.close()

    def _measured(self, gold: GoldSet, outcomes: Sequence[Outcome], snapshot: Snapshot) -> SetRun:
        ready = {name: self._prepared(measure, snapshot) for name, measure in measures(gold.measures).items()}
        measured = measure_set(
            gold,
            outcomes,
            ready,
            sabotage=self._settings.sabotage,
            seed=self._settings.seed,
            step=lambda name, done, total: self._step(f"{gold.name}: {name}", done + 1, total),
        )
        manifest = snapshot.manifest
        return SetRun(
            measured,
            fingerprints={"corpus": manifest.corpus, "index": manifest.id, "encoder": manifest.encoder},
            resident_mib=most_resident_mib(),
            wanted=targets(gold.name),
            risks=risk_curves(gold, measured.outcomes, self._settings.seed),
        )

    def _prepared(self, measure: Measure, snapshot: Snapshot) -> Measure:
        """Return the measure with the encoder and the snapshot, where it asks for them."""
        prepare: Callable[[Encoder, Snapshot], Measure] | None = getattr(measure, "prepared", None)
        return prepare(self._encoder, snapshot) if prepare else measure


def drawn(gold: GoldSet, most: int | None, seed: int) -> GoldSet:
    """Return the set with at most so many questions, drawn with the seed, in their order."""
    if most is None or len(gold.questions) <= most:
        return gold
    chosen = set(random.Random(seed).sample(range(len(gold.questions)), most))
    return replace(gold, questions=tuple(one for n, one in enumerate(gold.questions) if n in chosen))
