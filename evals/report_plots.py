"""The plots of a report as SVG to stand inside a page: no script, no address, the same bytes for the same figures."""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus.errors import NotReady
from evals.report import RiskCurve, Value

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Of the page, so that it follows light and dark; the colour is one that no plot draws with otherwise.
_INK = "#010203"
_LINE = "#3b7dd8"
_STYLE = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "text.color": _INK,
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def risk_coverage(name: str, curve: RiskCurve) -> str:
    """Return the risk of the answers given against the share of questions answered."""

    def draw(axes: "Axes") -> None:
        coverage, risk = [one[0] for one in curve.points], [one[1] for one in curve.points]
        axes.step(coverage, risk, where="post", color=_LINE)
        axes.plot(coverage[-1:], risk[-1:], "o", color=_LINE, markersize=4)
        axes.set(xlabel="share of questions answered", ylabel="share of them wrong", xlim=(0, 1.02))
        axes.set_ylim(0, max(0.05, 1.1 * max(risk, default=0.0)))

    return _svg(name, draw, (5.2, 2.8))


def bars_by_type(name: str, by_type: Mapping[str, Value], whole: float | None) -> str:
    """Return a bar with its interval for each type of question, and a line at the value of them all."""
    held = [(f"{_plain(kind)} (n {one.n})", one) for kind, one in by_type.items() if one.value is not None]

    def draw(axes: "Axes") -> None:
        for place, (_, one) in enumerate(held):
            value, low, high = (x if x is not None else 0.0 for x in (one.value, one.low, one.high))
            axes.barh(place, value, color=_LINE, alpha=0.75, height=0.7)
            axes.plot([low, high], [place, place], color=_INK, linewidth=1.2)
        if whole is not None:
            axes.axvline(whole, color=_INK, linewidth=0.8, linestyle=":")
        axes.set_yticks(range(len(held)), [label for label, _ in held])
        axes.invert_yaxis()
        axes.set_xlim(left=0)

    return _svg(name, draw, (6.2, 0.5 + 0.26 * max(len(held), 2)))


def latencies(name: str, ms: Sequence[float]) -> str:
    """Return how many questions took how long, times on a logarithmic axis; "" where none was timed."""
    import numpy as np

    timed = [one for one in ms if one > 0]
    if not timed:
        return ""

    def draw(axes: "Axes") -> None:
        edges = np.geomspace(min(timed) * 0.98, max(timed) * 1.02, 31)
        axes.hist(timed, bins=edges.tolist(), color=_LINE, alpha=0.75)
        for p, line in ((50, "-"), (95, "--"), (99, ":")):
            axes.axvline(float(np.percentile(timed, p)), color=_INK, linewidth=0.9, linestyle=line, label=f"p{p}")
        axes.set(xscale="log", xlabel="milliseconds a question", ylabel="questions")
        axes.locator_params(axis="y", integer=True)
        axes.legend(frameon=False, fontsize=8)

    return _svg(name, draw, (5.2, 2.6))


def _svg(name: str, draw: Callable[["Axes"], None], size: tuple[float, float]) -> str:
    """Return what is drawn as one <svg> element whose ids begin with the name, so that plots share a page.

    Needs the extra `eval`. Raises NotReady where matplotlib is not installed.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
    except ImportError:
        raise NotReady("matplotlib is not installed: run `pip install 'curbside[eval]'` (to draw a report)") from None
    settings: Any = {**_STYLE, "svg.hashsalt": name}
    with rc_context(settings):
        figure = Figure(figsize=size, layout="constrained")
        figure.patch.set_alpha(0)
        axes = figure.add_subplot()
        axes.patch.set_alpha(0)
        draw(axes)
        page = io.StringIO()
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(page, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _inline(page.getvalue(), name)


def _inline(svg: str, name: str) -> str:
    """Return the element alone: no prologue, no metadata, its own ids, and the page's ink."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' xmlns(:xlink)?="[^"]*"', "", svg)
    prefix = re.sub(r"\W+", "-", name)
    svg = re.sub(r'\bid="', f'id="{prefix}-', svg)
    svg = re.sub(r'(url\(#|href="#)', rf"\g<1>{prefix}-", svg).replace("xlink:href", "href")
    return svg.replace(_INK, "currentColor").strip()


def _plain(text: str) -> str:
    """Return the text so that matplotlib reads no formula in it."""
    return text.replace("$", r"\$")
