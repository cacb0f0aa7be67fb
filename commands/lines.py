"""Text on a terminal, folded to its width: indented, later lines under the first one's words, no trailing spaces."""

from rich.console import Console
from rich.text import Text

MIN_WIDTH = 20


def print_folded(console: Console, text: Text, left: int = 0, hang: int = 0) -> None:
    """Print text `left` columns in, its later lines `hang` columns further; square brackets in it stay as they are."""
    for number, line in enumerate(text.wrap(console, max(MIN_WIDTH, console.width - left - hang))):
        line.rstrip()
        console.print(Text(" " * (left + hang if number else left)) + line, soft_wrap=True)
