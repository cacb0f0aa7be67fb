"""What a source has now beside what it gave last: what to fetch, what to withdraw, and whether to believe it."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.errors import CurbsideError
from corpus.refreshing import ItemState, SourceItem
from ingest.connectors.base import Connector, Item, Known
from ingest.fetching.client import Client
from ingest.refresh.report import SourceReport

# A source that lists so much less than before is believed to be broken, not to have withdrawn so much.
MAX_SHRINK = 0.2


@dataclass(slots=True)
class SourcePlan:
    """One source's part of a run: its connector, what it gave last, what to fetch, and what it has withdrawn."""

    name: str
    connector: Connector
    client: Client
    held: Mapping[str, SourceItem]
    report: SourceReport
    fetch: list[Item]
    gone: list[str]


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
    plan = SourcePlan(name, connector, client, held, SourceReport(name), [], [])
    try:
        _compare(plan, list(connector.listed(known)), max_shrink)
    except CurbsideError as error:
        stop(plan, str(error))
    plan.report.requests, plan.report.repeated = client.requests, client.repeated
    return plan


def stop(plan: SourcePlan, why: str) -> None:
    """Leave the source as it is: nothing of it is fetched, changed or withdrawn."""
    plan.report.stopped = why
    plan.report.new = plan.report.changed = plan.report.withdrawn = 0
    plan.fetch, plan.gone = [], []


def _compare(plan: SourcePlan, listed: list[Item], max_shrink: float) -> None:
    report = plan.report
    report.listed = len(listed)
    present = {name for name, item in plan.held.items() if item.state is not ItemState.GONE}
    if len(listed) < (1 - max_shrink) * len(present):
        stop(
            plan,
            f"it lists {len(listed):,} items, before it were {len(present):,}: a source that shrinks by more than "
            f"{max_shrink:.0%} is taken for broken. If it is right, run again with --accept-shrinking",
        )
        return
    for item in listed:
        last = plan.held.get(item.id)
        if last is None or last.state is ItemState.GONE:
            report.new += 1
            plan.fetch.append(item)
        elif not item.revision or item.revision != last.revision:
            report.changed += 1
            plan.fetch.append(item)
        else:
            report.unchanged += 1
    missing = present.difference(item.id for item in listed)
    plan.gone = sorted(plan.connector.gone(sorted(missing))) if missing else []
    report.withdrawn = len(plan.gone)
