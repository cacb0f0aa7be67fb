"""The report names every file that needs a word and sums up the rest."""

import io
import json

from rich.console import Console

from corpus.records import Added, Outcome
from ingest.report import Line, Report

REPORT = Report(
    lines=[
        Line.of("a.xml", [Added("k:1@0", Outcome.NEW), Added("k:2@0", Outcome.NEW)]),
        Line.of("b.xml", [Added("k:1@1", Outcome.OLDER_VERSION, "kept, but k:1@0 stays current")]),
        Line.of("c.xml", [Added("k:3@0", Outcome.UNCHANGED)], "1 of its 2 documents; k:4: no room"),
        Line("[red]d.pdf", skipped="encrypted"),
    ],
    resplit=2,
    snapshot="s1",
    seconds=1.25,
)


def test_the_json_holds_every_file_and_the_sums() -> None:
    whole = json.loads(json.dumps(REPORT.as_json()))
    assert whole["files"] == {"read": 3, "skipped": 2}
    assert whole["documents"] == {"new": 2, "new version": 0, "older version": 1, "new state": 0, "unchanged": 1}
    assert [line["file"] for line in whole["lines"]] == ["a.xml", "b.xml", "c.xml", "[red]d.pdf"]
    assert whole["lines"][1]["notes"] == ["k:1@1: kept, but k:1@0 stays current"]
    assert whole["lines"][3]["skipped"] == "encrypted"
    assert (whole["resplit"], whole["snapshot"]) == (2, "s1")


def test_what_is_printed_names_what_was_skipped_and_why_in_the_words_given() -> None:
    out = io.StringIO()
    REPORT.show(Console(file=out, width=120))
    printed = out.getvalue()
    for expected in (
        "[red]d.pdf",
        "encrypted",
        "k:4: no room",
        "stays current",
        "3 files read, 2 skipped, in 1.2 s",
        "documents: 2 new, 1 older versions, 1 unchanged",
        "2 documents were split anew",
        "snapshot s1 is published",
    ):
        assert expected in printed
    assert "a.xml" not in printed


def test_a_very_long_list_is_cut_and_says_so() -> None:
    out = io.StringIO()
    Report([Line(f"{n:03}.pdf", skipped="encrypted") for n in range(230)]).show(Console(file=out, width=120))
    assert "199.pdf" in out.getvalue()
    assert "200.pdf" not in out.getvalue()
    assert "and 30 more: --json" in out.getvalue()


def test_an_ingest_that_published_nothing_says_why() -> None:
    out = io.StringIO()
    Report(unpublished="run `curbside setup`").show(Console(file=out, width=120))
    assert "no new snapshot: run `curbside setup`" in out.getvalue()
    assert "documents: none" in out.getvalue()
