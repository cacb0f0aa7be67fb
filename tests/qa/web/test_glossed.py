"""Terms are explained once a page, where they first stand, and not a character of what is explained changes."""

import httpx

from qa.glossary.find import Gloss
from qa.glossary.terms import terms
from qa.web.glossed import Glossed, anchor
from tests.qa.web.conftest import EFFICACY, ask, html, words

OSTEOPOROSIS = "Women with osteoporosis had a fracture; osteoporosis is common."


def test_the_pieces_are_the_text_and_a_term_is_explained_where_it_first_stands() -> None:
    glossed = Glossed(wanted=True)
    pieces = list(glossed(OSTEOPOROSIS))
    assert "".join(one.text for one in pieces) == OSTEOPOROSIS
    explained = [one for one in pieces if one.gloss]
    assert [one.text for one in explained].count("osteoporosis") == 1
    assert "term-osteoporosis" in [one.anchor for one in explained]
    assert all(one.gloss is None for one in glossed(OSTEOPOROSIS))
    assert {gloss.term for _, gloss in glossed.terms()} == {one.gloss.term for one in explained if one.gloss}


def test_no_two_terms_share_an_anchor() -> None:
    anchors = [anchor(Gloss(0, 0, term.name, term.means)) for term in terms()]
    assert len(set(anchors)) == len(anchors) >= 250


def test_where_none_is_wanted_a_text_is_one_piece() -> None:
    glossed = Glossed(wanted=False)
    assert [one.text for one in glossed(OSTEOPOROSIS)] == [OSTEOPOROSIS]
    assert list(glossed("")) == [] and glossed.terms() == []


def test_a_student_is_explained_what_a_clinician_knows_and_reads_the_same_words(client: httpx.Client) -> None:
    path = ask(client, EFFICACY)
    plain = html(client.get(path))
    taught = html(client.get(path, headers={"cookie": "audience=student"}))
    assert not plain.select(".term, #terms")
    explained = taught.select("a.term")
    assert "osteoporosis" in {term.get_text() for term in explained}
    for term in explained:
        [listed] = taught.select(str(term["href"]))
        [meaning] = taught.select(f"#{term['aria-describedby']}")
        assert meaning.get_text() and listed.select("dt")[0].get_text() == term["data-term"]
    assert len({term["href"] for term in explained}) == len(explained) == len(taught.select("#terms dt"))
    for part in ("#guideline", "#label", "#research", "#searched", "#references"):
        assert words(taught.select(part)[0].get_text()) == words(plain.select(part)[0].get_text())
