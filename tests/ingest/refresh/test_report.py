"""What a person reads after a refresh: the words that changed, the answers touched and why, and no more than fits."""

from io import StringIO

from rich.console import Console

from corpus.store import Store
from ingest.refresh.report import Change, FlaggedAnswer, RefreshReport
from tests.ingest.refresh.shelf import Doing, Shelf

LONG = "In patients who were followed for many years in a large and careful study of bones and of falls "


def shown(report: RefreshReport) -> str:
    console = Console(file=StringIO(), width=200)
    report.show(console)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_the_words_that_changed_are_shown_however_long_their_sentence(doing: Doing, store: Store, shelf: Shelf) -> None:
    text = LONG * 2 + "the dose was {0} mg a day and was taken with water in the morning, at rest."
    shelf.texts["i1"] = "pmid:1: " + text.format(10)
    doing()
    shelf.texts["i1"] = "pmid:1: " + text.format(20)
    (change,) = doing().changes
    assert change.sections == (
        "Text: … of bones and of falls the dose was 10 mg a day and was taken … "
        "→ … of bones and of falls the dose was 20 mg a day and was taken …",
    )


def test_a_place_with_a_figure_is_shown_before_others(doing: Doing, shelf: Shelf) -> None:
    shelf.texts["i1"] = "pmid:1: The tablet is round and red. Take 70 mg once a week."
    doing()
    shelf.texts["i1"] = "pmid:1: The tablet is round and blue. Take 35 mg once a week."
    (change,) = doing().changes
    assert change.sections == ("Text: Take 70 mg once a week. → Take 35 mg once a week. (and 1 more place)",)


def test_many_sections_are_told_by_number_with_the_command_that_shows_them() -> None:
    sections = ("9.9 Other: added", *(f"{n} Part: a{n} → b{n}" for n in range(8)))
    text = shown(RefreshReport("r", "c", changes=[Change("spl:1", "Sampla", "old", "new", sections)]))
    assert "0 Part: a0 → b0" in text
    assert "9.9 Other" not in text
    assert "… and 3 more sections: curbside corpus history spl:1 --diff" in text


def test_an_answer_is_named_once_with_each_of_its_citations_and_reasons() -> None:
    flags = [FlaggedAnswer("a1", n, "changed", "spl:1", "the cited words read otherwise") for n in (2, 3)]
    flags += [FlaggedAnswer("a1", 5, "retracted", "pmid:1", "pmid:1 is cited, and it is retracted")]
    text = shown(RefreshReport("r", "c", flagged=flags))
    assert "a1: citations 2 (changed), 3 (changed), 5 (retracted)" in text
    assert (text.count("the cited words read otherwise"), text.count("it is retracted")) == (1, 1)
    assert "1 kept answers flagged" in text and "curbside corpus stale" in text
