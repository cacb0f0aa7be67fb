"""What a label section is called: its titles, and the question that a section of patient information opens with."""

from corpus.document import Section

# A question of so many characters is the first line of what answers it; a longer one is prose.
MOST = 160


def titles_of(section: Section) -> tuple[str, ...]:
    """Return the section's titles, outermost first, and after them the one question that it opens with.

    Patient information is written as answers ("How should I store X?"): where a section is one of them, its question
    says what it tells. Where a section asks several, none of them does.
    """
    text = section.text.lstrip()
    end = text.find("?", 0, MOST)
    if end < 1 or any(stop in text[:end] for stop in (".", "\n")) or text.count("?") > 1:
        return section.heading
    return (*section.heading, text[: end + 1])
