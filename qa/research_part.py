"""From the Research: points under topical headings, conclusions and trials first."""

import re
from collections.abc import Sequence

from corpus.document import SourceKind
from index.search import Searcher
from index.snapshot import Snapshot
from qa.asked import PASSAGES, Asked
from qa.evidence import Evidence, Vector, point_of, sentences_of_hits
from qa.grouping import Chosen, Limits, as_point, choose, spread, under_one_lead, without_parts
from qa.points import Point
from qa.ranking import may_answer, rank, tells_of_method
from qa.terms import coverage, normalised
from qa.themes import THEMES, heading_of, themes_of
from qa.trials import counts_people

LIMITS = Limits(most=8, per_document=3, floor=0.40)
# Where a trial is named, what that trial found may come from one publication alone.
WIDE = Limits(most=12, per_document=10, floor=0.40)
# What a trial's own report adds to a sentence's score, where the trial is named.
OWN_REPORT = 0.1
# What a sentence adds that speaks of two of the drugs that are to be compared.
OF_BOTH = 0.12
# What each further point of one publication is put back by.
SPREAD = 0.02
# What a sentence adds that speaks of what was said of the patient before.
OF_PATIENT = 0.15
STUDIED = "Who was studied"
_METHODS = re.compile(r"method|design|population|participants|subjects|^patients|setting", re.IGNORECASE)


def research_points(asked: Asked, searcher: Searcher) -> list[tuple[str, list[Point]]]:
    """Return (heading, points), the heading with the best point first; nothing where no sentence answers.

    Where a trial is asked about, or whether there is one, the last says who was in it.
    """
    snapshot = searcher.snapshot
    hits = asked.hits(searcher, SourceKind.RESEARCH, PASSAGES)
    rows = {hit.row for hit in hits}
    hits = [*hits, *(hit for hit in asked.trial_hits if hit.row not in rows)]
    read = [hit for hit in hits if may_answer(hit, asked)]
    evidence = sentences_of_hits(snapshot, read, _vectors(asked, searcher)) if read else []
    ranked = [(score + _more(one, asked), one) for score, one in rank(evidence, asked)]
    if asked.is_comparison and not asked.terms:
        both = [(score, one) for score, one in ranked if asked.sets_side_by_side(one.spoken)]
        ranked = both or ranked
    chosen = choose(spread(ranked, 0.0 if asked.studies else SPREAD), WIDE if asked.studies else LIMITS)
    grouped: dict[str, list[Chosen]] = {}
    for one in chosen:
        grouped.setdefault(_theme(one, asked), []).append(one)
    blocks = [
        (
            heading_of(theme),
            without_parts(
                [as_point(snapshot, *group, context=_context(group[0], asked)) for group in under_one_lead(members)]
            ),
        )
        for theme, members in grouped.items()
    ]
    studied = _studied(chosen, asked, searcher)
    return [*blocks, (STUDIED, studied)] if studied else blocks


def _vectors(asked: Asked, searcher: Searcher) -> list[Vector]:
    """Return the vectors by which sentences are likened to the question.

    A trial's name tells an encoder nothing of what the trial found: a question that says no more is likened by
    the title of the trial's report as well.
    """
    if not asked.is_bare:
        return asked.vectors
    text = f"{asked.understanding.core} {asked.reports[0].title}"
    return [*asked.vectors, searcher.prepare(text).vector]


def _more(one: Evidence, asked: Asked) -> float:
    """Return what a sentence adds by whom or what it is about: the trial's own report, the patient, drugs compared."""
    own = OWN_REPORT * any(report.key == one.document.key for report in asked.reports)
    own += OF_PATIENT * coverage(asked.patient, normalised(f"{one.document.title} {one.text}"))
    return own + OF_BOTH * (asked.is_comparison and asked.sets_side_by_side(one.spoken))


def _studied(chosen: Sequence[Chosen], asked: Asked, searcher: Searcher) -> list[Point]:
    """Return, for each trial's own report, the sentence that says how many people were in it."""
    if not (asked.is_of_trials or asked.is_of_population) or not (chosen or asked.is_about_method):
        return []
    reports = {report.key for report in asked.reports}
    rows = {hit.document.key: hit.row for hit in asked.trial_hits if hit.document.key in reports}
    if chosen and not asked.studies:
        rows = {chosen[0].evidence.document.key: chosen[0].evidence.row}
    said = {one.evidence.text for one in chosen}
    found = (_people(row, searcher.snapshot) for row in rows.values())
    return [point_of(searcher.snapshot, one) for one in found if one is not None and one.text not in said]


def _people(cited: int, snapshot: Snapshot) -> Evidence | None:
    """Return the first sentence that says how many people were studied, of the publication that a row lies in."""
    document = snapshot.document_of(cited)
    for row in snapshot.rows(int(snapshot.document_numbers[cited])).tolist():
        passage, section = snapshot.passage(row), snapshot.section_of(row)
        for number, sentence in enumerate(passage.sentences):
            text = section.text[sentence.start : sentence.end]
            if counts_people(text):
                vector = snapshot.sentence_vectors(row)[number]
                one = Evidence(row, number, document, section, passage, sentence, text, vector, 0.0)
                if _METHODS.search(section.title) or tells_of_method(one.spoken):
                    return one
    return None


def _theme(one: Chosen, asked: Asked) -> str:
    """Return the topic a point is filed under: one that was asked for, else its own first."""
    own = themes_of(one.evidence.spoken)
    for theme in own:
        if theme in asked.themes:
            return theme
    return own[0] if own else THEMES[-1].name


def _context(one: Chosen, asked: Asked) -> str:
    """Return the title of the publication where the sentence does not name the drug it speaks of."""
    if asked.drugs and not asked.names_drug(normalised(one.evidence.text)):
        return one.evidence.document.title
    return ""
