"""From the FDA Drug Label, where a trial is asked about and no drug: what the label of its drug says of the trial."""

from dataclasses import replace

from corpus.document import SourceKind
from index.search import Searcher
from index.snapshot import Snapshot
from qa.asked import Asked, AskedDrug, drug_called
from qa.label_part import labels_of, points_of_label
from qa.points import Point
from qa.terms import coverage, normalised
from qa.trials import names_trial

MOST = 8


def trial_points(asked: Asked, searcher: Searcher) -> list[tuple[str, list[Point]]]:
    """Return (section number and title, points): the sentences of one label that name the trial, at most MOST.

    The label is that of the first drug of the trial's report whose label names the trial; nothing where a drug is
    asked about by name, or where no label names it.
    """
    if asked.drugs or not asked.reports:
        return []
    for name in asked.reports[0].drugs:
        for index in labels_of(searcher, _labelled(name, searcher.snapshot))[:1]:
            found = points_of_label(asked, searcher, index, lambda text: _speaks(text, asked), MOST)
            if found:
                return found
    return []


def _speaks(text: str, asked: Asked) -> bool:
    """Return whether a sentence names the trial, and where more is asked than what it found, speaks of that."""
    return names_trial(text, asked.studies) and (asked.is_bare or coverage(asked.terms, normalised(text)) > 0)


def _labelled(name: str, snapshot: Snapshot) -> AskedDrug:
    """Return a drug by its name and, where labels name it with a suffix ("-aqqg"), by that too."""
    drug = drug_called(name)
    held = {one.lower() for _, label in snapshot.documents(SourceKind.LABEL) for one in label.drugs}
    suffixed = {one for one in held if one.startswith(f"{name.lower()}-")}
    return replace(drug, names=drug.names | suffixed)
