"""A user's own gold set: what a line may say, and that every wrong line is named with what is wrong in it."""

import json
import re
from pathlib import Path

import pytest

from corpus.errors import BadInput
from evals.gold.base import GoldQuestion, Place, Task
from evals.gold.own import load_own
from evals.plugins import measures

ROOT = Path(__file__).resolve().parents[3]


def written(folder: Path, *lines: object) -> Path:
    path = folder / "mine.jsonl"
    text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines)
    path.write_text(text, encoding="utf-8")
    return path


def wrong(folder: Path, *lines: object) -> list[str]:
    """Return what is said of each wrong line."""
    with pytest.raises(BadInput) as error:
        load_own(written(folder, *lines))
    head, *said = str(error.value).split("\n  ")
    assert head == f"{folder / 'mine.jsonl'} is no gold set (docs/gold-format.md):"
    return said


def test_a_line_that_says_everything_is_read_as_it_is(tmp_path: Path) -> None:
    found = load_own(
        written(
            tmp_path,
            {
                "id": "a",
                "question": "And in men?",
                "type": "indication",
                "history": ["Is it approved?"],
                "standalone": "Is it approved in men?",
                "relevant": {"pmid:1": 2},
                "places": [{"document": "spl:x", "number": "1.1", "title": "Men", "loinc": "34067-9"}],
                "required": ["Yes."],
                "optional": ["Since 2012."],
                "forbidden": ["No."],
                "ideal": ["Yes, since 2012."],
                "rationale": {"pmid:1": [0, 3]},
                "without": ["pmid:2"],
                "expects": "answered",
            },
        )
    )
    assert found.questions == (
        GoldQuestion(
            "a",
            "And in men?",
            "indication",
            ("Is it approved?",),
            "Is it approved in men?",
            {"pmid:1": 2},
            (Place("spl:x", "1.1", "Men", "34067-9"),),
            ("Yes.",),
            ("Since 2012.",),
            ("No.",),
            ("Yes, since 2012.",),
            {"pmid:1": (0, 3)},
            without=frozenset({"pmid:2"}),
            expects="answered",
        ),
    )
    assert (found.name, found.tasks, found.documents) == ("mine", frozenset(Task), None)
    assert list(measures(found.measures)) == list(found.measures)
    assert {"retrieval", "sections", "facts", "citations", "followups", "rationale"} <= set(found.measures)


def test_a_list_of_documents_gives_each_the_grade_1(tmp_path: Path) -> None:
    (found,) = load_own(written(tmp_path, {"id": "a", "question": "x", "relevant": ["k:1", "k:2"]})).questions
    assert found.relevant == {"k:1": 1, "k:2": 1}


@pytest.mark.parametrize(
    ("says", "tasks"),
    [
        ({"relevant": ["k:1"]}, {Task.SEARCH}),
        ({"places": [{"document": "k:1"}]}, {Task.ANSWER}),
        ({"required": ["Yes."]}, {Task.ANSWER}),
        ({"forbidden": ["No."]}, {Task.ANSWER}),
        ({"answerable": False}, {Task.ANSWER}),
        ({"answerable": True}, {Task.ANSWER}),
        ({"expects": "declined"}, {Task.ANSWER}),
        ({"history": ["y"], "standalone": "x y"}, {Task.REWRITE}),
        ({"rationale": {"k:1": [1]}}, {Task.RATIONALE}),
    ],
)
def test_what_is_done_follows_from_what_a_question_says(
    says: dict[str, object], tasks: set[Task], tmp_path: Path
) -> None:
    assert load_own(written(tmp_path, {"id": "a", "question": "x", **says})).tasks == tasks


def test_what_must_be_refused_or_declined_has_no_answer(tmp_path: Path) -> None:
    lines = [{"id": expects, "question": "x", "expects": expects} for expects in ("refused", "declined", "answered")]
    assert [one.answerable for one in load_own(written(tmp_path, *lines)).questions] == [False, False, True]


def test_empty_lines_and_a_byte_order_mark_are_no_questions(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "a", "question": "x", "expects": "answered"}\r\n\r\n   \n')
    assert len(load_own(path).questions) == 1


OK = {"id": "ok", "question": "x", "expects": "answered"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({**OK, "relevent": {}}, "relevent: Extra inputs are not permitted"),
        ({"id": "a", "expects": "answered"}, "question: Field required"),
        ({**OK, "question": "?"}, r"question: String should match pattern '\w'"),
        ({**OK, "places": [{"number": "5.1"}]}, "places.0.document: Field required"),
        ({**OK, "answerable": "yes"}, "answerable: Input should be a valid boolean"),
        ({**OK, "rationale": {"k": [-1]}}, "rationale.k.0: Input should be greater than or equal to 0"),
        ({**OK, "expects": "maybe"}, "expects is 'maybe', must be one of answered, refused, declined, emergency"),
        (
            {"id": "a", "question": "x", "answerable": False, "required": ["y"]},
            "answerable is false, yet required says",
        ),
        ({**OK, "expects": "refused", "relevant": ["k"]}, "expects is 'refused', yet relevant says what answers it"),
        ({**OK, "standalone": "x"}, "standalone needs history"),
        ({"id": "a", "question": "x"}, "nothing to measure: give relevant"),
        ([1], "no JSON object: expected one question in braces"),
        ("{", "no JSON: Expecting property name enclosed in double quotes at character 2"),
        ('{"id": "a", "id": "b"}', "the key 'id' stands twice"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(line: object, said: str, tmp_path: Path) -> None:
    found = wrong(tmp_path, OK, line)
    assert len(found) == 1
    assert found[0].startswith(f"line 2: {said}")


def test_a_grade_out_of_range_is_named_by_its_document(tmp_path: Path) -> None:
    (said, *_) = wrong(tmp_path, {**OK, "relevant": {"k:1": 10}})
    assert "line 1: relevant" in said
    assert "less than or equal to 9" in said


def test_the_same_id_twice_is_named_with_both_lines(tmp_path: Path) -> None:
    assert wrong(tmp_path, OK, "", OK) == ["line 3: id: 'ok' is that of line 1 already"]


def test_all_wrong_lines_are_named_up_to_twenty(tmp_path: Path) -> None:
    assert [one.split(":")[0] for one in wrong(tmp_path, "{", OK, "{", "{")] == ["line 1", "line 3", "line 4"]
    many = wrong(tmp_path, *["{"] * 23)
    assert (len(many), many[-2].split(":")[0], many[-1]) == (21, "line 20", "and 3 more")


def test_bytes_that_are_no_utf_8_are_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_bytes(json.dumps(OK).encode() + b'\n{"id": "\xff"}\n')
    with pytest.raises(BadInput, match="line 2: no UTF-8"):
        load_own(path)


def test_a_file_without_questions_or_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no question"):
        load_own(written(tmp_path, ""))
    with pytest.raises(BadInput, match="cannot be read"):
        load_own(tmp_path / "none.jsonl")


def test_the_documented_example_is_a_gold_set_and_the_table_names_every_key(tmp_path: Path) -> None:
    page = (ROOT / "docs/gold-format.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", page, flags=re.DOTALL)
    found = load_own(written(tmp_path, *example.splitlines()))
    assert len(found.questions) == 4
    assert found.tasks == {Task.SEARCH, Task.ANSWER, Task.REWRITE}
    table = page.split("## What is measured")[0]
    documented = set(re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE))
    (unknown,) = wrong(tmp_path, {**OK, "unknown": 1})
    assert "unknown" in unknown
    assert documented == {
        *("id", "question", "type", "history", "standalone", "relevant", "places", "required", "optional"),
        *("forbidden", "ideal", "rationale", "answerable", "without", "expects"),
    }
