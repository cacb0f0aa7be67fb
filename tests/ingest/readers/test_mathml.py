"""Formulas become a line of text."""

import pytest
from lxml import etree

from ingest.readers.mathml import formula


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<msub><mover><mi>V</mi><mo>.</mo></mover><mi>O2max</mi></msub>", "V̇O2max".replace("V̇", "V\u0307")),
        ("<mi>x</mi><mo>=</mo><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "x = (a+b)/c"),
        ("<msup><mn>10</mn><mn>5</mn></msup>", "10⁵"),
        ("<msup><mi>x</mi><mi>abc</mi></msup>", "x^(abc)"),
        ("<msqrt><mn>2</mn></msqrt>", "√(2)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "³√(x)"),
        (
            "<mmultiscripts><mi>He</mi><mprescripts/><none/><mn>3</mn></mmultiscripts><mtext>\u00a0</mtext><mi>MRI</mi>",
            "³He MRI",
        ),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x1²"),
        ("<msup/>", ""),
        ("<semantics><mi>p</mi><annotation>tex</annotation></semantics>", "p"),
    ],
)
def test_a_formula_becomes_one_line(inside: str, expected: str) -> None:
    math = etree.fromstring(f"<math xmlns='http://www.w3.org/1998/Math/MathML'>{inside}</math>")
    assert formula(math) == expected
