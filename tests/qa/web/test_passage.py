"""A source opened: the section whole, exactly the cited characters marked, and what is to be known of it."""

import httpx
import pytest

from corpus.document import Block, Role, Section
from qa.web.section_view import lines
from tests.qa.web.conftest import EFFICACY, ask, html, words
from tests.small_home import CONTRAINDICATIONS

TEXT = "Do not give to:\n- old men\n\nDrug | Dose\nA | 1\n"
SECTION = Section(
    ("Use",),
    TEXT,
    blocks=(
        Block(Role.PARAGRAPH, 0, 15),
        Block(Role.ITEM, 16, 25),
        Block(Role.HEADER, 27, 38),
        Block(Role.ROW, 39, 44),
    ),
)


def test_all_characters_are_shown_once_and_the_cited_ones_apart_whatever_is_cited() -> None:
    for start in range(len(TEXT)):
        for end in range(start + 1, len(TEXT) + 1):
            found = lines(SECTION, start, end)
            segments = [segment for line in found for segment in line.segments]
            assert "".join(segment.text for segment in segments) == TEXT
            assert "".join(segment.text for segment in segments if segment.cited) == TEXT[start:end]
    assert [line.role for line in lines(SECTION, 0, 1)] == [Role.PARAGRAPH, Role.ITEM, Role.HEADER, Role.ROW]


def test_a_section_without_blocks_is_one_paragraph() -> None:
    [line] = lines(Section((), "One. Two."), 5, 9)
    assert [(segment.text, segment.cited) for segment in line.segments] == [("One. ", False), ("Two.", True)]


def cited(client: httpx.Client, question: str, place: int = 0) -> tuple[str, dict[str, str]]:
    answer = client.get(f"/api/answers/{ask(client, question).split('/')[2].partition('-')[0]}").json()
    one = answer["citations"][place]
    return f"/sources/passages/{one['passage']}", {**one, "n": str(one["n"])}


def test_the_page_has_the_whole_section_its_version_licence_and_standing(client: httpx.Client) -> None:
    path, one = cited(client, CONTRAINDICATIONS, 2)
    span = {"start": one["start"], "end": one["end"], "version": one["version"]}
    page = html(client.get(path, params=span))
    whole = client.get(path.replace("/sources", "/api"), params={"start": one["start"], "end": one["end"]}).json()
    assert page.select(".section-text")[0].get_text().replace("\n", "") == whole["text"].replace("\n", "")
    rows = page.select(".source-facts div")
    facts = {words(row.select("dt")[0].get_text()): words(row.select("dd")[0].get_text()) for row in rows}
    assert facts["Licence"] == "CC0-1.0"
    assert facts["Standing"] == "current"
    assert facts["Retrieved"] == "November 23, 2026"
    assert facts["Characters"] == f"{int(one['start']):,} to {int(one['end']):,} of {len(whole['text']):,}"
    assert "§ 4" in page.select(".place")[0].get_text()
    assert page.select("mark#cited")


def test_a_passage_without_a_span_is_marked_whole(client: httpx.Client) -> None:
    path, _ = cited(client, CONTRAINDICATIONS)
    page = html(client.get(path))
    assert "".join(mark.get_text() for mark in page.find_all("mark")) == client.get(f"/api{path[8:]}").json()["quote"]


def test_a_script_gets_the_part_and_a_browser_the_page(client: httpx.Client) -> None:
    path, one = cited(client, EFFICACY)
    part = client.get(path, headers={"hx-request": "true"})
    assert part.headers["vary"] == "HX-Request"
    assert "<html" not in part.text and "<h2" in part.text and one["quote"] in part.text
    assert "<html" in client.get(path).text


@pytest.mark.parametrize(("start", "end"), [("5", "5"), ("9", "3"), ("0", "100000"), ("-1", "4"), ("a", "4")])
def test_a_span_that_is_none_is_refused(client: httpx.Client, start: str, end: str) -> None:
    path, _ = cited(client, EFFICACY)
    html(client.get(path, params={"start": start, "end": end}), 422)


@pytest.mark.parametrize("query", [{"version": "label:nothing@0"}, {"version": "research:hostile"}])
def test_a_version_that_does_not_have_the_section_is_not_found(client: httpx.Client, query: dict[str, str]) -> None:
    path, _ = cited(client, EFFICACY)
    html(client.get(path, params=query), 404)
    html(client.get("/sources/passages/0000"), 404)
