"""What is held, over real HTTP: the list, a document with its versions, and the refreshes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from corpus import holdings, refreshing
from corpus.document import Integrity, SourceKind
from corpus.refreshing import RunState
from corpus.store import Store
from corpus.transactions import writing
from qa.web.source_view import ago
from tests.index.corpora import WordEncoder
from tests.qa.web.conftest import ask, html, service, words
from tests.small_home import DOSE, INDICATION, read_in

LABEL = "/sources/label:examplumab"
REPORT = {
    "run": "r1",
    "sources": [
        {"name": "dailymed", "listed": 1200, "new": 2, "changed": 1, "unchanged": 1190, "withdrawn": 0, "unread": 0,
         "failed": ["spl:x: no title"], "told": [], "stopped": "", "requests": 9, "repeated": 0},
        {"name": "pubmed", "listed": 0, "new": 0, "changed": 0, "unchanged": 0, "withdrawn": 0, "unread": 0,
         "failed": [], "told": [], "stopped": "<b>no answer</b>", "requests": 1, "repeated": 0},
    ],
    "changes": [
        {"key": "label:examplumab", "title": "Sampla", "was": "a", "now": "b", "sections": ["2 Dosage: changed"]},
    ],
    "standings": [
        {"key": "research:sample-trial", "title": "Trial", "was": "current", "became": "retracted", "why": "data"},
    ],
    "flagged": [
        {"answer": "abc", "citation": 3, "reason": "changed", "key": "label:examplumab", "why": "the words changed"},
    ],
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a small data folder in which the label is held in two versions."""
    read_in(tmp_path, WordEncoder(), dose=70)
    read_in(tmp_path, WordEncoder(), dose=140)
    return tmp_path


@pytest.fixture
def own(home: Path) -> Iterator[httpx.Client]:
    with service(home) as running:
        yield running


def test_every_document_is_listed_with_what_is_known_of_it(client: httpx.Client) -> None:
    page = html(client.get("/sources"))
    listed = page.select(".documents li")
    assert len(listed) == 4
    label = next(one for one in listed if "Sampla" in one.get_text())
    assert "Sample Works · 2024" in words(label.get_text()) and "CC0-1.0" in label.get_text()
    assert "Retrieved" in label.get_text()
    counts = [words(one.get_text()) for one in page.select(".kinds li a")]
    assert counts == ["1 Guidelines", "1 FDA drug labels", "2 Research"]
    assert "Nothing has been refreshed" in page.select(".collections")[0].get_text()


@pytest.mark.parametrize(
    ("query", "found"),
    [("kind=label", 1), ("words=sampla", 1), ("words=EXAMPLUMAB", 3), ("words=examplumab&kind=research", 2),
     ("words=zzz", 0), ("kind=rumour", 4), ("page=9", 4), ("words=%25", 0)],
)  # fmt: skip
def test_the_list_is_narrowed(client: httpx.Client, query: str, found: int) -> None:
    page = html(client.get(f"/sources?{query}"))
    names = {words(one.get_text()) for one in page.select(".document-title")}
    assert len(names) == found
    assert bool(page.select(".nothing")) is (not names)


def test_a_document_can_be_read_and_says_what_cites_it(own: httpx.Client) -> None:
    ask(own, INDICATION)
    page = html(own.get(LABEL))
    titles = [words(one.get_text()) for one in page.select(".readable h2")]
    assert titles == [
        "Boxed Warning", "1 Indications and Usage", "2 Dosage and Administration", "4 Contraindications",
    ]  # fmt: skip
    assert "140 mg" in page.select("#text")[0].get_text()
    assert "Cited by 1 kept answer" in page.get_text()
    assert [one.get_text() for one in page.select("section[aria-labelledby=citing-title] a")] == [INDICATION]


def test_a_version_shows_what_it_changed_with_the_figures_marked(own: httpx.Client) -> None:
    page = html(own.get(LABEL))
    versions = page.select(".versions > li")
    assert len(versions) == 2 and "current" in versions[0].get_text()
    [link] = [one for one in page.select(".versions a") if "What changed" in one.get_text()]
    compared = html(own.get(str(link["href"]).partition("#")[0]))
    [change] = compared.select(".changes .change")
    assert words(change.h3.get_text() if change.h3 else "") == "changed 2 Dosage and Administration"
    assert [one.get_text() for one in change.select("del.figure")] == ["70 mg"]
    assert [one.get_text() for one in change.select("ins.figure")] == ["140 mg"]
    assert "3 unchanged, 1 changed" in words(compared.get_text())


def test_the_current_version_comes_first_whatever_the_dates_say(own: httpx.Client, home: Path) -> None:
    with Store.open(home) as store:
        held = store.get("label:examplumab")
        later = replace(held, effective="2030-01-01", version="0")
        origin = store.keep_raw(b"later", name="later.md", retrieved=date(2026, 11, 20))
        store.add(later, origin=origin)
        store.add(held, origin=origin, replaces=later.id)
        assert [one.id for one in store.versions("label:examplumab") if one.is_current] == [held.id]
    first, *others = html(own.get(LABEL)).select(".versions > li")
    assert "current" in first.get_text() and len(others) == 2


def test_an_earlier_version_is_read_as_it_was(own: httpx.Client) -> None:
    earlier = html(own.get(LABEL)).select(".versions > li")[1].select("a")[0]
    page = html(own.get(str(earlier["href"])))
    assert "70 mg" in page.select("#text")[0].get_text() and "140 mg" not in page.select("#text")[0].get_text()
    assert "This is not the current version" in page.get_text()


def test_a_section_is_opened_by_itself(own: httpx.Client, home: Path) -> None:
    with Store.open(home) as store:
        section = store.get("label:examplumab").sections[2]
    page = html(own.get(LABEL, params={"section": section.id}))
    assert len(page.select(".readable")) == 1 and "140 mg" in page.select("#text")[0].get_text()
    assert [words(one.get_text()) for one in page.select(".toc [aria-current]")] == ["2 Dosage and Administration"]


def test_where_a_publication_stood_is_told(home: Path, own: httpx.Client) -> None:
    with Store.open(home) as store:
        store.set_integrity("research:sample-trial", Integrity.RETRACTED, "Retraction in the Journal of Samples")
    page = html(own.get("/sources/research:sample-trial"))
    assert "Retracted." in page.select(".state-retracted")[0].get_text()
    standing = page.select("section[aria-labelledby=standing-title] li")
    assert [one.b.get_text() for one in standing if one.b] == ["current", "retracted"]
    assert html(own.get("/sources")).select(".badge-retracted")


@pytest.mark.parametrize(
    "address",
    ["/sources/label:none", f"{LABEL}?version=other", f"{LABEL}?section=none", f"{LABEL}?changes=none"],
)
def test_what_is_not_held_is_not_found(own: httpx.Client, address: str) -> None:
    assert html(own.get(address), 404).select("h1")


def test_the_earliest_version_has_nothing_to_be_compared_with(own: httpx.Client, home: Path) -> None:
    with Store.open(home) as store:
        first = next(one for one in store.versions("label:examplumab") if not one.is_current)
    page = html(own.get(LABEL, params={"changes": first.id}), 404)
    assert "earliest version that is held" in page.get_text()


def test_the_pages_of_passages_are_no_documents(client: httpx.Client) -> None:
    assert html(client.get("/sources/refreshes")).select("h1")[0].get_text() == "Refreshes"
    assert client.get("/sources/passages/none").status_code == 404


def test_refreshes_are_told_with_what_each_changed(home: Path, own: httpx.Client) -> None:
    with Store.open(home) as store, writing(store.engine) as connection:
        run = refreshing.begin_run(connection, "bones", "schedule", "r1")
        refreshing.end_run(connection, run.id, RunState.PARTLY, REPORT)
        refreshing.begin_run(connection, "hearts", "command", "r2")
    page = html(own.get("/sources/refreshes"))
    card = page.select("section[aria-labelledby=run-r1]")[0]
    rows = [[words(cell.get_text()) for cell in row.select("th, td")] for row in card.select("tbody tr")]
    assert rows[0] == ["dailymed", "1,200", "2", "1", "1,190", "0", "0", "1"]
    text = words(card.get_text())
    assert "partly" in text and "stopped, its old content is kept: <b>no answer</b>" in text
    assert "1 document changed" in text and "current → retracted" in text and "the words changed" in text
    assert "it still runs" in page.select("section[aria-labelledby=run-r2]")[0].get_text()
    assert len(html(own.get("/sources/refreshes?collection=bones")).select(".run-card")) == 1
    assert "partly" in html(own.get("/sources")).select(".collections")[0].get_text()


def test_answers_that_cite_an_earlier_version_are_counted_with_it(home: Path, own: httpx.Client) -> None:
    ask(own, DOSE)
    read_in(home, WordEncoder(), dose=210)
    assert "Cited by 1 kept answer" in html(own.get(LABEL)).get_text()


def test_what_is_held_is_counted_by_kind(home: Path) -> None:
    with Store.open(home) as store, store.engine.connect() as connection:
        kinds = {one.kind: (one.publications, one.versions) for one in holdings.kinds_held(connection)}
        found = tuple(holdings.holdings(connection, SourceKind.LABEL, "sample", limit=5))
    assert kinds == {SourceKind.GUIDELINE: (1, 1), SourceKind.LABEL: (1, 2), SourceKind.RESEARCH: (1, 1)}
    assert [(one.key, one.versions) for one in found] == [("label:examplumab", 2)]


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 11, 25), "today"), (date(2026, 11, 24), "1 day ago"), (date(2026, 10, 1), "1 month ago"),
     (date(2024, 1, 1), "2 years ago")],
)  # fmt: skip
def test_how_long_ago_is_said_in_words(day: date, said: str) -> None:
    assert ago(day, date(2026, 11, 25)) == said
