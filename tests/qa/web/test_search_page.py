"""The search over passages, over real HTTP."""

from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup

from corpus.document import Section
from qa.web.found import marked
from qa.web.passage_search import is_in
from tests.qa.web.conftest import html, words
from tests.small_home import DOSE

DOSING = Section(("Dosage and Administration", "Renal Impairment"), "Give less.", "2.3", "", codes=("34068-7", ""))


def found(page: BeautifulSoup) -> list[str]:
    return [words(one.get_text()) for one in page.select(".hit-text")]


def test_passages_are_found_with_their_words_marked(client: httpx.Client) -> None:
    page = html(client.get("/search", params={"q": "stroke in the first year"}))
    [first] = [one for one in page.select(".hit") if "may raise the risk of stroke" in words(one.get_text())]
    assert {"stroke", "first", "year"} >= {mark.get_text() for mark in first.select("mark")} >= {"stroke", "year"}
    assert first.h2 is not None and "Sampla (examplumab)" in first.h2.get_text()
    assert "Boxed Warning" in first.select(".hit-where")[0].get_text()
    [link] = first.select("h2 a")
    assert "risk of stroke" in html(client.get(str(link["href"]))).select("mark")[0].get_text()


def test_a_hit_leads_to_its_whole_document(client: httpx.Client) -> None:
    [link, *_] = html(client.get("/search?q=stroke")).select(".hit .facts a")
    assert html(client.get(str(link["href"]))).select("h1")


@pytest.mark.parametrize(
    ("filters", "kinds"),
    [
        ({"kind": "guideline"}, {"Guidelines"}),
        ({"kind": "label"}, {"FDA drug labels"}),
        ({"drug": "Sampla"}, {"FDA drug labels"}),
        ({"year_from": "2024"}, {"FDA drug labels"}),
        ({"year_to": "2021"}, {"Research"}),
        ({"section": "4"}, {"FDA drug labels"}),
        ({"section": "34070-3"}, {"FDA drug labels"}),
        ({"section": "recommendations"}, {"Guidelines"}),
    ],
)
def test_what_is_found_is_narrowed(client: httpx.Client, filters: dict[str, str], kinds: set[str]) -> None:
    page = html(client.get("/search", params={"q": "examplumab osteoporosis", **filters}))
    assert {one.get_text() for one in page.select(".hit-kind")} == kinds
    for name, value in filters.items():
        field = page.select(f".finder [name={name}]")[0]
        chosen = field.select("option[selected]")
        assert (chosen[0] if chosen else field)["value"] == value


def test_a_filter_that_nothing_fits_offers_the_search_without_it(client: httpx.Client) -> None:
    page = html(client.get("/search", params={"q": "stroke", "drug": "otherzumab"}))
    assert "No passage was found" in page.get_text()
    [link] = [one for one in page.select(".nothing a") if "without the filters" in one.get_text()]
    assert found(html(client.get(str(link["href"]))))


def test_an_empty_search_says_what_this_is(client: httpx.Client) -> None:
    page = html(client.get("/search"))
    assert not page.select(".hit") and "in their own words" in page.select(".nothing h2")[0].get_text()
    assert html(client.get("/search?q=&kind=&drug=&section=&year_from=&year_to=")).select(".nothing")


def test_a_kind_or_year_that_is_none_narrows_nothing(client: httpx.Client) -> None:
    page = html(client.get("/search", params={"q": "stroke", "kind": "rumour", "year_from": "old", "page": "99"}))
    assert found(page)


def test_the_search_can_be_asked_as_a_question(client: httpx.Client) -> None:
    [form] = html(client.get("/search", params={"q": DOSE})).select(".ask-instead")
    [field] = form.select("input[name=question]")
    assert client.post(str(form["action"]), data={"question": str(field["value"])}).status_code == 303


def test_what_is_looked_for_is_not_logged(client: httpx.Client, lines: Any) -> None:
    assert client.get("/search", params={"q": "stroke in Mrs Miller"}).status_code == 200
    client.get("/healthz")  # its line is written when the one before has been
    logs = [line for line in lines() if line["event"] == "request"]  # the client of the test has lines of its own
    assert "/search" in [one.get("path") for one in logs]
    assert "Miller" not in str(logs)


def test_a_script_in_a_source_or_in_the_search_is_shown_as_text(client: httpx.Client) -> None:
    page = html(client.get("/search", params={"q": '"><script>alert(1)</script> women & men fracture'}))
    assert all(tag.get("src") for tag in page.select("script")) and not page.select(".hit img, .hit script")
    assert "<script>alert('text')</script>" in " ".join(found(page))
    assert str(page.select("#q")[0]["value"]).startswith('"><script>')


def test_a_word_is_marked_in_any_of_its_forms() -> None:
    pieces = marked("Fractures were fewer; a fracture’s risk fell.", "fracture risks")
    assert [one.text for one in pieces if one.cited] == ["Fractures", "fracture’s", "risk"]
    assert "".join(one.text for one in pieces) == "Fractures were fewer; a fracture’s risk fell."
    assert [one.cited for one in marked("It is in the way", "is it in the")] == [False]


@pytest.mark.parametrize(
    ("name", "inside"),
    [("2", True), ("2.3", True), ("23", False), ("3", False), ("34068-7", True), ("renal", True), ("Dosage", True),
     ("liver", False), ("", True)],
)  # fmt: skip
def test_a_section_lies_in_the_one_that_is_named(name: str, inside: bool) -> None:
    assert is_in(DOSING, name) is inside
