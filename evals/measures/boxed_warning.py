"""Boxed warning: whether it is on the page wherever harm or use of a drug is asked about whose label has one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.document import Document, SourceKind
from evals.gold.base import GoldQuestion
from evals.measures.base import Figure, Share
from evals.outcome import Outcome
from index.encoders.base import Encoder
from index.snapshot import Snapshot
from qa.answer import Answer, Status
from qa.aspect import Aspect
from qa.label_part import is_boxed_warning

SHOWN = "boxed warning shown"
BEARS = frozenset(
    str(aspect)
    for aspect in (
        Aspect.INDICATION,
        Aspect.BOXED_WARNING,
        Aspect.WARNING,
        Aspect.CONTRAINDICATION,
        Aspect.ADVERSE_REACTION,
        Aspect.OVERVIEW,
    )
)


@dataclass(frozen=True)
class BoxedWarning:
    """The share of the labels with a boxed warning that an answer touches and whose boxed warning it quotes.

    `sections` are, by label key, the ids of the sections that are its boxed warning; `labels` the keys by drug name.
    """

    sections: Mapping[str, frozenset[str]] = field(default_factory=dict)
    labels: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return the one figure."""
        return (
            Figure(
                SHOWN,
                "over answers to questions of use or harm: of the labels with a boxed warning that are cited (where "
                "none is, one held for the drug asked about), the share whose boxed warning is quoted, 0 to 1",
            ),
        )

    def prepared(self, encoder: Encoder, snapshot: Snapshot | None) -> "BoxedWarning":
        """Return the measure knowing which labels of a snapshot have a boxed warning."""
        if snapshot is None:
            return self
        sections: dict[str, frozenset[str]] = {}
        labels: dict[str, set[str]] = {}
        for number, document in snapshot.documents(SourceKind.LABEL):
            boxed = frozenset(one.id for one in snapshot.sections(number) if is_boxed_warning(one))
            if boxed:
                sections[document.key] = boxed
            for name in _names(document):
                labels.setdefault(name, set()).add(document.key)
        return BoxedWarning(sections, {name: frozenset(keys) for name, keys in labels.items()})

    def shares(self, question: GoldQuestion, outcome: Outcome) -> Mapping[str, Share]:
        """Return how many boxed warnings were due and how many were shown; nothing where none was due."""
        if outcome.error:
            return {SHOWN: Share(0.0)}
        answer = outcome.answer
        if answer is None or answer.status is not Status.ANSWERED or not BEARS.intersection(answer.understood.aspects):
            return {}
        due = self._due(answer)
        if not due:
            return {}
        quoted = {citation.section.id for citation in answer.citations}
        return {SHOWN: Share(sum(bool(self.sections[key] & quoted) for key in due), len(due))}

    def _due(self, answer: Answer) -> frozenset[str]:
        """Return the cited labels with a boxed warning; where none is cited, one of the drug's, if all have one."""
        cited = {citation.document for citation in answer.citations if citation.kind is SourceKind.LABEL}
        if cited or len(answer.understood.drugs) != 1:
            return frozenset(cited & self.sections.keys())
        held = self.labels.get(answer.understood.drugs[0].lower(), frozenset())
        return frozenset(sorted(held)[:1]) if held and held <= self.sections.keys() else frozenset()


def _names(document: Document) -> frozenset[str]:
    """Return the names by which a label's drug is asked for, in lower case; biologics without their suffix too."""
    names = {name.lower() for name in (*document.drugs, *document.brands)}
    return frozenset(names | {name.rsplit("-", 1)[0] for name in names if len(name.rsplit("-", 1)[-1]) == 4})


MEASURE = BoxedWarning()
