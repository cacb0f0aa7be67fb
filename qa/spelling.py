"""How far one word is from another: what tells a misspelt name from a different one."""


def distance(a: str, b: str, limit: int) -> int:
    """Return the edit distance where it is at most `limit`, else limit + 1.

    Insertions, deletions, substitutions and swaps of neighbours count one each (optimal string
    alignment; Damerau 1964).
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before_last: list[int] = []
    last = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        row = [i]
        for j, right in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before_last, last = last, row
    return min(last[-1], limit + 1)


def tolerance(word: str) -> int:
    """Return how many edits a word of this length may be away and still be taken for a name: 0, 1 or 2."""
    return 0 if len(word) < 7 else 1 if len(word) < 10 else 2


def letters(word: str) -> int:
    """Return the letters of a word as bits, so that words far apart are told from near ones without comparing them.

    One edit changes at most two bits: words n edits apart differ in at most 2n.
    """
    bits = 0
    for character in word:
        bits |= 1 << (ord(character) & 63)
    return bits
