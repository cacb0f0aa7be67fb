"""The loader of the starter corpus's questions: from an entry of the file to a gold question."""

from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document, Integrity, Section, SourceKind
from evals.gold.base import Place, Task
from evals.gold.followups import Starter, gold_set, load

NOTHING: dict[str, list[str]] = {"label_sections": [], "pmids": [], "article_ids": [], "guideline_ids": []}


def document(key: str, kind: SourceKind, *sections: Section, **more: Any) -> Document:
    return Document(key, kind, key, sections, **more)


CORPUS = Starter(
    {
        "labels/somatrol_b": document(
            "spl:1",
            SourceKind.LABEL,
            Section(("Renal Impairment",), "Nothing changes.", "8.7", "42229-5"),
            brands=("Boneup",),
        ),
        "research/first": document("doi:1", SourceKind.RESEARCH, identifiers=(("pmid", "11"),)),
        "research/gone": document("pmid:12", SourceKind.RESEARCH, integrity=Integrity.RETRACTED),
        "guidelines/body": document("guideline:body", SourceKind.GUIDELINE),
    }
)


def single(**support: list[str]) -> dict[str, Any]:
    return {
        "id": "q1",
        "type": "single",
        "question": "Is it so?",
        "must_have": ["so"],
        "nice_to_have": ["very"],
        "must_not_say": ["not so", "invent a reason", "a dose"],
        "support": {**NOTHING, **support},
    }


def test_what_supports_an_answer_becomes_the_keys_of_the_documents_held() -> None:
    one = single(
        label_sections=["somatrol_b:8.7", "somatrol_b:Boxed warning", "other:1"],
        article_ids=["first", "gone", "absent"],
        pmids=["11", "12", "13"],
        guideline_ids=["body"],
    )
    (question,) = gold_set({"single": [one], "dialogues": [], "unanswerable": []}, CORPUS).questions
    assert question.relevant == {"doi:1": 1, "guideline:body": 1, "spl:1": 1}
    assert question.places == (
        Place("spl:1", "8.7", "Renal Impairment", "42229-5"),
        Place("spl:1", "", "Boxed Warning", "34066-1"),
    )
    assert (question.required, question.optional, question.forbidden) == (("so",), ("very",), ("not so",))
    assert (question.standalone, question.history, question.answerable) == ("", (), True)


def test_a_turn_has_the_pages_own_question_and_the_turns_before_it_as_history() -> None:
    turns = [
        {"turn": n, "user": user, "standalone": whole, "must_have": [], "must_not_say": "x y z", "support": NOTHING}
        for n, user, whole in ((1, "And now?", "What now of Boneup?"), (2, "Then?", "What then of Boneup?"))
    ]
    raw = {"single": [], "dialogues": [{"id": "d1", "turns": turns}], "unanswerable": []}
    first, second = gold_set(raw, CORPUS).questions
    assert (first.id, first.text, first.standalone) == ("d1.1", "And now?", "What now of Boneup?")
    assert first.history == ("What are the indications for somatrol b?",)
    assert second.history == ("What are the indications for somatrol b?", "And now?")
    assert second.forbidden == ("x y z",)


@pytest.mark.parametrize(
    ("category", "expects"),
    [("emergency", "emergency"), ("copying", "declined"), ("drug not in corpus", "refused"), ("guessing", "")],
)
def test_a_question_without_an_answer_says_how_it_must_be_met(category: str, expects: str) -> None:
    one = {"id": "u1", "question": "Well?", "category": category, "must_not_say": "it is safe"}
    (question,) = gold_set({"single": [], "dialogues": [], "unanswerable": [one]}, CORPUS).questions
    assert (question.answerable, question.expects, question.forbidden) == (False, expects, ("it is safe",))


@pytest.mark.shared
def test_the_files_questions_are_all_there_with_what_answers_them(shared: Path) -> None:
    gold = load(shared)
    assert gold.tasks == {Task.ANSWER, Task.REWRITE, Task.SEARCH} and gold.documents is None
    by_id = {question.id: question for question in gold.questions}
    assert len(by_id) == 32 and sum(not question.answerable for question in gold.questions) == 8
    assert by_id["q07"].relevant == {"pmid:27641143": 1}
    assert by_id["d07.3"].relevant == {"guideline:uspstf_2025": 1}
    assert by_id["d11.1"].history == ("What are the indications for risedronate?",)
    assert by_id["u08"].expects == "refused"
