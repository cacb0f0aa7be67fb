"""Every figure and identifier of the starter corpus stands in the facts of its own publication."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.document import Document, Section, SourceKind
from tests.corpus import starter_facts
from tests.corpus.starter_check import read_digest, sentences, unsupported, wrong_front_matter
from tests.corpus.starter_facts import Fact, Record

STARTER = Path(__file__).resolve().parents[2] / "corpus/starter"
FOLDERS: dict[str, Callable[[Path], dict[str, Record]]] = {
    "labels": starter_facts.labels,
    "guidelines": starter_facts.guidelines,
    "research": starter_facts.research,
}
KINDS = {"labels": SourceKind.LABEL, "guidelines": SourceKind.GUIDELINE, "research": SourceKind.RESEARCH}
# What a sentence of research may name instead of a drug.
CLASSES = ("zoledronate", "bisphosphonate", "sclerostin", "osteoporosis drug", "osteoporosis treatment")


@pytest.fixture(scope="module")
def digests() -> dict[str, dict[str, Document]]:
    """The documents of the starter corpus by folder and by file name without suffix."""
    return {f: {p.stem: read_digest(p) for p in sorted((STARTER / f).glob("*.md"))} for f in FOLDERS}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_figure_stands_in_the_facts_of_its_publication(
    folder: str, digests: dict[str, dict[str, Document]], shared: Path
) -> None:
    facts = FOLDERS[folder](shared)
    mistakes = [m for name, document in digests[folder].items() for m in unsupported(name, document, facts[name])]
    assert not mistakes, "\n".join(mistakes)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_front_matter_says_what_the_facts_say_and_prints_no_unchecked_identifier(
    folder: str, digests: dict[str, dict[str, Document]], shared: Path
) -> None:
    facts = FOLDERS[folder](shared)
    mistakes = [
        m for name, document in digests[folder].items() for m in wrong_front_matter(name, document, facts[name])
    ]
    assert not mistakes, "\n".join(mistakes)
    assert {document.kind for document in digests[folder].values()} <= {KINDS[folder]}


def test_a_research_digest_has_an_identifier_that_can_be_looked_up(digests: dict[str, dict[str, Document]]) -> None:
    for name, document in digests["research"].items():
        assert {kind for kind, _ in document.identifiers} & {"pmid", "doi", "pmcid"}, name


def test_a_sentence_of_research_names_what_it_speaks_of(digests: dict[str, dict[str, Document]]) -> None:
    drugs = {drug for document in digests["research"].values() for drug in document.drugs}
    nameless = [
        f"{name}: {sentence}"
        for name, document in digests["research"].items()
        for section in document.sections
        for sentence in sentences(section)
        if not any(drug in sentence.lower() for drug in (*drugs, *CLASSES))
    ]
    assert not nameless, "\n".join(nameless)


def test_the_starter_corpus_holds_what_it_promises(digests: dict[str, dict[str, Document]]) -> None:
    assert len(digests["research"]) >= 70
    assert len({document.body for document in digests["guidelines"].values()}) >= 9
    assert len({drug for document in digests["labels"].values() for drug in document.drugs}) >= 10


def test_keys_and_ids_are_unique(digests: dict[str, dict[str, Document]]) -> None:
    documents = [document for folder in digests.values() for document in folder.values()]
    assert len({document.key for document in documents}) == len(documents)
    assert len({document.id for document in documents}) == len(documents)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("0.5% (16 of 3321)", "0.6% (16 of 3321)", "frame: 0.6% is not in the facts: 'In FRAME, romosozumab lowered"),
        ("(16 of 3321)", "(16 of 3312)", "frame: 3312 is not in the facts: 'In FRAME, romosozumab lowered"),
        ("a T-score of -2.5 to -3.5 at", "a T-score of 2.5 to -3.5 at", "frame: 2.5 is not in the facts: 'Women in"),
        ("90 of 3591", "59 of 3322", "frame: mixes figures of several facts: 'In FRAME, clinical fracture"),
        ("the first 12 months.", "the first 12 months (NCT01631214).", "frame: identifier NCT01631214 is not"),
    ],
)
def test_an_altered_figure_is_found(right: str, wrong: str, said: str, tmp_path: Path, shared: Path) -> None:
    text = (STARTER / "research/frame.md").read_text(encoding="utf-8")
    assert text.count(right) == 1
    (tmp_path / "frame.md").write_text(text.replace(right, wrong), encoding="utf-8")
    mistakes = list(unsupported("frame", read_digest(tmp_path / "frame.md"), starter_facts.research(shared)["frame"]))
    assert len(mistakes) == 1
    assert mistakes[0].startswith(said)


@pytest.mark.parametrize(
    ("digest", "right", "wrong", "said"),
    [
        ("frame", "pmid: 27641143", "pmcid: PMC27641143", "frame: pmcid PMC27641143 is not fit to print: none is"),
        ("frame", 'title: "Romosozumab', 'title: "(Title not read) Romosozumab', "frame: the title was never read"),
        ("frame", "year: 2016", "year: 2017", "frame: year 2017, the facts have 2016"),
        ("iwamoto_cmro2011", "integrity: retracted", "integrity: concern", "iwamoto_cmro2011: integrity is concern"),
    ],
)
def test_altered_front_matter_is_found(
    digest: str, right: str, wrong: str, said: str, tmp_path: Path, shared: Path
) -> None:
    text = (STARTER / f"research/{digest}.md").read_text(encoding="utf-8")
    (tmp_path / f"{digest}.md").write_text(
        text.replace(f"\n  {right}", f"\n  {wrong}").replace(f"\n{right}", f"\n{wrong}")
    )
    facts = starter_facts.research(shared)[digest]
    assert any(m.startswith(said) for m in wrong_front_matter(digest, read_digest(tmp_path / f"{digest}.md"), facts))


@pytest.mark.parametrize(
    ("number", "heading", "text", "mistakes"),
    [
        ("5.2", "Hypocalcemia", "Calcium fell in 3 of 100.", 0),
        ("5.2", "Hypocalcemia", "Calcium fell in 2.5% of women.", 1),
        ("5", "Warnings", "Calcium fell in 3 of 100; 2.5% died.", 0),
        ("5.2", "Hypocalcemia", "Do not give it within 12 months of a stroke.", 1),
        ("", "Boxed Warning", "Do not give it within 12 months of a stroke.", 0),
        ("", "Boxed Warning", "Calcium fell in 3 of 100.", 2),
    ],
)
def test_a_label_section_rests_on_facts_of_its_own_number(number: str, heading: str, text: str, mistakes: int) -> None:
    facts = (
        Fact("Not within 12 months of a stroke.", "Boxed warning"),
        Fact("2.5% died.", "5.1"),
        Fact("Calcium fell in 3 of 100.", "5.2"),
    )
    section = Section((heading,), text, number=number)
    document = Document("label:x", SourceKind.LABEL, "X", (section,))
    assert len(list(unsupported("x", document, Record(facts=facts, identifiers={})))) == mistakes


def test_identifiers_of_one_public_file_are_not_fit_to_print(shared: Path) -> None:
    articles = starter_facts.research(shared)
    assert not articles["zheng2023_mr"].identifiers["pmid"]
    assert not articles["zheng2023_mr"].identifiers["doi"]
    assert not articles["aff_black2020"].identifiers["doi"]
    assert articles["frame"].identifiers["pmid"] == {"27641143"}
