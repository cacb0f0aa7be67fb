"""What a run changed of publications, worked out from the store: it holds after a run that was killed as well."""

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from corpus.diff import Change as SectionFate
from corpus.diff import Hunk, SectionChange, diff_documents
from corpus.schema import documents
from corpus.store import Store
from ingest.refresh.report import Change

_BEFORE, _AFTER = 8, 5  # words shown around what changed


def changes_since(store: Store, since: datetime) -> list[Change]:
    """Return the publications of which a version that arrived at or after a moment took another's place, by key."""
    was, earlier = documents.alias("was"), documents.alias("earlier")
    c = documents.c
    before = (
        sa.select(sa.func.max(earlier.c.seq))
        .where(earlier.c.key == c.key, earlier.c.seq < c.seq)
        .correlate(documents)
        .scalar_subquery()
    )
    query = (
        sa.select(c.key, c.title, c.id, was.c.id.label("was"))
        .select_from(documents.join(was, was.c.seq == before))
        .where(c.is_current, c.added >= since)
        .order_by(c.key)
    )
    with store.engine.connect() as connection:
        rows = connection.execute(query).all()
    return [Change(row.key, row.title, row.was, row.id, tuple(_lines(store, row.was, row.id))) for row in rows]


def _lines(store: Store, was: str, now: str) -> Iterator[str]:
    for change in diff_documents(store.get(was), store.get(now)):
        if change.what is not SectionFate.SAME:
            yield f"{change.name}: {_words(change)}"


def _words(change: SectionChange) -> str:
    if change.what is SectionFate.MOVED and change.was is not None:
        return f"was {change.was.name}"
    if change.what is not SectionFate.CHANGED:
        return change.what.value
    shown = next((hunk for hunk in change.hunks if _changes_a_figure(hunk)), change.hunks[0])
    was, now = _around(shown)
    others = len(change.hunks) - 1
    more = f" (and {others:,} more place{'s' if others > 1 else ''})" if others else ""
    return f"{_short(was) or 'nothing'} → {_short(now) or 'nothing'}{more}"


def _changes_a_figure(hunk: Hunk) -> bool:
    return any(run.is_figure and run.what != "same" for run in hunk.runs)


def _around(hunk: Hunk) -> tuple[str, str]:
    """Return both wordings of what changed, with a few words before and after it: a sentence may be long."""
    changed = [n for n, run in enumerate(hunk.runs) if run.what != "same"]
    if not hunk.was or not hunk.now or not changed:
        return hunk.was, hunk.now
    runs, first, last = hunk.runs, changed[0], changed[-1] + 1
    before = " ".join(run.text for run in runs[:first]).split()
    after = " ".join(run.text for run in runs[last:]).split()
    lead = ["…", *before[-_BEFORE:]] if len(before) > _BEFORE else before
    rest = [*after[:_AFTER], "…"] if len(after) > _AFTER else after
    was, now = ([run.text for run in runs[first:last] if run.what != other] for other in ("added", "removed"))
    return " ".join([*lead, *was, *rest]), " ".join([*lead, *now, *rest])


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
