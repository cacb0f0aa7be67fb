"""`curbside eval` measures a user's own questions over their own documents, and holds the line against a baseline."""

import json
from pathlib import Path

import pytest

from corpus.errors import BadInput
from evals.report import Report, read_report
from index.pointer import read_pointer
from tests.commands.conftest import Run
from tests.small_home import write_documents

QUESTIONS: list[dict[str, object]] = [
    {
        "id": "dose",
        "question": "What is the recommended dose of Sampla?",
        "relevant": ["label:examplumab"],
        "places": [{"document": "label:examplumab", "number": "2"}],
        "required": ["The recommended dose is 70 mg once every month."],
        "forbidden": ["The recommended dose is 140 mg once every week."],
    },
    {
        "id": "contraindications",
        "question": "What are the contraindications of examplumab?",
        "relevant": ["label:examplumab"],
        "places": [{"document": "label:examplumab", "number": "4"}],
        "required": ["Examplumab is contraindicated in patients with hypocalcemia."],
    },
    {
        "id": "trial",
        "question": "Did examplumab prevent vertebral fractures in the trial?",
        "relevant": ["research:sample-trial"],
        "required": ["Examplumab prevented vertebral fractures."],
    },
    {"id": "other", "question": "What is the dose of otherzumab?", "answerable": False},
]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Return a folder with a gold set, and the documents that it is asked of."""
    write_documents(tmp_path / "documents")
    lines = "".join(json.dumps(one) + "\n" for one in QUESTIONS)
    (tmp_path / "mine.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def figures(report: Report) -> dict[str, float | None]:
    return {one.name: one.value for one in report.sets[0].figures}


def test_questions_over_documents_give_figures_and_a_report(run: Run, own_home: Path, mine: Path) -> None:
    served = read_pointer(own_home)
    done = run("eval", "--gold", "mine.jsonl", "--corpus", "documents", "--report", "out", home=own_home, columns=120)
    assert done.exit_code == 0, done.output
    report = read_report(mine / "out/report.json")
    found = figures(report)
    assert (found["Hit@1"], found["citations exact"], found["refusal recall"]) == (1, 1, 1)
    assert (found["label section answered"], found["required facts"], found["forbidden facts"]) == (1, 1, 0)
    assert report.sets[0].fingerprints.keys() == {"gold set", "corpus", "index", "encoder"}
    assert "Hit@1" in done.stdout and "citations exact" in done.stdout
    page = (mine / "out/report.html").read_text(encoding="utf-8")
    assert "citations exact" in page and "http://" not in page.replace("http://www.w3.org", "")
    assert read_pointer(own_home) == served


def test_a_figure_that_got_worse_ends_with_status_1_and_shows_the_questions(
    run: Run, own_home: Path, mine: Path
) -> None:
    words = ("eval", "--gold", "mine.jsonl", "--corpus", "documents", "--no-sabotage", "--report")
    assert run(*words, "before", home=own_home).exit_code == 0
    same = run(*words, "same", "--baseline", "before/report.json", home=own_home)
    assert same.exit_code == 0 and "No question got worse" in same.stdout
    (mine / "documents/label.md").unlink()
    (mine / "documents/trial.md").unlink()
    worse = run(*words, "after", "--baseline", "before/report.json", home=own_home, columns=200)
    assert worse.exit_code == 1
    assert "REGRESSED" in worse.stdout and "What is the recommended dose of Sampla?" in worse.stdout


def test_wrong_lines_and_a_wrong_name_are_told_before_anything_is_asked(run: Run, own_home: Path, mine: Path) -> None:
    (mine / "wrong.jsonl").write_text('{"id": "a", "question": "Why?", "answerabel": false}\n', encoding="utf-8")
    with pytest.raises(BadInput, match=r"line 1: .*answerabel"):
        run("eval", "--gold", "wrong.jsonl", home=own_home)
    with pytest.raises(BadInput, match=r"no gold set is called nothing: expected one of .*medicationqa"):
        run("eval", "--gold", "nothing", home=own_home)
    with pytest.raises(BadInput, match="--shared"):
        run("eval", "--gold", "scifact", "--shared", "nowhere", home=own_home)
    with pytest.raises(BadInput, match="expected a report that `curbside eval` wrote"):
        run("eval", "--gold", "mine.jsonl", "--baseline", "none.json", home=own_home)


def test_the_sets_are_listed(run: Run) -> None:
    assert {"followups", "scifact", "left_out"} <= set(run("eval", "--list").stdout.split())


@pytest.mark.shared
def test_a_short_run_over_the_starter_corpus_holds_what_must_always_hold(
    run: Run, starter_home: Path, shared: Path, tmp_path: Path
) -> None:
    """A wrong quote, a forbidden fact or a missing boxed warning is a defect at once, whatever the sample."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("models", "snapshots", "CURRENT"):
        (home / name).symlink_to(starter_home / name)
    sets = [word for name in ("followups", "other_fields", "cast") for word in ("--gold", name)]
    done = run("eval", "--short", *sets, "--shared", str(shared), "--report", "out", home=home, columns=120)
    assert done.exit_code == 0, done.output
    report = read_report(tmp_path / "out/report.json")
    followups = report.gold_set("followups")
    assert followups is not None and followups.n == 25
    for measure, name, value in (
        ("citations", "citations exact", 1.0),
        ("citations", "citations resolvable", 1.0),
        ("facts", "forbidden facts", 0.0),
        ("boxed_warning", "boxed warning shown", 1.0),
    ):
        found = followups.figure(measure, name)
        assert found is not None and found.value == value, name
    assert not any(one.failures for one in report.sets)
