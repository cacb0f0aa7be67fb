"""Whole answers over the small library, in sentences of what a reader gets."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qa.answer import Status
from qa.answerer import Answerer
from tests.qa.conftest import Ask
from tests.qa.pages import GUIDELINE, LABEL, RESEARCH, claims, documents, everything, headings, texts
from tests.qa.small_library import BagEncoder, build

BOXED = "Boxed Warning: Myocardial Infarction and Stroke"
INDICATED = "Zelomab is indicated as add-on treatment of severe asthma in adults with frequent exacerbations."
DOSE = "The recommended dose of zelomab is 90 mg under the skin once every month."


# The label: which section answers


@pytest.mark.parametrize("question", ["What is zelomab indicated for?", "What is Zelo used for?", "zelomab indication"])
def test_an_indication_is_answered_from_section_1_and_never_from_14(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert INDICATED in texts(answer, LABEL, "1.1 Severe Asthma")
    assert not any(heading.startswith("14") for heading in headings(answer, LABEL))


def test_who_should_not_receive_it_is_answered_from_section_4_with_the_boxed_warning_first(ask: Ask) -> None:
    assert headings(ask("Who should not receive zelomab?"), LABEL)[:2] == [BOXED, "4 Contraindications"]


@pytest.mark.parametrize("said", ["CKD", "chronic kidney disease", "renal impairment", "patients on dialysis"])
def test_the_kidney_in_whatever_words_leads_to_the_renal_section(ask: Ask, said: str) -> None:
    answer = ask(f"Can zelomab be used in {said}?")
    assert headings(answer, LABEL)[:2] == [BOXED, "8.6 Renal Impairment"]


def test_a_renal_dose_is_found_in_the_dosing_section_where_the_label_has_no_renal_one(ask: Ask) -> None:
    answer = ask("What is the dose of velatide in renal impairment?")
    assert headings(answer, LABEL)[0] == "2.2 Dosage in Renal Impairment"


def test_what_should_follow_leads_to_the_limitations_of_use(ask: Ask) -> None:
    answer = ask("What should follow 12 months of zelomab?")
    assert texts(answer, LABEL, "1.2 Limitations of Use")[-1].startswith("If asthma treatment is still needed after")


def test_a_broad_question_gets_the_boxed_warning_use_dose_contraindications_and_adverse_reactions(ask: Ask) -> None:
    assert headings(ask("Tell me about zelomab"), LABEL) == [
        BOXED,
        "1.1 Severe Asthma",
        "2.1 Recommended Dosage",
        "4 Contraindications",
        "6.1 Clinical Trials Experience",
    ]
    assert headings(ask("Tell me about velatide"), LABEL)[-1] == "5.1 Hepatotoxicity"


def test_an_old_label_without_numbers_is_answered_from_its_titles(ask: Ask) -> None:
    assert headings(ask("What are the contraindications of ordazine?"), LABEL) == ["CONTRAINDICATIONS"]
    assert headings(ask("What is ordazine indicated for?"), LABEL) == ["INDICATIONS AND USAGE"]


def test_an_unnumbered_subsection_is_named_with_the_section_it_lies_in(ask: Ask) -> None:
    assert "PRECAUTIONS › Usage in Pregnancy" in headings(ask("Is ordazine safe in pregnancy?"), LABEL)


def test_two_drugs_are_each_answered_under_their_own_name(ask: Ask) -> None:
    answer = ask("What are the contraindications of velatide and ordazine?")
    assert headings(answer, LABEL) == ["velatide: 4 Contraindications", "ordazine: CONTRAINDICATIONS"]


def test_a_whole_label_is_read_before_a_later_excerpt(ask: Ask) -> None:
    answer = ask("What is the recommended dose of zelomab?")
    assert DOSE in texts(answer, LABEL)
    assert "label:test-zelomab-excerpt" not in documents(answer)


# The boxed warning


@pytest.mark.parametrize(
    "question",
    [
        "What is zelomab indicated for?",
        "Who should not receive zelomab?",
        "What adverse reactions does zelomab cause?",
        "Is zelomab safe in pregnancy?",
        "Can zelomab be used in CKD?",
        "Can zelomab cause hypocalcemia?",
        "What are the warnings of zelomab?",
        "Does zelomab interact with theophylline?",
        "What is the recommended dose of zelomab?",
        "Tell me about zelomab",
    ],
)
def test_the_boxed_warning_comes_first_where_use_or_safety_is_asked_about(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert headings(answer, LABEL)[0] == BOXED
    assert texts(answer, LABEL, BOXED) == [
        "Zelomab may raise the risk of myocardial infarction and stroke.",
        "Zelomab should not be started in anyone who had a myocardial infarction or a stroke in the preceding year.",
    ]


def test_the_boxed_warning_is_not_cut_to_what_was_asked_about(ask: Ask) -> None:
    assert len(texts(ask("Does zelomab raise the risk of stroke?"), LABEL, BOXED)) == 2


def test_storage_does_not_drag_the_boxed_warning_in(ask: Ask) -> None:
    answer = ask("How should Zelo be stored?")
    assert headings(answer, LABEL) == ["16 How Supplied/Storage and Handling"]
    assert "do not freeze it" in everything(answer)


def test_a_label_without_a_boxed_warning_shows_none(ask: Ask) -> None:
    assert headings(ask("Who should not receive velatide?"), LABEL) == ["4 Contraindications"]


# What makes a quoted answer readable


def test_a_sentence_that_points_back_is_shown_with_what_it_points_at(ask: Ask) -> None:
    answer = ask("Can zelomab cause hypocalcemia?")
    assert (
        "Hypocalcemia has occurred in patients on zelomab. It should be corrected before the first dose. "
        "These patients need calcium and vitamin D." in texts(answer, LABEL, "5.2 Hypocalcemia")
    )


def test_list_items_carry_their_lead_and_each_is_cited(ask: Ask) -> None:
    (claim,) = claims(ask("Who should not receive zelomab?"), LABEL, "4 Contraindications")
    assert claim.text == (
        "Zelomab is contraindicated in patients with:\nuncorrected hypocalcemia\na history of anaphylaxis to zelomab"
    )
    assert len(claim.quoted) == 3


def test_a_table_row_carries_its_header(ask: Ask) -> None:
    answer = ask("How common is headache with zelomab?")
    (row,) = [text for text in texts(answer, LABEL) if "12%" in text]
    assert row.startswith("Adverse reaction | Zelomab (n=410) | Placebo (n=405)\nHeadache | 12% | 7%")


# Guidelines and research


def test_guidelines_that_disagree_are_both_shown_and_the_one_against_is_a_consideration(ask: Ask) -> None:
    answer = ask("What do guidelines recommend about zelomab for severe asthma?")
    (lead,) = claims(answer, GUIDELINE, "")
    assert lead.text.startswith("The Northern Chest Society recommends zelomab as first add-on therapy")
    assert lead.context == "Northern Chest Society 2024"
    (against,) = texts(answer, GUIDELINE, "Considerations")
    assert against.startswith("The Southern Lung College does not recommend zelomab")


def test_sentences_that_say_the_same_are_one_point_with_both_citations(ask: Ask) -> None:
    answer = ask("Should serum calcium be checked before zelomab?")
    (lead,) = claims(answer, GUIDELINE)
    by_number = {citation.n: citation for citation in answer.citations}
    assert [by_number[n].document for n in lead.citations] == ["guideline:test-north-2024", "guideline:test-south-2023"]
    assert len(lead.quoted) == 1


def test_numbers_must_agree_for_sentences_to_be_one_point(ask: Ask) -> None:
    answer = ask("Does zelomab reduce asthma exacerbations?")
    by_number = {citation.n: citation for citation in answer.citations}
    point = next(c for c in claims(answer, RESEARCH) if "48%" in c.text)
    assert {by_number[n].document for n in point.citations} == {"research:test-quillon", "research:test-meta"}
    assert all("48%" in by_number[n].quote for n in point.citations)
    other = next(c for c in claims(answer, RESEARCH) if "31%" in c.text)
    assert {by_number[n].document for n in other.citations} == {"research:test-meta"}


def test_a_trial_comes_before_a_case_report(ask: Ask) -> None:
    answer = ask("What do studies of zelomab show about asthma exacerbations in severe asthma?")
    by_number = {citation.n: citation for citation in answer.citations}
    order = [by_number[claim.quoted[0]].document for claim in claims(answer, RESEARCH)]
    assert "research:test-case" not in order or order.index("research:test-quillon") < order.index("research:test-case")


def test_conclusions_come_before_background_and_methods_stay_out(ask: Ask) -> None:
    answer = ask("Does zelomab reduce asthma exacerbations?")
    said = texts(answer, RESEARCH)
    assert said[0] == "Zelomab reduced asthma exacerbations in adults with severe asthma."
    assert not any("randomized to" in text or "were pooled" in text for text in said)


def test_methods_are_given_where_they_are_asked_for(ask: Ask) -> None:
    answer = ask("How many adults were randomized in QUILLON?")
    assert any("815 adults" in text for text in texts(answer, RESEARCH))


def test_research_that_does_not_speak_to_the_aspect_stays_out(ask: Ask) -> None:
    answer = ask("How should Zelo be stored?")
    assert [part.searched for part in answer.parts if part.kind is RESEARCH] == [
        "Searched 12 passages of 6 research publications for zelomab; none of them answers the question."
    ]


# Retracted publications


def test_a_retracted_publication_is_named_and_never_cited(ask: Ask) -> None:
    answer = ask("Does zelomab reduce asthma exacerbations in severe asthma?")
    assert "Not used, because retracted: “Zelomab cures severe asthma: a randomized trial”." in answer.notice
    assert "research:test-retracted" not in documents(answer)
    assert "95%" not in everything(answer)


# Not knowing


@pytest.mark.parametrize("drug", ["quorizumab", "fortemine"])
def test_a_drug_that_is_not_held_is_refused_with_what_is_missing(ask: Ask, drug: str) -> None:
    answer = ask(f"What is the dose of {drug}?")
    assert answer.status is Status.REFUSED and answer.claims() == [] and answer.refusal is not None
    assert answer.refusal.reason == f"The sources held here say nothing about {drug}."
    assert answer.refusal.missing == (f"any guideline, label or publication about {drug}",)
    assert answer.refusal.nearest


def test_a_comparison_with_a_drug_that_is_not_held_is_refused(ask: Ask) -> None:
    answer = ask("How does zelomab compare with fortemine?")
    assert answer.status is Status.REFUSED and answer.claims() == []


def test_a_fact_that_is_not_in_the_corpus_is_refused(ask: Ask) -> None:
    answer = ask("Does zelomab prevent migraine?")
    assert answer.status is Status.REFUSED and answer.refusal is not None
    assert answer.refusal.missing == ("a passage that speaks of migraine",)


def test_a_question_that_names_no_drug_where_one_is_needed_asks_for_it(ask: Ask) -> None:
    answer = ask("What is the recommended dose?")
    assert answer.status is Status.REFUSED and answer.refusal is not None
    assert answer.refusal.missing == ("the name of the drug",)


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answerer]:
    """Return what answers from the library without one document."""

    def without(name: str) -> Answerer:
        home = tmp_path_factory.mktemp("without") / "home"
        return Answerer(build(Path(home), leave_out=frozenset({name})), encoder=BagEncoder())

    return without


def test_without_the_only_document_that_answers_the_answer_is_a_refusal(
    ask: Ask, without: Callable[[str], Answerer]
) -> None:
    question = "What is the recommended dose of velatide?"
    assert "40 mg" in everything(ask(question))
    refused = without("label-velatide").ask(question)
    assert refused.status is Status.REFUSED
    assert refused.claims() == [] and refused.citations == ()


# What comes before evidence


def test_an_emergency_comes_first_and_holds_no_dose(ask: Ask) -> None:
    answer = ask("I took zelomab today and now have crushing chest pain.")
    assert answer.status is Status.EMERGENCY
    assert answer.notice.startswith("This may be an emergency. Call the emergency services now")
    assert "seek emergency care at once" in everything(answer)
    assert " mg" not in everything(answer)
    assert all(part.blocks == () for part in answer.parts if part.kind is not LABEL)


def test_one_persons_dose_is_declined_with_what_the_label_says_in_general(ask: Ask) -> None:
    answer = ask("What dose of zelomab should I give my mother, she weighs 70 kg?")
    assert answer.status is Status.DECLINED and answer.refusal is not None
    assert "does not choose, change or stop a dose for one person" in answer.refusal.reason
    (dose,) = [claim for claim in claims(answer, LABEL) if claim.text == DOSE]
    assert dose.citations
    assert all(part.blocks == () for part in answer.parts if part.kind is not LABEL)


@pytest.mark.parametrize(
    "question", ["Quote the full text of the Zelo label.", "Calculate a FRAX score for me.", "Hello"]
)
def test_what_quoting_must_not_pass_for_is_declined_without_a_claim(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status is Status.DECLINED and answer.claims() == []


# Conversations


def test_history_changes_the_standalone_form_and_with_it_the_answer(ask: Ask) -> None:
    alone, after = ask("And in CKD?"), ask("And in CKD?", "What is zelomab indicated for?")
    assert alone.standalone == "And in CKD?"
    assert "zelomab" in after.standalone and "CKD" in after.standalone
    assert after.question == "And in CKD?"
    assert "8.6 Renal Impairment" in headings(after, LABEL)


def test_the_last_drug_that_was_named_is_the_one_that_is_meant(ask: Ask) -> None:
    answer = ask("What is the dose?", "What is zelomab indicated for?", "And velatide?")
    assert answer.standalone == "What is the dose of velatide?"
    assert documents(answer) == {"label:test-velatide"}


# Every answer


def test_two_answers_to_one_question_have_one_hash_and_two_ids(ask: Ask) -> None:
    first, second = ask("What is zelomab indicated for?"), ask("What is zelomab indicated for?")
    assert first.hash == second.hash and first.id != second.id


def test_other_words_for_the_same_claims_change_neither_text_nor_hash(ask: Ask) -> None:
    assert ask("Who should not receive zelomab?").claims() == ask("Who must not receive zelomab?").claims()


def test_brand_and_generic_are_one(ask: Ask) -> None:
    by_brand, by_name = ask("Who should not receive Zelo?"), ask("Who should not receive zelomab?")
    assert texts(by_brand, LABEL) == texts(by_name, LABEL)
    assert by_brand.understood.drugs == ("zelomab",)


def test_a_misspelt_drug_is_read_as_the_one_held_and_that_is_said(ask: Ask) -> None:
    answer = ask("What is the recommended dose of zelommab?")
    assert "zelommab → zelomab" in answer.notice
    assert DOSE in texts(answer, LABEL)
