"""Damage of every kind, done by hand, is found and named; an intact store has no problems."""

import pytest

from corpus.store import Store
from corpus.verify import Problem, verify
from tests.corpus.damaging import go_around
from tests.corpus.making import document, put
from tests.corpus.test_answers import ANSWER, MADE


@pytest.fixture
def filled(store: Store) -> Store:
    """Return a store with two versions of one label, another document, and a kept answer."""
    put(store, MADE)
    put(store, document(version="2", text="Take it twice daily."), raw=b"second")
    put(store, document("pmid:1", text="Nothing was found."))
    store.keep_answer(ANSWER)
    return store


def damage(store: Store, statement: str) -> list[Problem]:
    """Return what verify finds after a statement has gone around every guard of the database."""
    go_around(store, statement)
    return list(verify(store))


def test_an_intact_store_has_no_problems_and_every_stage_is_told(filled: Store) -> None:
    stages: list[tuple[str, int, int]] = []
    assert list(verify(filled, lambda *step: stages.append(step))) == []
    assert stages == [
        ("raw files", 2, 2),
        ("sections", 4, 4),
        ("documents and passages", 3, 3),
        ("kept answers", 1, 1),
    ]


def test_an_empty_store_has_no_problems(store: Store) -> None:
    assert list(verify(store)) == []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE sections SET text = replace(text, 'once', 'many') WHERE text LIKE '%once%'", "has changed"),
        ("UPDATE sections SET number = '9' WHERE number = '2.1'", "has changed"),
        ("UPDATE sections SET blocks = '[[\"item\", 6, 99]]' WHERE text LIKE 'Fever%'", "outside 0 to"),
        ("UPDATE sections SET blocks = '[[\"itm\", 6, 9]]' WHERE text LIKE 'Fever%'", "cannot be read"),
        ("UPDATE documents SET title = 'Other' WHERE key = 'pmid:1'", "has changed"),
        ("UPDATE documents SET content_hash = 'f' WHERE key = 'pmid:1'", "has changed"),
        ("UPDATE documents SET is_current = false WHERE key = 'pmid:1'", "0 current versions"),
        ("UPDATE documents SET passages_hash = '' WHERE key = 'pmid:1'", "passages have changed"),
        ("DELETE FROM document_sections WHERE position = 0 AND document = 1", "some are missing"),
        ("UPDATE publications SET integrity = 'retracted' WHERE key = 'pmid:1'", "history ends at current"),
        ('UPDATE passages SET "end" = "end" - 1', "other characters than its section"),
        ('UPDATE passages SET "end" = 4000', "passage"),
        ("UPDATE passages SET section = 1 WHERE section = 0 AND document = 1", "other characters than its section"),
        ("UPDATE passages SET text_hash = 'f' WHERE position = 0", "other characters than its section"),
        ("UPDATE passages SET id = 'f' WHERE position = 0", "does not follow"),
        ("UPDATE passages SET sentences = '[[\"paragraph\", 0, 900]]'", "sentence 0 has characters 0 to 900"),
        ('UPDATE passages SET sentences = \'[["item", 2, 4], ["item", 0, 3]]\'', "before the sentence ahead"),
        ("UPDATE passages SET sentences = '[[\"item\", 0, 4, 90, 99]]'", "has a lead of characters 90 to 99"),
        ("DELETE FROM passages WHERE position = 1 AND document = 1", "passages have changed"),
        ("UPDATE answers SET json = '{}'", "not the one that was kept"),
        ("UPDATE answer_citations SET quote = 'Take it often.' WHERE n = 1", "quotes 'Take it often.'"),
        ("UPDATE answer_citations SET start = 1 WHERE n = 1", "its characters 1 to 19"),
        ("UPDATE answer_citations SET section_id = 'f' WHERE n = 1", "does not have"),
        ("DELETE FROM raws WHERE size = 6", "points to a row of raws that is not there"),
    ],
)
def test_damage_to_the_database_is_found(filled: Store, statement: str, what: str) -> None:
    found = damage(filled, statement)
    assert any(what in problem.what for problem in found), found


def test_a_changed_and_a_missing_raw_file_are_found(filled: Store) -> None:
    first, second = sorted(path for path in filled.blobs.folder.rglob("*") if path.is_file())
    first.write_bytes(b"other")
    second.unlink()
    found = list(verify(filled))
    assert [problem.where for problem in found] == [f"raw {first.name}", f"raw {second.name}"]
    assert "has changed" in found[0].what
    assert "missing" in found[1].what


def test_a_change_to_a_section_names_every_answer_that_quotes_it(filled: Store) -> None:
    found = damage(filled, "UPDATE sections SET text = replace(text, 'once', 'many') WHERE text LIKE '%once%'")
    assert "answer a1" in {problem.where for problem in found}
