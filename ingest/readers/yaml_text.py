"""A YAML mapping of plain text: every scalar stays as written, every key knows its line."""

from dataclasses import dataclass

import yaml

from corpus.errors import UnreadableFile

MAX_CHARS = 64 * 1024
MAX_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Mapping:
    """Top-level keys with their values (text, lists of text, mappings of text), and the line of each key."""

    values: dict[str, object]
    lines: dict[str, int]


def read_mapping(text: str, first_line: int = 1) -> Mapping:
    """Return the mapping that `text` holds; `first_line` is the line number of its first line in the file.

    White space inside a value is collapsed. Raises UnreadableFile, with the line, for text that is not
    YAML, is not a mapping, gives a key twice, or uses anchors, tags or deeper nesting.
    """
    if len(text) > MAX_CHARS:
        raise UnreadableFile(f"front matter of {len(text):,} characters: at most {MAX_CHARS:,} are read")
    try:
        _refuse_tricks(text, first_line)
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark else first_line
        hint = ": put the value in quotes" if "mapping values" in str(error.problem) else ""
        raise UnreadableFile(f"front matter, line {line}: not YAML ({error.problem}){hint}") from error
    except yaml.YAMLError as error:
        raise UnreadableFile(f"front matter: not YAML ({' '.join(str(error).split())})") from error
    if not isinstance(node, yaml.MappingNode):
        raise UnreadableFile(f"front matter, line {first_line}: expected lines of `key: value`")
    values = _convert(node, first_line)
    assert isinstance(values, dict)
    return Mapping(values, {key.value: key.start_mark.line + first_line for key, _ in node.value})


def _refuse_tricks(text: str, first_line: int) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        line = event.start_mark.line + first_line if event.start_mark else first_line
        if getattr(event, "anchor", None):
            raise UnreadableFile(f"front matter, line {line}: anchors and aliases (& and *) are not read; write it out")
        if tag := getattr(event, "tag", None):
            raise UnreadableFile(f"front matter, line {line}: tags ({tag}) are not read; write plain text")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise UnreadableFile(f"front matter, line {line}: nested too deep; quote text that has brackets in it")


def _convert(node: yaml.Node, first_line: int) -> object:
    if isinstance(node, yaml.ScalarNode):
        return " ".join(node.value.split())
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, first_line) for item in node.value]
    found: dict[str, object] = {}
    for key, value in node.value:
        line = key.start_mark.line + first_line
        if not isinstance(key, yaml.ScalarNode):
            raise UnreadableFile(f"front matter, line {line}: expected `key: value`")
        if key.value in found:
            raise UnreadableFile(f"front matter, line {line}: the key `{key.value}` is given twice")
        found[key.value] = _convert(value, first_line)
    return found
