"""A talk for tests, over a few drugs."""

from qa.drugs import DrugLexicon
from qa.understand import Understanding, history_of, understand

LEXICON = DrugLexicon(
    [
        (["romosozumab"], ["Evenity"]),
        (["denosumab"], ["Prolia"]),
        (["alendronate sodium"], ["Fosamax"]),
        (["risedronate sodium"], []),
        (["zoledronic acid"], []),
        (["warfarin"], []),
        (["ibuprofen"], []),
    ]
)


def talk(*questions: str) -> Understanding:
    """Return how the last of the questions is understood after the others."""
    return understand(questions[-1], history_of(questions[:-1], LEXICON), LEXICON)


def written_out(before: str, question: str) -> str:
    """Return a follow-up's standalone form; it must be known to be one, and kept as it was asked."""
    understood = talk(before, question)
    assert understood.question == question
    assert understood.follows
    return understood.standalone
