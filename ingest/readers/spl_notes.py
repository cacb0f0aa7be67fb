"""Footnotes of a label's section: marked where they are set, written out below."""

_MARKS = ("*", "†", "‡", "§", "¶", "#")


class Notes:
    """Gives each footnote of a section its mark (*, †, ‡, §, ¶, #, **, …) and keeps its text."""

    def __init__(self) -> None:
        self._marks: dict[str, str] = {}
        self._given = 0
        self._waiting: list[tuple[str, str]] = []

    def add(self, name: str | None, text: str) -> str:
        """Return the mark of a footnote with this ID and text."""
        mark = self.mark(name)
        self._waiting.append((mark, text))
        return mark

    def mark(self, name: str | None) -> str:
        """Return the mark of the footnote with this ID, whether its text came yet or not."""
        if name and name in self._marks:
            return self._marks[name]
        times, which = divmod(self._given, len(_MARKS))
        self._given += 1
        mark = _MARKS[which] * (times + 1)
        if name:
            self._marks[name] = mark
        return mark

    def take(self) -> list[str]:
        """Return the footnotes since the last call, each with its mark: "* p < 0.05"."""
        waiting, self._waiting = self._waiting, []
        return [f"{mark} {text}" for mark, text in waiting if text.strip()]
