"""What a source has now beside what it gave last: what to fetch, what to withdraw, and whether to believe it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.errors import CurbsideError
from corpus.refreshing import ItemState, SourceItem
from ingest.connectors.base import Connector, Item, Known
from ingest.fetching.client import Client
from ingest.refresh.report import SourceReport

# A source that lists so much less than before is believed to be broken, not to have withdrawn so much.
MAX_SHRINK = 0.2
FEW = 2


@dataclass(slots=True)
class SourcePlan:
    """One source's part of a run: its connector, what it gave last, what to fetch, and what it has withdrawn.

    `left` is listed no longer and not withdrawn: what has only ceased to match, or lost the name it was followed by.
    """

    name: str
    connector: Connector
    client: Client
    held: Mapping[str, SourceItem]
    report: SourceReport
    fetch: list[Item]
    gone: list[str]
    max_shrink: float = MAX_SHRINK
    left: list[str] = field(default_factory=list)

    @property
    def present(self) -> set[str]:
        """Return the items that the source listed last."""
        absent = (ItemState.GONE, ItemState.UNLISTED)
        return {name for name, item in self.held.items() if item.state not in absent}


def plan_source(
    name: str,
    connector: Connector,
    client: Client,
    held: Mapping[str, SourceItem],
    known: Known,
    *,
    max_shrink: float = MAX_SHRINK,
) -> SourcePlan:
    """Return the plan of one source; where the source fails or shrinks, a plan of nothing that says why.

    `max_shrink` is the share of what was present before that may be missing, 0..1.
    """
    plan = SourcePlan(name, connector, client, held, SourceReport(name), [], [], max_shrink)
    try:
        _compare(plan, list(connector.listed(known)))
        plan.report.told += [
            f"nothing matches {asked}: see that it is written as the source writes it" for asked in connector.unmatched
        ]
    except CurbsideError as error:
        stop(plan, str(error))
    plan.report.requests, plan.report.repeated = client.requests, client.repeated
    return plan


def stop(plan: SourcePlan, why: str) -> None:
    """Leave the source as it is: nothing of it is fetched, changed or withdrawn."""
    plan.report.stopped = why
    plan.report.new = plan.report.changed = plan.report.withdrawn = 0
    plan.fetch, plan.gone, plan.left = [], [], []


def is_broken(plan: SourcePlan, has: int, verb: str = "lists") -> bool:
    """Return whether the source, which has so many items now, is stopped: it had too many more before."""
    before = len(plan.present)
    if has >= (1 - plan.max_shrink) * before:
        return False
    stop(
        plan,
        f"it {verb} {has:,} items, before it were {before:,}: a source that shrinks by more than "
        f"{plan.max_shrink:.0%} is taken for broken. If it is right, run again with --accept-shrinking",
    )
    return True


def _compare(plan: SourcePlan, listed: list[Item]) -> None:
    report = plan.report
    report.listed = len(listed)
    if is_broken(plan, len(listed)):
        return
    for item in listed:
        last = plan.held.get(item.id)
        if last is None or last.state is ItemState.GONE:
            report.new += 1
            plan.fetch.append(item)
        elif not item.revision or item.revision != last.revision or last.state is ItemState.UNLISTED:
            report.changed += 1
            plan.fetch.append(item)
        else:
            report.unchanged += 1
    there = {item.id for item in listed}
    missing = {name for name, last in plan.held.items() if last.state is not ItemState.GONE} - there
    plan.gone = sorted(plan.connector.gone(sorted(missing))) if missing else []
    plan.left = sorted((plan.present - there).difference(plan.gone))
    report.withdrawn = len(plan.gone)
    if plan.left:
        report.told.append(
            f"{which(plan.left)}: listed no longer, and not withdrawn either: the text that is held stays as it is"
        )


def which(items: list[str]) -> str:
    """Return what something is told of: a few items by name, many by number."""
    return ", ".join(items) if len(items) <= FEW else f"{len(items):,} items"
