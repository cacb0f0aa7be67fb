"""A second look quotes no other drug's label beyond what it says of the drug asked about."""

from corpus.document import SourceKind
from index.hit import Hit
from qa.library import Library
from qa.second_look import boxed_of, is_of_drug, second_look
from tests.qa.conftest import AskOf


def hits(library: Library, drug: str) -> list[Hit]:
    """Return every passage of the labels of a drug, as if it had been found."""
    searcher = library.searcher
    found = searcher.search(searcher.prepare(drug), kind=SourceKind.LABEL, k=1000)
    return [hit for hit in found if drug in hit.document.drugs]


def test_passages_of_another_drugs_label_are_not_of_the_drug(asked: AskOf, library: Library) -> None:
    question = asked("What happens in an overdose of velatide?")
    assert hits(library, "velatide") and all(is_of_drug(question, hit) for hit in hits(library, "velatide"))
    assert hits(library, "ordazine") and not any(is_of_drug(question, hit) for hit in hits(library, "ordazine"))


def test_the_boxed_warning_of_another_drug_is_not_shown(asked: AskOf, library: Library) -> None:
    boxed = next(hit.document for hit in hits(library, "zelomab") if hit.section.code == "34066-1")
    own = asked("What are the risks of zelomab?")
    other = asked("What are the risks of velatide?")
    assert boxed_of(own, library.searcher, [boxed.key])
    assert not boxed_of(other, library.searcher, [boxed.key])


def test_no_label_is_quoted_on_what_labels_never_say(asked: AskOf, library: Library) -> None:
    cost, made_of = asked("How expensive is velatide?"), asked("What is velatide made of?")
    assert second_look(made_of, library.searcher)[SourceKind.LABEL]
    assert not second_look(cost, library.searcher)[SourceKind.LABEL]
