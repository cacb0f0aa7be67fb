"""A MathML formula as one line of text: "V̇O2max", "(a + b)/c", "√(2)"."""

from collections.abc import Callable

from lxml import etree

from ingest.readers.scripts import lowered, raised

_ACCENTS = {".": "\u0307", "˙": "\u0307", "¯": "\u0304", "‾": "\u0304", "^": "\u0302", "~": "\u0303"}
_SPACED = frozenset("=<>≤≥≈≠×÷±∓→")
_UNSEEN = frozenset(("annotation", "annotation-xml", "mphantom", "none", "mprescripts"))


def formula(element: etree._Element) -> str:
    """Return the formula's text, "" where it has none; the namespace of its elements does not matter."""
    name = etree.QName(element).localname
    if name in _UNSEEN:
        return ""
    draw = _DRAWN.get(name, _row)
    return draw(element)


def _parts(element: etree._Element) -> list[etree._Element]:
    return [child for child in element if isinstance(child.tag, str)]


def _row(element: etree._Element) -> str:
    return "".join(formula(child) for child in _parts(element))


def _three(element: etree._Element) -> tuple[str, str, str]:
    first, second, third, *_ = [*(formula(part) for part in _parts(element)), "", "", ""]
    return first, second, third


def _leaf(element: etree._Element) -> str:
    text = "".join(map(str, element.itertext()))
    return " ".join(text.split()) or (" " if text else "")


def _operator(element: etree._Element) -> str:
    sign = _leaf(element)
    return f" {sign} " if sign in _SPACED else sign


def _power(element: etree._Element) -> str:
    base, exponent, _ = _three(element)
    high = raised(exponent, base)
    return base + (f"^({exponent.strip()})" if high == exponent.strip() and len(high) > 1 else high)


def _index(element: etree._Element) -> str:
    base, below, _ = _three(element)
    return base + lowered(below, base)


def _index_and_power(element: etree._Element) -> str:
    base, below, above = _three(element)
    low = base + lowered(below, base)
    return low + raised(above, low)


def _over(element: etree._Element) -> str:
    base, above, _ = _three(element)
    return base + _ACCENTS.get(above.strip(), "")


def _fraction(element: etree._Element) -> str:
    over, under, _ = _three(element)
    return f"{_grouped(over.strip())}/{_grouped(under.strip())}"


def _root(element: etree._Element) -> str:
    return f"√({_row(element).strip()})"


def _root_of_degree(element: etree._Element) -> str:
    base, degree, _ = _three(element)
    return f"{raised(degree, '')}√({base.strip()})"


def _scripts_before(element: etree._Element) -> str:
    parts = _parts(element)
    names = [etree.QName(part).localname for part in parts]
    at = names.index("mprescripts") if "mprescripts" in names else len(parts)
    after, before = parts[1:at], parts[at + 1 :]
    text = "".join(lowered(formula(part), "") for part in before[::2])
    text += "".join(raised(formula(part), "") for part in before[1::2])
    text += formula(parts[0]) if parts else ""
    text += "".join(lowered(formula(part), text) for part in after[::2])
    return text + "".join(raised(formula(part), text) for part in after[1::2])


def _fenced(element: etree._Element) -> str:
    inner = ", ".join(formula(part).strip() for part in _parts(element))
    return f"{element.get('open', '(')}{inner}{element.get('close', ')')}"


def _grouped(text: str) -> str:
    return text if text.replace(".", "").isalnum() else f"({text})"


_DRAWN: dict[str, Callable[[etree._Element], str]] = {
    "mi": _leaf,
    "mn": _leaf,
    "ms": _leaf,
    "mtext": _leaf,
    "mspace": lambda _: " ",
    "mo": _operator,
    "msup": _power,
    "msub": _index,
    "msubsup": _index_and_power,
    "mover": _over,
    "munder": _index,
    "munderover": _index_and_power,
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _root_of_degree,
    "mmultiscripts": _scripts_before,
    "mfenced": _fenced,
}
