"""A refresh without the internet: a label changes, a paper is retracted, and answers know it.

    python -m tests.replay.demo          tells the story from beginning to end
    python -m tests.replay.demo --stay   leaves the services running and says how to point `curbside` at them

The services are the stand-ins that the tests use, on this machine, with records of a drug that does not exist.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.rule import Rule

from tests.replay.made import DOSE, FRACTURES, SET_ID, TRIAL, TRIAL_TWO, label, other_label, second_trial, trial
from tests.replay.openfda import OpenFda
from tests.replay.pubmed import PubMed
from tests.replay.server import replaying

COLLECTION = f"""title = "A demonstration"

[openfda]
generic = ["examplumab", "otherumab"]

[pubmed]
pmids = ["{TRIAL}", "{TRIAL_TWO}"]
integrity = false
"""
SCREEN = Console(highlight=False, markup=False, soft_wrap=True)


class Story:
    """A data folder of its own, and the commands of a reader in it."""

    def __init__(self, folder: Path, models: Path) -> None:
        self._home = folder / "home"
        self._environment = {**os.environ, "CURBSIDE_HOME": str(self._home), "HF_HUB_OFFLINE": "1"}
        shutil.copytree(models, self._home / "models")
        (self._home / "collections").mkdir()
        (self._home / "collections" / "demo.toml").write_text(COLLECTION)

    def point(self, name: str, url: str) -> None:
        """Say where a service is."""
        self._environment[name] = url

    def told(self) -> str:
        """Return the lines that point a shell at the same folder and services."""
        names = ("CURBSIDE_HOME", "CURBSIDE_OPENFDA_URL", "CURBSIDE_EUTILS_URL")
        return "\n".join(f"export {name}={self._environment[name]}" for name in names)

    def run(self, *words: str) -> None:
        """Run a command and show it with what it prints."""
        SCREEN.print(f"$ curbside {' '.join(repr(word) if ' ' in word else word for word in words)}", style="bold")
        subprocess.run([sys.executable, "-m", "curbside", *words], env=self._environment, check=False)
        SCREEN.print()


def main() -> None:
    """Tell the story."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stay", action="store_true", help="leave the services running until Ctrl-C")
    parser.add_argument("--home", type=Path, default=Path(".curbside"), help="a data folder that is set up")
    asked = parser.parse_args()
    models = asked.home / "models"
    if not models.is_dir():
        parser.error(f"{models} is not there: run `make setup` first, or name a data folder that is set up")
    openfda, pubmed = OpenFda([label(), other_label()], {}), PubMed({TRIAL: trial(), TRIAL_TWO: second_trial()})
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="curbside-demo-")))
        story = Story(folder, models)
        story.point("CURBSIDE_OPENFDA_URL", stack.enter_context(replaying(openfda)).url)
        story.point("CURBSIDE_EUTILS_URL", stack.enter_context(replaying(pubmed)).url)
        if asked.stay:
            SCREEN.print(
                f"Both services run. In another shell:\n\n{story.told()}\ncurbside refresh demo\n\nCtrl-C ends."
            )
            threading.Event().wait()
        tell(story, openfda, pubmed)


def tell(story: Story, openfda: OpenFda, pubmed: PubMed) -> None:
    """Refresh, ask, let the world move, refresh again, and show what became of the answers."""
    SCREEN.print(Rule("1. Two labels and two papers are taken in"))
    story.run("refresh", "demo")
    SCREEN.print(Rule("2. Two questions; their answers are kept"))
    story.run("ask", DOSE)
    story.run("ask", FRACTURES)
    SCREEN.print(Rule("3. The label changes its dose, the trial is retracted; the plan first, then the run"))
    openfda.records[SET_ID] = label(dose=140)
    pubmed.records[TRIAL], pubmed.modified[TRIAL] = trial(retracted=True), datetime.now(UTC).date()
    story.run("refresh", "demo", "--dry-run")
    story.run("refresh", "demo")
    SCREEN.print(Rule("4. The answers that no longer stand, with both wordings; the label's history"))
    story.run("corpus", "stale")
    story.run("corpus", "history", f"spl:{SET_ID}", "--diff")
    SCREEN.print(Rule("5. The same questions now"))
    story.run("ask", DOSE)
    story.run("ask", FRACTURES)
    SCREEN.print(Rule("6. Nothing has changed since: nothing is encoded"))
    story.run("refresh", "demo")


if __name__ == "__main__":
    main()
