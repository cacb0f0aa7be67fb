"""Which section of a later version is which of an earlier one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence

from corpus.document import Section
from corpus.text_diff import dice

# From this share of common words on, two sections are wordings of one (Dice); the sections of one label share
# less than half with each other.
LIKE = 0.6
# At most so many likenesses are worked out in one document: then sections are known by their place alone.
MAX_LIKENESSES = 40_000

Key = Callable[[Section], Hashable]


def pair_sections(was: Sequence[Section], now: Sequence[Section]) -> dict[int, int]:
    """Return the number of the later section by that of the earlier; each has one counterpart or none.

    The first of these that finds a counterpart decides: the same id; the same words under the same headings
    (renumbered at most); the same LOINC code, number and headings; the same headings; the likest words; the
    same code and number. A key pairs only where it names one section in each; sections of one id are paired
    in their order.
    """
    pairs = _identical(was, now)
    keys: tuple[Key, ...] = (
        lambda section: (heading_of(section), "".join(section.text.split())),
        lambda section: (section.code, section.number, heading_of(section)),
        heading_of,
    )
    for key in keys:
        _by_key(was, now, pairs, key)
    _by_likeness(was, now, pairs)
    _by_key(was, now, pairs, lambda section: (section.code, section.number))
    return pairs


def heading_of(section: Section) -> tuple[str, ...]:
    """Return the heading path as it is compared: signs, spaces and capitals are no difference."""
    return tuple(
        " ".join("".join(c if c.isalnum() else " " for c in title).split()).casefold() for title in section.heading
    )


def _identical(was: Sequence[Section], now: Sequence[Section]) -> dict[int, int]:
    places: dict[str, list[int]] = defaultdict(list)
    for number in range(len(now) - 1, -1, -1):
        places[now[number].id].append(number)
    return {number: places[section.id].pop() for number, section in enumerate(was) if places.get(section.id)}


def _left(sections: Sequence[Section], taken: set[int]) -> list[int]:
    return [number for number in range(len(sections)) if number not in taken]


def _by_key(was: Sequence[Section], now: Sequence[Section], pairs: dict[int, int], key: Key) -> None:
    olds = {number: key(was[number]) for number in _left(was, set(pairs))}
    news = {number: key(now[number]) for number in _left(now, set(pairs.values()))}
    counts, places = Counter(olds.values()), {}
    for number, value in news.items():
        places[value] = -1 if value in places else number
    for number, value in olds.items():
        if value and counts[value] == 1 and places.get(value, -1) >= 0:
            pairs[number] = places[value]


def _by_likeness(was: Sequence[Section], now: Sequence[Section], pairs: dict[int, int]) -> None:
    """Pair what is left by likeness, the likest first; of equally like ones, those under the same headings."""
    olds, news = _left(was, set(pairs)), _left(now, set(pairs.values()))
    if not olds or not news or len(olds) * len(news) > MAX_LIKENESSES:
        return
    words_was = {number: frozenset(was[number].text.split()) for number in olds}
    words_now = {number: frozenset(now[number].text.split()) for number in news}
    found = []
    for i in olds:
        for j in news:
            like = dice(words_was[i], words_now[j])
            if like >= LIKE:
                found.append((-like, heading_of(was[i]) != heading_of(now[j]), abs(i - j), i, j))
    taken: set[int] = set()
    for *_, i, j in sorted(found):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
