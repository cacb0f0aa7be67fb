from collections import Counter

import pytest

from corpus.document import Document, SourceKind
from evals.leave_out import DrugsOf, folds
from ingest.readers.blocks import BlockWriter


def label(key: str, *drugs: str, brands: tuple[str, ...] = ()) -> Document:
    """Return a label of these drugs."""
    writer = BlockWriter()
    writer.paragraph("It is what it is.")
    return Document(key, SourceKind.LABEL, key, (writer.section(["Description"]),), drugs=drugs, brands=brands)


@pytest.fixture(scope="module")
def drugs_of() -> DrugsOf:
    return DrugsOf(
        (
            label("generic", "atorvastatin calcium"),
            label("brand", "lipitor"),
            label("other", "sildenafil", brands=("Viagra",)),
            label("both", "carbidopa and levodopa"),
            label("misspelt", "enoxparin sodium"),
            label("vaccine", "pneumonia vaccine"),
        )
    )


@pytest.mark.parametrize(
    ("drug", "left_out"),
    [
        ("atorvastatin", {"generic", "brand"}),
        ("Lipitor 40 mg", {"generic", "brand"}),
        ("viagra", {"other"}),
        ("levodopa", {"both"}),
        ("enoxaparin shot", {"misspelt"}),
        ("pneumonia vaccine", {"vaccine"}),
        ("qzvtrx", set()),
    ],
)
def test_all_documents_of_a_drug_are_found_by_any_of_its_names(
    drugs_of: DrugsOf, drug: str, left_out: set[str]
) -> None:
    assert drugs_of.documents(drugs_of.named(drug)) == left_out


def test_a_question_brings_the_drugs_that_it_speaks_of(drugs_of: DrugsOf) -> None:
    spoken = drugs_of.spoken_of("can i take viagra with lipitor?")
    assert drugs_of.documents(spoken) == {"generic", "brand", "other"}
    assert drugs_of.spoken_of("what do sharks eat?") == frozenset()


def test_a_group_is_in_one_fold_and_folds_are_about_equally_full() -> None:
    groups = [*"aaaa", *"bbb", *"cc", "d", "e", "f"]
    found = folds(groups, 3)
    assert [found[groups.index(name)] for name in "abcdef"] == [0, 1, 2, 2, 1, 2]
    assert all(len({fold for name, fold in zip(groups, found, strict=True) if name == one}) == 1 for one in groups)
    assert sorted(Counter(found).values()) == [4, 4, 4]


def test_folds_do_not_depend_on_the_order_of_the_questions() -> None:
    groups = [*"aab", *"ccd"]
    there = dict(zip(groups, folds(groups, 2), strict=True))
    assert there == dict(zip(groups[::-1], folds(groups[::-1], 2), strict=True))
