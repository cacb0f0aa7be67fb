"""USPSTF recommendations as JSON: topics, grades, and what is refused."""

import json
from pathlib import Path

import pytest

from corpus.document import SourceKind
from corpus.errors import UnreadableFile
from ingest.readers.base import RawFile, read_any
from ingest.readers.uspstf import read, sniff


def statement(**changed: object) -> dict[str, object]:
    return {
        "id": 1,
        "title": "Example: Screening -- Adults &amp; others",
        "grade": "B",
        "text": "The USPSTF recommends it.<br><br>See the rest, for 10<sup>3</sup> people.<sup>12</sup>",
        "servFreq": "<p>Every 2&nbsp;years.</p>",
        "riskText": "<h2>Who</h2><ul><li>People &lt; 40</li></ul>",
        "general": "77",
        "riskName": "None",
    } | changed


def raw(*statements: dict[str, object]) -> RawFile:
    return RawFile("uspstf.json", json.dumps({"specificRecommendations": statements}).encode())


def test_statements_of_a_topic_become_one_guideline_with_grades_in_its_headings() -> None:
    (document,) = read(
        raw(statement(), statement(id=2, title="Example: Screening -- Children", grade="I", servFreq=""))
    )
    assert (document.key, document.kind, document.title) == (
        "guideline:uspstf-77",
        SourceKind.GUIDELINE,
        "Example: Screening",
    )
    assert (document.design, document.year) == ("USPSTF grade B, I", None)
    assert [(section.heading, section.text) for section in document.sections[:3]] == [
        (("Adults & others (grade B)",), "The USPSTF recommends it.\nSee the rest, for 10³ people."),
        (("Adults & others (grade B)", "Frequency of service"), "Every 2 years."),
        (("Adults & others (grade B)", "Risk assessment", "Who"), "People < 40"),
    ]
    assert document.sections[3].heading == ("Children (grade I)",)


def test_topics_are_told_apart_by_their_id_in_file_order() -> None:
    other = statement(id=2, general="5", title="Other: Counseling -- All")
    assert [document.key for document in read(raw(statement(), other))] == ["guideline:uspstf-77", "guideline:uspstf-5"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"grade": "E"}, "specificRecommendations.1.grade is 'E'"),
        ({"title": "No population"}, "specificRecommendations.1.title"),
        ({"text": " "}, "specificRecommendations.1.text"),
        ({"title": "Another topic -- All"}, "topic 77 has more than one title"),
    ],
)
def test_a_record_that_does_not_fit_is_named(changed: dict[str, object], said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(raw(statement(), statement(id=2) | changed))
    assert said in refused.value.reason


def test_a_file_cut_off_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="not JSON"):
        read(RawFile("uspstf.json", raw(statement()).data[:-40]))


def test_only_json_with_the_recommendations_is_taken() -> None:
    assert sniff(raw(statement()))
    assert not sniff(RawFile("x.json", b'{"results": []}'))


def test_the_real_file_has_85_topics_with_137_statements(shared: Path) -> None:
    file = shared / "data/guidelines/uspstf_json/working-guidlines.json"
    documents = read_any(RawFile(file.name, file.read_bytes()))
    assert len(documents) == 85
    assert sum(len(section.heading) == 1 for document in documents for section in document.sections) >= 135
    assert (documents[0].title, documents[9].title) == (
        "Cervical Cancer: Screening",
        "Rh(D) Incompatibility: Screening",
    )
    assert documents[-1].title == "Vitamin D Deficiency: Screening"
    bones = next(document for document in documents if document.title == "Osteoporosis to Prevent Fractures: Screening")
    assert [s.title for s in bones.sections if len(s.heading) == 1] == [
        "Postmenopausal women younger than 65 years at increased risk of osteoporosis (grade B)",
        "Women 65 years and older (grade B)",
        "Men (grade I)",
    ]
