"""The corpus commands say what is held, and exit 1 where it is not as it was stored."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from commands.corpus import app
from commands.settings import Settings
from corpus.document import Integrity, SourceKind
from corpus.errors import NotFound, NotReady
from corpus.store import Store
from tests.corpus.making import document, put, whole


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a data folder with one label in two versions, then retracted, and one article."""
    with Store.open(tmp_path) as store:
        put(store, document(version="1", year=2023))
        put(store, document(version="2", year=2024, text="Take it twice daily."))
        put(store, document("pmid:1", kind=SourceKind.RESEARCH, title="A trial [of one]"))
        store.set_integrity("spl:one", Integrity.WITHDRAWN, "withdrawn by the maker")
    return tmp_path


def run(home: Path, *words: str) -> Result:
    result = CliRunner().invoke(app, words, obj=Settings(home=home))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_list_has_a_line_a_document_with_its_state(home: Path) -> None:
    lines = run(home, "list").output.splitlines()
    assert [line.split() for line in lines] == [
        ["research", "pmid:1", "A", "trial", "[of", "one]"],
        ["label", "2024", "spl:one", "[withdrawn]", "Examplumab"],
    ]
    assert "pmid:1" not in run(home, "list", "--kind", "label").output


def test_list_as_json_is_an_object_a_line(home: Path) -> None:
    rows = [json.loads(line) for line in run(home, "list", "--json").output.splitlines()]
    assert [(row["key"], row["integrity"], row["retrieved"]) for row in rows] == [
        ("pmid:1", "current", "2026-11-23"),
        ("spl:one", "withdrawn", "2026-11-23"),
    ]


def test_show_names_the_versions_the_state_and_the_sections(home: Path) -> None:
    shown = run(home, "show", "spl:one").output
    for expected in (
        "withdrawn: withdrawn by the maker",
        "public domain",
        "current → withdrawn",
        "2.1 Dosage and administration › Adults",
        "LOINC 34068-7",
    ):
        assert expected in shown
    assert "Take it twice daily." not in shown
    assert "Take it twice daily." in run(home, "show", "spl:one", "--text").output


def test_show_takes_a_version_and_a_passage_too(home: Path) -> None:
    old = document(version="1", year=2023)
    assert "Take it once daily." in run(home, "show", old.id, "--text").output
    found = json.loads(run(home, "show", whole(old)[0].id, "--json").output)
    assert found["id"] == old.id
    assert found["document"]["sections"][0]["text"] == old.sections[0].text
    assert len(found["versions"]) == 2


def test_show_of_what_is_not_held_says_where_to_look(home: Path) -> None:
    with pytest.raises(NotFound, match="curbside corpus list"):
        run(home, "show", "pmid:2")


def test_stats_count(home: Path) -> None:
    counts = json.loads(run(home, "stats", "--json").output)
    assert counts["documents"] == {"label": 1, "research": 1}
    assert counts["versions"] == 3
    assert "1 label, 1 research" in run(home, "stats").output


def test_verify_exits_0_on_what_is_as_it_was_and_1_on_what_is_not(home: Path) -> None:
    good = run(home, "verify")
    assert (good.exit_code, "No problem in 1 raw files, 3 versions" in good.output) == (0, True)
    next(path for path in (home / "raw").rglob("*") if path.is_file()).unlink()
    bad = run(home, "verify")
    assert (bad.exit_code, "the raw file is missing" in bad.output) == (1, True)
    assert len(json.loads(run(home, "verify", "--json").output)["problems"]) == 1


def test_without_a_corpus_every_command_says_how_to_get_one_and_makes_nothing(tmp_path: Path) -> None:
    for command in (["list"], ["show", "pmid:1"], ["stats"], ["verify"]):
        with pytest.raises(NotReady, match="curbside setup"):
            run(tmp_path / "none", *command)
    assert not (tmp_path / "none").exists()
