"""The exported dictionary of drug names."""

import json
from pathlib import Path

import pytest

from corpus.errors import NotReady
from qa.drug_names import FILE_NAME, DrugNames, export, read


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> DrugNames:
    """Return the real dictionary, exported and read."""
    return read(export(tmp_path_factory.mktemp("models")))


@pytest.mark.parametrize(
    ("name", "bases"),
    [
        ("evenity", ["romosozumab"]),
        ("zometa", ["zoledronate"]),
        ("zoledronate", ["zoledronate"]),
        ("bonviva", ["ibandronate"]),
        ("odanacatib", ["odanacatib"]),
        ("strontium ranelate", ["strontium ranelate"]),
        ("paracetamol", ["acetaminophen"]),
        ("keflex", ["cephalexin"]),
        ("dulera", ["mometasone", "formoterol"]),
    ],
)
def test_a_name_leads_to_its_drugs(names: DrugNames, name: str, bases: list[str]) -> None:
    assert names.bases[name] == bases


def test_a_base_that_is_no_name_is_printed_under_its_name(names: DrugNames) -> None:
    assert names.shown["zoledronate"] == "zoledronic acid" or "zoledronate" in names.bases


def test_enzymes_and_reagents_are_left_out(names: DrugNames) -> None:
    assert not {"dna relaxing enzyme", "receptor serotonin 4", "janus kinase 2", "he"} & set(names.bases)
    assert 30_000 < len(names.bases) < 60_000


def test_the_longest_name_of_a_first_word_is_known(names: DrugNames) -> None:
    assert names.starts["strontium"] >= 2


def test_the_file_says_where_it_came_from(names: DrugNames) -> None:
    assert names.source.startswith("drug-named-entity-recognition ")


def test_exporting_again_writes_the_same_bytes(tmp_path: Path) -> None:
    first = export(tmp_path / "a").read_bytes()
    assert export(tmp_path / "b").read_bytes() == first
    assert [path.name for path in (tmp_path / "a").iterdir()] == [FILE_NAME]


def test_a_missing_file_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match=r"not at .*run `curbside setup`"):
        read(tmp_path / FILE_NAME)


@pytest.mark.parametrize(
    ("body", "message"),
    [("{", "cannot be read"), ("[]", "format None"), (json.dumps({"format": "x/2"}), "format 'x/2', expected")],
)
def test_a_damaged_file_says_what_is_wrong(tmp_path: Path, body: str, message: str) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(body)
    with pytest.raises(NotReady, match=message):
        read(path)
