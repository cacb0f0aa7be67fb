"""No drug is treated apart: how an answer is made never depends on a name."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Tables of names: what a class holds, which brands the dictionary lacks, which names are ordinary words, synonyms;
# and the API's shapes, which give an example.
TABLES = {"drug_classes.py", "drug_brands.py", "everyday_names.py", "concepts.py", "wire.py"}
MODULES = sorted(path for path in (ROOT / "qa").glob("*.py") if path.name not in TABLES)
NO_NAMES = {"calcium", "salmon"}


def names() -> set[str]:
    """Return the words of the drugs and brands of the starter labels."""
    found: set[str] = set()
    for label in (ROOT / "corpus/starter/labels").glob("*.md"):
        for _, listed in re.findall(r"^(drugs|brands): \[(.*)\]$", label.read_text(encoding="utf-8"), re.MULTILINE):
            found |= {word for word in re.findall(r"[a-z]+", listed.lower()) if len(word) > 5} - NO_NAMES
    return found


def said(source: str) -> str:
    """Return the names and literals of a module, in lower case: neither its comments nor its docstrings."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    words = [
        node.value if isinstance(node, ast.Constant) else node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) or (isinstance(node, ast.Constant) and id(node) not in docstrings)
    ]
    return " ".join(word for word in words if isinstance(word, str)).lower()


def test_the_names_are_those_of_the_starter_labels() -> None:
    assert {"romosozumab", "evenity", "denosumab", "prolia"} <= names()


def test_a_docstring_is_not_logic_and_a_literal_is() -> None:
    assert "evenity" not in said('"""On Evenity."""\ndef f() -> None:\n    """Evenity."""  # Evenity\n')
    assert "evenity" in said('DRUG = "Evenity"')


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_no_drug_is_named_in_the_logic(module: Path) -> None:
    text = said(module.read_text(encoding="utf-8"))
    assert {name for name in names() if re.search(rf"\b{name}", text)} == set()
