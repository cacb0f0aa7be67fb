"""In Plain Words: the right passages, word for word, and nothing else of the answer other than it was."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.store import Store
from qa.answer import Answer, Claim, Plain, Status, Support, content_hash
from qa.answer_json import from_json, to_json
from qa.answerer import Answerer
from qa.check import checked
from tests.qa.pages import unsound
from tests.qa.plain_library import build_plain
from tests.qa.small_library import BagEncoder

FOR_WHOM = "What is zelomab for?"


@pytest.fixture(scope="module")
def plain_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_plain(tmp_path_factory.mktemp("plain") / "home")


@pytest.fixture(scope="module")
def plain_answerer(plain_home: Path) -> Answerer:
    return Answerer(plain_home, encoder=BagEncoder())


def told(answerer: Answerer, question: str) -> Plain:
    plain = answerer.ask(question, audience="patient").plain
    assert plain is not None
    return plain


def blocks(answerer: Answerer, question: str) -> dict[str, list[str]]:
    return {block.heading: [claim.text for claim in block.claims] for block in told(answerer, question).blocks}


def test_the_guides_own_question_leads_to_what_answers(plain_answerer: Answerer) -> None:
    assert blocks(plain_answerer, FOR_WHOM) == {
        "Medication Guide: What is zelomab?": ["Zelomab is a medicine for grown-ups whose asthma is severe."]
    }


def test_a_list_comes_whole_and_with_its_lead(plain_answerer: Answerer) -> None:
    found = blocks(plain_answerer, "What are the contraindications of zelomab?")
    assert found["Medication Guide: Who should not take zelomab?"] == [
        "Do not take zelomab if you:\nhave low calcium in your blood\nare allergic to zelomab"
    ]


def test_side_effects_bring_what_patients_are_to_be_told_too(plain_answerer: Answerer) -> None:
    found = blocks(plain_answerer, "What are the side effects of zelomab?")
    assert (
        "Zelomab may give you a headache." in found["Medication Guide: What are the possible side effects of zelomab?"]
    )


def test_a_condition_asked_about_must_be_named(plain_answerer: Answerer) -> None:
    said = [text for texts in blocks(plain_answerer, "Is zelomab safe in pregnancy?").values() for text in texts]
    assert "Call your doctor if you are pregnant and get a rash from zelomab." in said
    assert "Tell patients to seek care at once for signs of stroke." not in said


def test_what_patients_are_told_of_a_combination_is_not_told_of_its_parts(plain_answerer: Answerer) -> None:
    combined = {
        "Medication Guide: What is Zelordaz?": [
            "Zelordaz is a medicine with zelomab and ordazine for asthma and runny noses."
        ]
    }
    assert blocks(plain_answerer, "What is zelomab and ordazine for?") == combined
    for drug in ("zelomab", "ordazine"):
        stored = plain_answerer.ask(f"How should I store {drug}?", audience="patient")
        # Only the combination's text says how it is stored: of the drug itself nothing is known.
        assert stored.refusal is not None and stored.plain is None
        assert not any("Zelordaz" in heading for heading in blocks(plain_answerer, f"What is {drug} for?"))


def test_drug_facts_are_written_for_who_takes_the_drug(plain_answerer: Answerer) -> None:
    assert blocks(plain_answerer, "What is ordazine for?") == {"Uses": ["For the relief of a runny nose."]}
    assert "starch" not in str(blocks(plain_answerer, "What are the inactive ingredients of ordazine?"))


def test_a_guidelines_summary_for_patients_is_quoted_where_no_label_has_any(plain_answerer: Answerer) -> None:
    plain = told(plain_answerer, "Does velatide prevent gout flares?")
    assert blocks(plain_answerer, "Does velatide prevent gout flares?") == {
        "Gout Society: Plain Language Summary": ["Gout flares hurt, and velatide keeps gout flares away."]
    }
    assert plain.found == 1


def test_where_nothing_is_held_for_patients_it_says_so(plain_answerer: Answerer) -> None:
    plain = told(plain_answerer, "What is the indication of velatide?")
    assert plain.blocks == () and plain.found == 0
    assert plain.searched == (
        "No text written for patients of velatide is held here. What follows is written for healthcare professionals."
    )


def test_where_it_is_held_and_does_not_answer_it_says_that(plain_answerer: Answerer) -> None:
    plain = told(plain_answerer, "What are the inactive ingredients of ordazine?")
    assert plain.blocks == ()
    assert (
        plain.searched
        == "Searched what is written for patients in 1 label of ordazine; none of it answers the question."
    )


@pytest.mark.parametrize("audience", ["clinician", "pharmacist", "student", "researcher"])
def test_no_other_audience_is_given_it(plain_answerer: Answerer, audience: str) -> None:
    assert plain_answerer.ask(FOR_WHOM, audience=audience).plain is None


def test_a_refusal_and_an_emergency_have_none(plain_answerer: Answerer) -> None:
    for question in ("What is the dose of fortemine?", "I took zelomab and cannot breathe, my face is swelling up"):
        answer = plain_answerer.ask(question, audience="patient")
        assert answer.status in (Status.REFUSED, Status.EMERGENCY) and answer.plain is None


def test_its_claims_are_what_the_store_holds(plain_answerer: Answerer, plain_home: Path) -> None:
    answer = plain_answerer.ask("What are the contraindications of zelomab?", audience="patient")
    with Store.open(plain_home) as store:
        assert unsound(answer, store) == []
    assert {n for claim in answer.every_claim() for n in claim.citations} == {c.n for c in answer.citations}


def test_the_check_drops_what_does_not_quote_and_the_citation_with_it(plain_answerer: Answerer) -> None:
    answer = plain_answerer.ask(FOR_WHOM, audience="patient")
    assert answer.plain is not None
    (block,) = answer.plain.blocks
    wrong = Claim("Zelomab cures asthma.", block.claims[0].citations, block.claims[0].quoted, Support.VERBATIM)
    spoilt = replace(answer, plain=replace(answer.plain, blocks=(replace(block, claims=(wrong,)),)))
    sound, faults = checked(spoilt, plain_answerer.library().snapshot)
    assert len(faults) == 1 and "Zelomab cures asthma." in faults[0]
    assert sound.plain is not None and sound.plain.blocks == () and sound.plain.found == 0
    assert sound.parts == answer.parts
    assert {c.n for c in answer.citations} - {c.n for c in sound.citations} == set(wrong.citations)


def test_the_hash_covers_it(plain_answerer: Answerer) -> None:
    answer = plain_answerer.ask(FOR_WHOM, audience="patient")
    assert answer.plain is not None and answer.hash == content_hash(answer)
    (block,) = answer.plain.blocks
    said = replace(block.claims[0], text="Zelomab is a medicine for children whose asthma is severe.")
    for plain in (
        None,
        replace(answer.plain, searched="Searched."),
        replace(answer.plain, blocks=(replace(block, heading="Guide"),)),
        replace(answer.plain, blocks=(replace(block, claims=(said,)),)),
    ):
        assert content_hash(replace(answer, plain=plain)) != answer.hash


def test_it_goes_into_json_and_back_and_older_answers_have_none(plain_answerer: Answerer) -> None:
    answer: Answer = plain_answerer.ask(FOR_WHOM, audience="patient")
    whole = to_json(answer)
    assert from_json(json.dumps(whole)) == answer
    del whole["plain"]
    assert from_json(json.dumps(whole)) == replace(answer, plain=None)
