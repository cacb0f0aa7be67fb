"""A folder beside a collection's file, with guidelines in it and an archive of one; files change and go."""

import shutil
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.replay.standing import StandIn

PAGE = """---
key: guideline:{key}
kind: guideline
title: {key} guideline
---

## Advice

{text}
"""


class WatchedFolder(StandIn):
    """Files by their paths below the folder."""

    def __init__(self) -> None:
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("inside.md", page("inside", "Walk every day."))
        self.files = {
            "bone.md": page("bone", "Eat enough protein."),
            "deeper/falls.md": page("falls", "Take up loose rugs."),
            "packed.zip": packed.getvalue(),
            ".DS_Store": b"\x00",
        }

    def lay(self, folder: Path, url: str) -> Mapping[str, Any]:
        top = folder / "watched"
        shutil.rmtree(top, ignore_errors=True)
        for name, data in self.files.items():
            (top / name).parent.mkdir(parents=True, exist_ok=True)
            (top / name).write_bytes(data)
        return {"paths": ["./watched"]}

    def change(self) -> str:
        self.files["bone.md"] = page("bone", "Eat enough protein and calcium.")
        return "watched/bone.md"

    def withdraw(self) -> str:
        del self.files["deeper/falls.md"]
        return "watched/deeper/falls.md"


def page(key: str, text: str) -> bytes:
    """Return a guideline as Markdown with front matter."""
    return PAGE.format(key=key, text=text).encode()


def stand_in(shared: Path) -> WatchedFolder:
    """Return a folder of its own making."""
    return WatchedFolder()
