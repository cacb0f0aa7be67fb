"""`curbside collection`: what is listed, what is checked, and where the user's own lie."""

import os
import subprocess
from pathlib import Path


def run(command: Path, environment: dict[str, str], *words: str, **settings: str) -> tuple[int, str]:
    done = subprocess.run(
        [command, "collection", *words], env={**environment, **settings}, capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout + done.stderr


def test_what_comes_with_curbside_and_ones_own_are_listed(
    curbside_command: Path, plain_environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "gout.toml").write_text('title = "Gout"\n[open_medicine]\ntopics = ["gout"]\n', encoding="utf-8")
    own = {"CURBSIDE_COLLECTIONS": str(tmp_path)}
    status, said = run(curbside_command, plain_environment, "list", **own)
    assert status == 0
    assert "gout  Gout; at no set time; follows open_medicine" in said
    assert "osteoporosis  Drug treatment of osteoporosis; at 30 3 * * mon UTC" in said
    status, said = run(curbside_command, plain_environment, "check", "gout", **own)
    assert (status, said.splitlines()[-1]) == (0, "  open_medicine.topics: gout")


def test_a_wrong_file_is_told_of_and_the_others_are_listed(
    curbside_command: Path, plain_environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "collections").mkdir()
    wrong = tmp_path / "collections" / "gout.toml"
    wrong.write_text('title = "Gout"\n[openfad]\n', encoding="utf-8")
    home = {"CURBSIDE_HOME": str(tmp_path)}
    status, said = run(curbside_command, plain_environment, "list", **home)
    assert status == 2
    assert "openfad is unknown" in said
    assert "osteoporosis  Drug treatment" in said
    status, said = run(curbside_command, plain_environment, "check", os.fspath(wrong), **home)
    assert (status, said.count(f"{wrong}: openfad is unknown: expected the keys")) == (2, 1)
