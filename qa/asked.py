"""Asked: a question made ready for the three parts of an answer: its vectors, drugs, terms, themes and sections."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, Section, SourceKind
from index.hit import Hit
from index.query import Query
from index.search import Searcher, merge
from qa.aspect import Aspect, Scored
from qa.aspect_cues import CUES
from qa.aspects import masked
from qa.bodies import bodies_in, surfaces_in
from qa.document_drugs import AskedNames, asked_names
from qa.drugs import DrugMention, Kind
from qa.label_ranking import ranked_label_hits
from qa.label_sections import weight
from qa.label_titles import titles_of
from qa.synonyms import Concept, names_of
from qa.terms import Term, normalised, terms
from qa.themes import themes_for
from qa.trials import hits_of, names_trial, reports_of, studies_in
from qa.understand import Understanding

# How many passages of each kind of source are looked into.
PASSAGES = 40
# What an answer to "tell me about X" gives of a label, in this order (the boxed warning comes before all).
OVERVIEW = (Aspect.INDICATION, Aspect.DOSING, Aspect.CONTRAINDICATION, Aspect.WARNING, Aspect.ADVERSE_REACTION)
# Aspects for which a boxed warning does not bear on the answer.
_UNBOXED = frozenset({Aspect.STORAGE, Aspect.SUPPLY, Aspect.INGREDIENTS, Aspect.COST, Aspect.PHARMACOKINETICS})
_METHOD = re.compile(
    r"\b(?:(?i:who (?:was|were)|how many (?!mg|dose|time|tablet|pill|injection|unit|year|month|week|day)|"
    r"enroll\w*|randomi[sz]\w*|design\w*|included?|inclusion|population|participants|sample|recruit\w*|studied|"
    r"endpoints?)|(?i:what (?:is|was)) [A-Z]{3,})\b"
)
_HARM = frozenset({Aspect.BOXED_WARNING, Aspect.WARNING, Aspect.CONTRAINDICATION, Aspect.ADVERSE_REACTION})
_SAFETY = _HARM | {Aspect.INDICATION}
_OF_ONE_DRUG = frozenset(
    {
        Aspect.DOSING,
        Aspect.MISSED_DOSE,
        Aspect.ADMINISTRATION,
        Aspect.STORAGE,
        Aspect.SUPPLY,
        Aspect.INGREDIENTS,
        Aspect.CONTRAINDICATION,
        Aspect.ADVERSE_REACTION,
        Aspect.OVERDOSE,
        Aspect.BOXED_WARNING,
        Aspect.MECHANISM,
        Aspect.PHARMACOKINETICS,
        Aspect.INTERACTION,
        Aspect.INDICATION,
        Aspect.OVERVIEW,
    }
)
_FOR_USE = r" (?:recommends?|suggests?|indicates?|approved|approval of|names?|offers?|considers?|prefers?) "
_USED = r"(?:is|are|was|were) (?:\w+ ){0,2}(?:indicated|approved|recommended|an option|first line|suggested|preferred)"
# An aspect that scores under this share of the first is not followed in the label; from the second share on it is asked
# about as plainly.
_FOLLOWED = 0.5
AS_PLAIN = 0.7


@dataclass(frozen=True, slots=True)
class AskedDrug:
    """A drug asked about: how it was named, how to show it, and every name it goes by here, in lower case."""

    surface: str
    shown: str
    names: frozenset[str]
    variants: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A question as the parts of an answer see it."""

    understanding: Understanding
    queries: tuple[Query, ...]
    trial_hits: tuple[Hit, ...] = ()
    """Passages that name a trial asked about."""
    _found: dict[SourceKind, list[Hit]] = field(default_factory=dict, compare=False, repr=False)
    _concerned: dict[tuple[str, tuple[str, ...]], bool] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def vectors(self) -> list[NDArray[np.float32]]:
        """Return the vectors of the question's forms: standalone first, then as asked where it differs."""
        return [query.vector for query in self.queries]

    @cached_property
    def drugs(self) -> tuple[AskedDrug, ...]:
        """Return the drugs asked about that the corpus holds, each once, in the question's order."""
        concepts = self.understanding.concepts
        found = [
            _named(mention, (mention.label, *mention.names, *mention.bases, *mention.held))
            for mention in self.understanding.drugs
            if mention.held and not any(c.start <= mention.start and mention.end < c.end for c in concepts)
        ]
        return tuple({drug.names: drug for drug in found}.values())

    @cached_property
    def label_drugs(self) -> tuple[AskedDrug, ...]:
        """Return the drugs whose labels to read: those named, or each member where only a class is."""
        mentions = {m.label: m for m in self.understanding.drugs}
        single = tuple(drug for drug in self.drugs if mentions[drug.shown].kind is not Kind.CLASS)
        members = [drug_called(name) for drug in self.drugs for name in mentions[drug.shown].names]
        return single or tuple(members)

    @cached_property
    def partners(self) -> tuple[AskedDrug, ...]:
        """Return the drugs that are asked about together, held or not; none where it is not asked how they go."""
        if not any(scored.aspect is Aspect.INTERACTION for scored in self.aspects):
            return ()
        unknown = [_named(m, (m.label, *m.names, *m.bases)) for m in self.understanding.unknown_drugs]
        found = (*self.drugs, *unknown)
        return found if len(found) > 1 else ()

    @property
    def is_of_partners_alone(self) -> bool:
        """Return whether it is asked how drugs go together, and nothing of a condition or another aspect besides."""
        strong = [scored.aspect for scored in self.aspects if scored.score >= AS_PLAIN * self.aspects[0].score]
        return bool(self.partners) and strong == [Aspect.INTERACTION] and not self.understanding.concepts

    @cached_property
    def names(self) -> tuple[AskedNames, ...]:
        """Return the drugs asked about, held or not, as they are compared with those of a document."""
        return asked_names(self.understanding)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Return what is asked about beside the drugs."""
        mentions = (*self.understanding.drugs, *self.understanding.unknown_drugs)
        names = [m.surface for m in mentions] + [n for m in mentions for n in (*m.names, *m.held)]
        # A trial that is held is met by its name as written, and is no word that a text should hold besides.
        names += self.studies if self.reports else ()
        names += surfaces_in(self.understanding.core)
        found = terms(self.understanding.core, names, _concept_names(self._concepts))
        return (*found, *map(_term_of, self.understanding.unknown_drugs))

    @property
    def _concepts(self) -> list[Concept]:
        """Return the concepts that are no part of a drug's name: not the pneumonia of a pneumonia vaccine."""
        mentions = (*self.understanding.drugs, *self.understanding.unknown_drugs)
        return [
            c for c in self.understanding.concepts if not any(m.start <= c.start and c.end <= m.end for m in mentions)
        ]

    @cached_property
    def patient(self) -> tuple[Term, ...]:
        """Return what was said of the patient before: evidence that speaks of it comes first, and none has to."""
        return terms("", (), _concept_names(self.understanding.of_patient))

    @cached_property
    def cue_words(self) -> frozenset[str]:
        """Return the words by which the question says what aspect it asks for: "store" of "How do I store it?"."""
        plain = masked(self.understanding.standalone, (*self.understanding.drugs, *self.understanding.unknown_drugs))
        asked = {scored.aspect for scored in self.aspects}
        found = [cue.pattern.search(plain) for cue in CUES if cue.aspect in asked]
        return frozenset(word for match in found if match for word in normalised(match.group()).split())

    @cached_property
    def aspects(self) -> tuple[Scored, ...]:
        """Return the aspects to follow, likeliest first."""
        found = self.understanding.aspects
        return tuple(a for a in found if a.score >= _FOLLOWED * found[0].score) if found else ()

    @cached_property
    def themes(self) -> frozenset[str]:
        """Return the themes of evidence that answer."""
        return themes_for(tuple(scored.aspect for scored in self.aspects))

    @cached_property
    def studies(self) -> tuple[str, ...]:
        """Return the names of trials in the question as written: "ARCH", "ACTIVExtend"."""
        asked = self.understanding
        drugs = [one.surface for one in (*asked.drugs, *asked.unknown_drugs)]
        return studies_in(asked.core, [*(one.surface for one in asked.concepts), *drugs])

    @cached_property
    def reports(self) -> tuple[Document, ...]:
        """Return the publications that report a trial asked about, the likeliest first."""
        return reports_of(self.trial_hits)

    @property
    def is_of_trials(self) -> bool:
        """Return whether a trial is asked about by name, or whether there is one."""
        return bool(self.reports) or (bool(self.aspects) and self.aspects[0].aspect is Aspect.TRIALS)

    @property
    def is_of_population(self) -> bool:
        """Return whether it is asked for whom: what was found in men is read with how many they were."""
        return any(scored.aspect is Aspect.POPULATION for scored in self.understanding.aspects)

    @property
    def is_comparison(self) -> bool:
        """Return whether drugs are to be compared."""
        return any(scored.aspect is Aspect.COMPARISON for scored in self.aspects)

    @property
    def is_bare(self) -> bool:
        """Return whether a trial is asked about and nothing of it in particular: "What did FRAME show?"."""
        return bool(self.reports) and all(term.weight < 1 for term in self.terms)

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Return the guideline bodies whose word is asked for."""
        return bodies_in(self.understanding.core)

    @cached_property
    def names_source(self) -> bool:
        """Return whether the question names a drug, a trial or a body, by which evidence is told from other."""
        return bool(self.bodies or self.drugs or self.studies)

    def names_study(self, text: str, document: Document) -> bool:
        """Return whether a text, or the title it stands under, names a trial asked about: "ACTIVE", not "active"."""
        return names_trial(text, self.studies) or names_trial(document.title, self.studies)

    @cached_property
    def is_about_method(self) -> bool:
        """Return whether it is asked how a study was done: whom it enrolled, how many, by what design."""
        return _METHOD.search(self.understanding.core) is not None

    @property
    def is_overview(self) -> bool:
        """Return whether a broad picture is asked for."""
        return bool(self.aspects) and self.aspects[0].aspect is Aspect.OVERVIEW

    @property
    def wants_boxed_warning(self) -> bool:
        """Return whether a label's boxed warning bears on the answer."""
        return not self.aspects or self.aspects[0].aspect not in _UNBOXED

    @property
    def is_harm(self) -> bool:
        """Return whether harm is asked about, or who must not have the drug."""
        return bool(self.aspects) and self.aspects[0].aspect in _HARM

    @property
    def is_safety(self) -> bool:
        """Return whether harm is asked about, or whether the drug may be used at all."""
        return bool(self.aspects) and self.aspects[0].aspect in _SAFETY

    @property
    def needs_drug(self) -> bool:
        """Return whether the question cannot be met without a drug and names none: "What is the dose?"."""
        named = self.drugs or self.understanding.unknown_drugs or self.studies or self.understanding.concepts
        return not named and bool(self.aspects) and self.aspects[0].aspect in _OF_ONE_DRUG

    def prior(self, section: Section) -> float:
        """Return how well a label section answers by its place in the label alone, 0 to 1."""
        best, titles = 0.0, titles_of(section)
        for rank, scored in enumerate(self.aspects):
            share = 1.0 if rank == 0 else 0.85 * scored.score / self.aspects[0].score
            best = max(best, share * weight(scored.aspect, section.code, section.number, titles))
        return best

    def overview(self) -> tuple[Callable[[Section], float], ...]:
        """Return, for each aspect of an overview, how well a section answers it."""
        return tuple(prior_of(aspect) for aspect in OVERVIEW)

    def sets_side_by_side(self, spoken: str) -> bool:
        """Return whether a normalised text names two of the drugs asked about."""
        return sum(any(variant in spoken for variant in drug.variants) for drug in self.drugs) > 1

    def names_drug(self, spoken: str) -> bool:
        """Return whether a normalised text names a drug asked about."""
        for drug in self.drugs:
            for variant in drug.variants:
                if variant in spoken:
                    return True
        return False

    @cached_property
    def is_indication(self) -> bool:
        """Return whether it is asked what, or whom, a drug is for."""
        return any(scored.aspect is Aspect.INDICATION for scored in self.aspects)

    def recommends_drug(self, spoken: str) -> bool:
        """Return whether a normalised text recommends, or calls indicated, a drug asked about."""
        return any(
            re.search(rf"{_FOR_USE}(?:\w+ ){{0,3}}{re.escape(v.strip())}|{re.escape(v)} (?:\w+ ){{0,3}}{_USED}", spoken)
            for drug in self.drugs
            for v in drug.variants
        )

    def concerns(self, document: Document, section: Section) -> bool:
        """Return whether a document is about a drug asked about: by its drugs, its title, or its headings."""
        place = document.content_hash, section.heading
        found = self._concerned.get(place)
        if found is None:
            held = {name.lower() for name in (*document.drugs, *document.brands)}
            titles = normalised(f"{document.title} {' '.join(section.heading)}")
            found = self._concerned[place] = any(drug.names & held for drug in self.drugs) or self.names_drug(titles)
        return found

    def hits(self, searcher: Searcher, kind: SourceKind, k: int) -> list[Hit]:
        """Return the passages found for any of the question's forms, best first; each kind is searched once."""
        if kind not in self._found or k > PASSAGES:
            most = max(k, PASSAGES)
            if kind is SourceKind.LABEL:
                lists = [
                    ranked_label_hits(self.understanding, searcher, query, most, all_shares=False)
                    for query in self.queries
                ]
            else:
                lists = [searcher.search(query, kind=kind, k=most) for query in self.queries]
            self._found[kind] = merge(lists, max(k, PASSAGES)) if len(lists) > 1 else lists[0]
        return self._found[kind][:k]


def ask_of(understanding: Understanding, searcher: Searcher, ahead: Sequence[Query] = ()) -> Asked:
    """Return the question made ready; encodes it, and the form it was asked in where that says more.

    `ahead` are forms of it that have been encoded already.
    """
    forms = dict.fromkeys([understanding.standalone, understanding.core])
    if understanding.follows:
        forms[understanding.question] = None
    asked = Asked(understanding, ())
    trials = [f"{name} trial" for name in asked.studies]
    ready = {query.text: query for query in ahead}
    missing = [text for text in (*forms, *trials) if text not in ready]
    ready |= zip(missing, searcher.prepare_all(missing) if missing else (), strict=True)
    asked = replace(asked, queries=tuple(ready[form] for form in forms))
    if not trials:
        return asked
    return replace(asked, trial_hits=tuple(hits_of(asked.studies, [ready[name] for name in trials], searcher)))


def drug_called(name: str) -> AskedDrug:
    """Return a drug by one name."""
    return AskedDrug(name, name, frozenset({name.lower()}), (f" {' '.join(normalised(name).split())}",))


def _term_of(drug: DrugMention) -> Term:
    """Return a drug that the corpus holds nothing of as a term: another drug's label may speak of it."""
    names = (drug.label, drug.surface, *drug.names, *drug.bases)
    return Term(drug.label, tuple(dict.fromkeys(f" {' '.join(normalised(name).split())}" for name in names)), 2.0)


def _named(mention: DrugMention, names: Sequence[str]) -> AskedDrug:
    lower = frozenset(name.lower() for name in names)
    variants = tuple(f" {' '.join(normalised(name).split())}" for name in sorted(lower))
    return AskedDrug(mention.surface, mention.label, lower, variants)


def _concept_names(concepts: Sequence[Concept]) -> list[tuple[str, ...]]:
    """Return for each concept the phrases it goes by, its own surface first."""
    return [(concept.surface, *names_of(concept.id)) for concept in {c.id: c for c in concepts}.values()]


def prior_of(aspect: Aspect) -> Callable[[Section], float]:
    """Return how well a section answers one aspect, as a function of the section."""
    return lambda section: weight(aspect, section.code, section.number, titles_of(section))
