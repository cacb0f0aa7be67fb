"""What a label section is called: its titles, and the question that a section of patient information opens with."""

from corpus.document import Section

# A question of so many characters is the first line of what answers it; a longer one is prose.
MOST = 160


def titles_of(section: Section) -> tuple[str, ...]:
    """Return the section's titles, outermost first, and after them the one question that it opens with.

    Patient information is written as answers ("How should I store X?"): where a section is one of them, its question
    says what it tells. Where a section asks several, none of them does.
    """
    line = section.text[:MOST].lstrip().partition("\n")[0]
    question, mark, _ = line.partition("?")
    if not (question and mark) or "." in question or section.text.count("?") > 1:
        return section.heading
    return (*section.heading, question + mark)
