"""Collections: the file that comes with Curbside, one's own before it, and messages that lead to the mistake."""

from pathlib import Path

import pytest

from corpus.errors import BadInput, NotFound
from ingest import collection
from ingest.connectors.base import sources
from ingest.connectors.openfda import Follow

SOUND = """
title = "Gout"
schedule = "0 4 * * 7"
max_shrink = 0.5
[openfda]
generic = ["allopurinol"]
"""


def written(folder: Path, text: str, name: str = "gout.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_collection_says_what_is_followed_and_when(tmp_path: Path) -> None:
    loaded = collection.load(written(tmp_path, SOUND))
    assert (loaded.name, loaded.title, loaded.schedule, loaded.max_shrink) == ("gout", "Gout", "0 4 * * sun", 0.5)
    assert loaded.follow == {"openfda": Follow(generic=("allopurinol",))}
    assert loaded.folder == tmp_path


def test_a_collection_without_more_is_refreshed_by_hand(tmp_path: Path) -> None:
    loaded = collection.load(written(tmp_path, 'title = "Gout"\n[open_medicine]\n'))
    assert (loaded.schedule, loaded.max_shrink) == ("", 0.2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = \n", "not valid TOML: Invalid value (at line 1, column 9)"),
        ('title = "Gout"', "it follows nothing: expected at least one of the tables"),
        ("[openfda]\ngeneric = ['x y']", "gout.toml: title is missing"),
        (
            'title = "Gout"\nname = "goat"\n[openfda]\ngeneric = ["x y"]',
            'name is "goat", but the file is called gout.toml',
        ),
        (
            'title = "Gout"\nshedule = ""\n[openfda]\ngeneric = ["x y"]',
            "shedule is unknown: expected the keys name, title",
        ),
        ('title = "Gout"\nschedule = "weekly"', "schedule: expected 5 fields (minute, hour"),
        ('title = "Gout"\nmax_shrink = 20', "max_shrink: Input should be less than or equal to 1 (found 20)"),
        ('title = "Gout"\n[openfad]\ngeneric = ["x y"]', "openfad is unknown: expected the keys"),
        ('title = "Gout"\n[[openfda]]\ngeneric = ["x y"]', "openfda is [{'generic': ['x y']}]: expected one table"),
        ('title = "Gout"\n[openfda]', "[openfda] expected at least one of generic, brand and set_ids"),
        ('title = "Gout"\n[openfda]\ndrugs = ["x y"]', "[openfda] drugs is unknown: expected generic, brand, set_ids"),
        ('title = "Gout"\n[openfda]\nset_ids = ["471baba2"]', "[openfda] set_ids.0: String should match pattern"),
        ('title = "Gout"\n[openfda]\ngeneric = "allopurinol"', "(found 'allopurinol')"),
    ],
)
def test_a_mistake_is_named_with_file_key_and_what_was_expected(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        collection.load(written(tmp_path, text))
    assert said in str(refused.value)
    assert "gout.toml" in str(refused.value)


def test_a_table_of_an_unknown_source_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        collection.load(written(tmp_path, 'title = "Gout"\n[medline]\n'))
    assert all(f"[{name}]" in str(refused.value) for name in sources())


def test_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gout.toml"
    path.write_bytes('title = "Größe"'.encode("latin-1"))
    with pytest.raises(BadInput, match="not in UTF-8: byte 11"):
        collection.load(path)


def test_ones_own_collection_stands_before_that_of_the_same_name(tmp_path: Path) -> None:
    own = written(tmp_path, SOUND, "osteoporosis.toml")
    written(tmp_path, SOUND)
    assert [one.name for one in collection.everything([tmp_path])[0]] == ["gout", "osteoporosis"]
    assert collection.find("osteoporosis", [tmp_path]).path == own
    assert collection.find("osteoporosis", [tmp_path / "absent"]).path == collection.packaged() / "osteoporosis.toml"
    assert collection.find(str(own), []).title == "Gout"


def test_a_name_that_is_none_is_answered_with_the_names_there_are(tmp_path: Path) -> None:
    written(tmp_path, SOUND)
    with pytest.raises(NotFound, match="no collection 'asthma': there are gout, osteoporosis"):
        collection.find("asthma", [tmp_path])
    with pytest.raises(NotFound, match=r"asthma\.toml is no file"):
        collection.find(str(tmp_path / "asthma.toml"), [])


def test_every_collection_that_comes_with_curbside_is_sound_and_timed() -> None:
    loaded, _ = collection.everything([])
    assert "osteoporosis" in [one.name for one in loaded]
    assert all(one.schedule and one.follow for one in loaded)
