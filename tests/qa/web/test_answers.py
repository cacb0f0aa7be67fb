"""The page of an answer: what it shows, in which order, escaped, under one address, and how it stands today."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup, Tag

from corpus.document import Integrity
from corpus.stale import flag_stale
from corpus.store import Store
from qa.answer import Block, Plain
from qa.answerer import Answerer
from qa.disclaimer import DISCLAIMER, PENDING
from qa.keep import AnswerKeeper
from tests.index.corpora import WordEncoder
from tests.qa.web.conftest import EFFICACY, ask, html, service, words
from tests.small_home import CONTRAINDICATIONS, DOSE, INDICATION, UNKNOWN, read_in

SCRIPT = "<script>alert(1)</script>"
CHEST_PAIN = "Crushing chest pain, what now?"


def page_of(client: httpx.Client, question: str) -> BeautifulSoup:
    return html(client.get(ask(client, question)))


def answer_of(client: httpx.Client, path: str) -> Any:
    return client.get(f"/api/answers/{path.removeprefix('/answers/').partition('-')[0]}").json()


def headings(page: BeautifulSoup | Tag) -> list[str]:
    return [words(tag.get_text()) for tag in page.find_all(["h1", "h2", "h3"])]


def test_the_question_is_the_title_and_the_parts_follow_in_their_order(client: httpx.Client) -> None:
    page = page_of(client, EFFICACY)
    assert [words(tag.get_text()) for tag in page.find_all("h1")] == [EFFICACY]
    assert page.title is not None and words(page.title.get_text()) == f"{EFFICACY} · Curbside"
    main = page.select(".answer-main")[0]
    assert [words(tag.get_text()) for tag in main.find_all("h2")] == [
        "From the Guidelines",
        "From the FDA Drug Label",
        "From the Research",
        "What was searched",
        "References",
    ]
    assert DISCLAIMER in words(page.select("footer")[0].get_text())


def test_every_claim_is_there_with_all_its_citations_and_nothing_else_is_claimed(client: httpx.Client) -> None:
    for question in (EFFICACY, INDICATION, CONTRAINDICATIONS):
        path = ask(client, question)
        page, answer = html(client.get(path)), answer_of(client, path)
        claims = [claim for part in answer["parts"] for block in part["blocks"] for claim in block["claims"]]
        shown = page.select(".part-guideline .lead, .part-guideline li, .part-label li, .part-research li")
        assert len(shown) == len(claims) > 0
        for tag, claim in zip(shown, claims, strict=True):
            numbers = [int(str(cite["data-cite"])) for cite in tag.select("a.cite")]
            assert numbers == claim["citations"]
            said = words("".join(line.get_text() for line in tag.select(".line")))
            assert re.sub(r"[\s\u200b\d]", "", said) == re.sub(r"[\s\d]", "", claim["text"])


def test_what_a_part_could_not_find_is_said(client: httpx.Client) -> None:
    searched = words(page_of(client, DOSE).select("#searched")[0].get_text())
    assert "Guidelines Searched 1 passages of 1 guidelines for examplumab; none of them" in searched
    assert "FDA drug labels for examplumab. 1 quoted." in searched


def test_the_boxed_warning_is_a_box_before_all_else_of_its_label(client: httpx.Client) -> None:
    label = page_of(client, CONTRAINDICATIONS).select("#label")[0]
    assert headings(label) == ["From the FDA Drug Label", "Boxed Warning", "4 Contraindications"]
    [box] = label.select(".boxed")
    assert [words(tag.get_text()) for tag in box.find_all("h3")] == ["Boxed Warning"]
    assert "may raise the risk of stroke [bold]in the first year[/bold]" in box.get_text()
    assert "Sample Works · effective date not stated by the source" in words(label.get_text())


def test_a_list_keeps_its_lead_and_its_items_apart(client: httpx.Client) -> None:
    [point] = [one for one in page_of(client, CONTRAINDICATIONS).select("#label li") if "Do not give" in one.get_text()]
    lines = [words(re.sub(r"[\u200b\d]", "", line.get_text())) for line in point.select(".line")]
    assert lines == [
        "Do not give examplumab to patients with:",
        "a stroke in the year before",
        "an allergy to examplumab",
    ]


def test_research_is_shown_with_its_design_and_the_number_studied_where_its_source_states_them(
    client: httpx.Client,
) -> None:
    studies = {words(tag.get_text()) for tag in page_of(client, EFFICACY).select("#research .study")}
    assert "Journal of Samples · 2021 · randomized trial" in studies
    hostile = "<img src=x onerror=alert('body')> · 2022 · <i>randomized trial</i> · 40 women"
    assert hostile in studies


def runs_nothing(page: BeautifulSoup) -> bool:
    """Return whether a page holds no script, image or style but those of the shell."""
    loaded = [str(tag.get("src", "")) for tag in page.find_all(["script", "img"])]
    inline = [tag for tag in page.find_all("script") if tag.get_text()]
    return all(one.startswith("/static/") for one in loaded) and not inline and not page.find_all(["svg", "i", "u"])


def test_a_script_in_a_source_is_shown_as_text(client: httpx.Client) -> None:
    page = page_of(client, EFFICACY)
    assert runs_nothing(page)
    assert "women <script>alert('text')</script> & men" in page.select("#research")[0].get_text()
    assert "<script>alert('title')</script> Examplumab & \"friends\"" in page.select("#references")[0].get_text()


def test_a_script_in_a_question_a_heading_or_a_notice_is_shown_as_text(web_home: Path, client: httpx.Client) -> None:
    answer = Answerer(web_home, encoder=WordEncoder()).ask(INDICATION)
    blocks = tuple(replace(block, heading=SCRIPT) for block in answer.parts[1].blocks)
    parts = (answer.parts[0], replace(answer.parts[1], blocks=blocks), answer.parts[2])
    hostile = replace(answer, question=SCRIPT, standalone=f"{SCRIPT}?", notice=SCRIPT, parts=parts)
    with Store.open(web_home) as store:
        AnswerKeeper(store).keep(hostile)
    page = html(client.get(f"/answers/{answer.id}-script-alert-1-script"))
    assert runs_nothing(page)
    assert headings(page).count(SCRIPT) == 1 + len(blocks)
    assert page.title is not None and SCRIPT in page.title.get_text()
    assert page.select(".notice")[0].get_text() == SCRIPT
    assert f"{SCRIPT}?" in page.select(".answer-head")[0].get_text()


def test_nothing_of_the_page_is_inline(client: httpx.Client) -> None:
    for question in (EFFICACY, UNKNOWN, CHEST_PAIN):
        page = page_of(client, question)
        assert not [tag for tag in page.find_all(True) for name in tag.attrs if name == "style" or name[:2] == "on"]


def test_an_answer_has_one_address_and_others_lead_to_it(client: httpx.Client) -> None:
    path = ask(client, INDICATION)
    stem = path.partition("-")[0]
    assert path == f"{stem}-what-is-examplumab-indicated-for"
    for other in (stem, f"{stem}-", f"{stem}-another-slug", f"{path}?x=1".replace("-what", "-What")):
        moved = client.get(other)
        assert (moved.status_code, moved.headers["location"]) == (301, path), other
    assert html(client.get(path)).select("link[rel=canonical]")[0]["href"] == path
    assert "is kept under the id" in html(client.get("/answers/0000-nothing"), 404).get_text()


def test_an_answer_waits_for_its_review_and_says_so(client: httpx.Client) -> None:
    page = page_of(client, INDICATION)
    steps = page.select(".steps li")
    assert [words(step.get_text()) for step in steps] == ["Submitted", "Under Review", "Approved"]
    assert [step.get("aria-current") for step in steps] == ["step", None, None]
    assert [words(tag.get_text()) for tag in page.select(".caution")] == [PENDING]
    assert PENDING == "Educational purpose only: exercise caution, pending human review."
    assert re.match(r"Last updated \w+ \d+, 20\d\d · Editorial policy", words(page.select(".updated")[0].get_text()))
    assert page.select(".updated a")[0]["href"] == "/editorial-policy"


def test_every_citation_leads_to_its_characters_and_is_described_by_its_quote(client: httpx.Client) -> None:
    path = ask(client, EFFICACY)
    page = html(client.get(path))
    quotes = {citation["n"]: citation["quote"] for citation in answer_of(client, path)["citations"]}
    cites = page.select(".answer-main a.cite")
    assert {int(str(cite["data-cite"])) for cite in cites} == set(quotes)
    for cite in cites:
        number = int(str(cite["data-cite"]))
        [described] = page.select(f"#{cite['aria-describedby']}")
        assert described.get_text() == quotes[number]
        source = html(client.get(str(cite["href"])))
        assert "".join(mark.get_text() for mark in source.find_all("mark")) == quotes[number]


def test_references_are_grouped_by_kind_with_every_citation_under_its_document(client: httpx.Client) -> None:
    path = ask(client, EFFICACY)
    references = html(client.get(path)).select("#references")[0]
    assert headings(references) == ["References", "Guidelines", "FDA drug labels", "Research"]
    listed = [int(str(cite["data-cite"])) for cite in references.select("a.cite")]
    assert sorted(listed) == [citation["n"] for citation in answer_of(client, path)["citations"]]
    numbers = [words(tag.get_text()) for tag in references.select(".numbers")]
    assert numbers == ["Sources 1", "Sources 2–4", "Sources 5, 6", "Sources 7"]


def test_how_a_publication_stands_is_read_when_the_page_is_opened(web_home: Path, client: httpx.Client) -> None:
    path = ask(client, EFFICACY)
    assert not html(client.get(path)).select(".badge")
    why = "Retracted at the editors' <b>request</b>"
    with Store.open(web_home) as store:
        store.set_integrity("research:sample-trial", Integrity.RETRACTED, why)
        try:
            page = html(client.get(path))
            assert {words(tag.get_text()) for tag in page.select("#references .badge")} == {"retracted"}
            assert why in page.select("#references")[0].get_text()
            assert "retracted" in page.select("#research .study .badge")[0].get_text()
            labelled = [
                one for one in page.select("#research a.cite") if "Journal of Samples" in str(one["aria-label"])
            ]
            trial = labelled[0]
            assert why in html(client.get(str(trial["href"]))).select(".state-retracted")[0].get_text()
        finally:
            store.set_integrity("research:sample-trial", Integrity.CURRENT, "put back")


def test_an_answer_whose_source_changed_says_so_with_both_wordings(own_home: Path) -> None:
    with service(own_home) as client:
        path = ask(client, DOSE)
        assert not html(client.get(path)).select(".stale")
        read_in(own_home, WordEncoder(), dose=90)
        with Store.open(own_home) as store:
            flag_stale(store)
        page = html(client.get(path))
        [stale] = page.select(".stale")
        assert "Out of date" in stale.get_text()
        [was], [now] = stale.select("del"), stale.select("ins")
        assert was.get_text() == "The recommended dose of examplumab is 70 mg under the skin once every month."
        assert now.get_text() == "The recommended dose of examplumab is 90 mg under the skin once every month."
        assert [words(tag.get_text()) for tag in page.select(".caution")] == [PENDING]
        flagged = page.select("#label a.cite-stale")
        assert len(flagged) == 1 and str(flagged[0]["aria-label"]).endswith("(changed since)")
        assert "superseded" in page.select("#references")[0].get_text()
        # What is shown is still what was quoted, from the version that was cited.
        opened = html(client.get(str(flagged[0]["href"])))
        assert opened.find_all("mark")[0].get_text() == was.get_text()
        assert "A newer version is held" in opened.get_text()


def test_a_refusal_says_why_what_would_be_needed_and_what_comes_nearest(client: httpx.Client) -> None:
    page = page_of(client, UNKNOWN)
    assert headings(page.select(".refusal")[0])[0] == "The sources held here do not answer this"
    assert "any guideline, label or publication about otherzumab" in page.get_text()
    assert not page.select(".steps")
    nearest = page.select(".nearest a")
    assert nearest
    for link in nearest:
        assert html(client.get(str(link["href"]))).find_all("mark")


def test_an_emergency_comes_before_its_own_question_and_shows_nothing_to_click_first(client: httpx.Client) -> None:
    main = page_of(client, CHEST_PAIN).select(".answer-main")[0]
    assert headings(main) == ["Call for help first", CHEST_PAIN]
    assert "Call the emergency services now (911" in main.select(".emergency")[0].get_text()
    assert not main.select("form, .steps")


def test_what_is_declined_has_its_reason_and_no_status_of_review(client: httpx.Client) -> None:
    page = page_of(client, "Write a poem")
    assert headings(page.select(".refusal")[0]) == ["Not to be answered here"]
    assert "has no calculator" in page.get_text()
    assert not page.select(".steps")


def test_a_patient_who_opens_what_was_asked_for_a_clinician_is_offered_plain_words(client: httpx.Client) -> None:
    path = ask(client, INDICATION)
    assert not html(client.get(path)).select(".ask-plain")
    page = html(client.get(path, headers={"cookie": "audience=patient"}))
    [form] = page.select(".ask-plain")
    assert form.select("input")[0]["value"] == INDICATION
    asked = client.post("/ask", data={"question": INDICATION}, headers={"cookie": "audience=patient"})
    again = html(client.get(asked.headers["location"]))
    assert "No text written for patients" in again.select("#plain")[0].get_text()
    assert not again.select(".ask-plain")


def test_what_is_written_for_patients_comes_first_for_them(web_home: Path, client: httpx.Client) -> None:
    answer = Answerer(web_home, encoder=WordEncoder()).ask(INDICATION)
    plain = Plain("Searched what is written for patients.", 1, (Block("What it is for", (answer.claims()[1],)),))
    given = replace(answer, id="00000000000000000001", plain=plain)
    with Store.open(web_home) as store:
        AnswerKeeper(store).keep(given)
    page = html(client.get("/answers/00000000000000000001-what-is-examplumab-indicated-for"))
    assert headings(page.select(".answer-main")[0])[1:3] == ["In Plain Words", "What it is for"]
    said = words(page.select("#plain li")[0].get_text())
    assert said.startswith("Examplumab is indicated for the treatment of osteoporosis")


def test_the_text_to_copy_has_every_claim_its_numbers_and_the_references(client: httpx.Client) -> None:
    path = ask(client, EFFICACY)
    answer = answer_of(client, path)
    said = client.get(f"/answers/{answer['id']}/answer.txt")
    assert said.headers["content-type"] == "text/plain; charset=utf-8"
    for part in answer["parts"]:
        for block in part["blocks"]:
            for claim in block["claims"]:
                assert f"{claim['text']} [{', '.join(map(str, claim['citations']))}]" in said.text
    for citation in answer["citations"]:
        assert f"\n[{citation['n']}] {citation['title']}" in said.text
    assert PENDING in said.text and DISCLAIMER in said.text


@pytest.mark.parametrize("question", ["", "   ", "?" * 3000])
def test_a_question_that_cannot_be_asked_is_a_page_that_says_why(client: httpx.Client, question: str) -> None:
    page = html(client.post("/ask", data={"question": question}), 422)
    assert page.select("main .lead")[0].get_text()
