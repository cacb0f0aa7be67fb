"""Trials by name, and the publications that report them."""

import pytest

from corpus.document import Document, Section, SourceKind
from corpus.passage import Passage
from index.hit import Hit
from qa.trials import counts_people, names_trial, reports_of, studies_in


def hit(key: str, design: str, year: int = 2020) -> Hit:
    document = Document(key, SourceKind.RESEARCH, key, (), design=design, year=year)
    return Hit(1, 0.5, {}, 0, Passage("p", 0, 0, 0, "", ()), Section((), ""), document)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What did DATA-Switch and ARCH show?", ("DATA-Switch", "ARCH")),
        ("Did ACTIVExtend follow ACTIVE?", ("ACTIVExtend", "ACTIVE")),
        ("Does the FDA warn, and NICE?", ()),
        ("WHAT DID ARCH SHOW?", ()),
        ("Is CKD in ARCH?", ("ARCH",)),
    ],
)
def test_a_trial_goes_by_capitals(text: str, names: tuple[str, ...]) -> None:
    assert studies_in(text, ("CKD",)) == names


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("In ACTIVE, fractures were fewer.", True),
        ("Measure calcium if active stones are suspected.", False),
        ("In ACTIVE-2, fractures were fewer.", True),
        ("In ACTIVExtend, fractures were fewer.", False),
    ],
)
def test_a_trial_is_named_as_it_is_written(text: str, named: bool) -> None:
    assert names_trial(text, ("ACTIVE",)) is named


def test_the_report_of_a_trial_is_the_trial_and_no_analysis_or_review_of_it() -> None:
    hits = [
        hit("later", "post hoc analysis of a randomized trial"),
        hit("later", "post hoc analysis of a randomized trial"),
        hit("review", "systematic review"),
        hit("other", "phase 3 randomized trial"),
        hit("own", "phase 3 randomized trial"),
        hit("own", "phase 3 randomized trial"),
    ]
    assert [report.key for report in reports_of(hits)] == ["own", "other"]
    assert [report.key for report in reports_of(hits[:3])] == ["later"]
    assert reports_of(()) == ()


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("It was a trial in 7,180 postmenopausal women.", True),
        ("A trial in 245 men with osteoporosis.", True),
        ("We enrolled 94 healthy postmenopausal adult volunteers.", True),
        ("Women were followed for 24 months.", False),
        ("The dose was 210 mg.", False),
    ],
)
def test_a_sentence_may_say_how_many_people_were_studied(text: str, counts: bool) -> None:
    assert counts_people(text) is counts
