"""What each kind of disagreement is called."""

from qa.answer import ConflictKind

IN_WORDS = {
    ConflictKind.NUMBERS: "figures differ",
    ConflictKind.STRENGTH: "contraindicated in one, to be avoided in the other",
    ConflictKind.RECOMMENDATION: "recommendations differ",
    ConflictKind.FINDING: "findings differ",
    ConflictKind.GRADE: "the evidence is graded differently",
}
