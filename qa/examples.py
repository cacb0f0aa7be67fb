"""Example questions about the drugs of which most is held, each of them answered when it was asked just now."""

from itertools import islice

from qa.aspect import Aspect
from qa.library import Library
from qa.suggest import Asks, answers_it
from qa.suggest_drugs import most_held, of_the_class
from qa.suggest_questions import Candidate, candidates

MOST = 3
# So many drugs are tried for each example, and no more: each try costs what an answer costs.
DRUGS = 4
# What shows best what is held, in this order.
WANTED = (
    Aspect.CONTRAINDICATION,
    Aspect.SEQUENCE,
    Aspect.RENAL,
    Aspect.DOSING,
    Aspect.INDICATION,
    Aspect.BOXED_WARNING,
)


def examples(answerer: Asks, audience: str = "clinician", most: int = MOST) -> tuple[str, ...]:
    """Return at most `most` questions, each on another aspect and as far as possible another drug. Nothing is kept.

    Raises NotReady where nothing is published.
    """
    library = answerer.library()
    drugs = list(islice(most_held(library), DRUGS))
    found: list[str] = []
    for aspect in WANTED:
        if len(found) == most or not drugs:
            break
        for drug in list(drugs):
            candidate = _candidate(drug, aspect, library, audience)
            if candidate and answers_it(answerer.ask(candidate.text), candidate):
                found.append(candidate.text)
                drugs.append(drugs.pop(drugs.index(drug)))  # the next example is about another one
                break
    return tuple(found)


def _candidate(drug: str, aspect: Aspect, library: Library, audience: str) -> Candidate | None:
    made = candidates(drug, of_the_class(drug, library), (), (), audience)
    return next((one for one in made if one.aspect is aspect), None)
