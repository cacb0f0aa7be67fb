"""Where an exported model lies, and the proof that it was verified."""

import hashlib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import Inconsistent, NotReady

MODEL = "minilm-l6-v2"
REMEDY = "run `curbside setup`"
Precision = Literal["fp32", "int8"]
PRECISIONS: tuple[Precision, ...] = ("fp32", "int8")


class Check(BaseModel):
    """How one precision compared with the reference, text by text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: str
    size: int
    dim: int
    texts: int
    cosine_min: float
    cosine_mean: float
    cosine_wanted: float

    @property
    def passed(self) -> bool:
        """Return whether the farthest text is near enough to the reference."""
        return self.cosine_min >= self.cosine_wanted


class Verified(BaseModel):
    """The file verified.json beside the models: what was compared with what."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reference: str
    tokenizer_sha256: str
    checks: dict[Precision, Check]

    @classmethod
    def of(cls, folder: Path, precision: Precision) -> Check:
        """Return the check that the model passed. Raises NotReady or Inconsistent where it cannot be trusted."""
        path = verified_file(folder)
        if not path.is_file():
            raise NotReady(f"no verified encoder at {folder}: {REMEDY}")
        try:
            verified = cls.model_validate_json(path.read_bytes())
        except ValidationError as error:
            raise Inconsistent(
                f"{path} is not what was written there ({error.error_count()} faults): {REMEDY}"
            ) from None
        check = verified.checks.get(precision)
        if check is None:
            raise NotReady(f"{folder} holds no {precision} model, only {', '.join(verified.checks)}: {REMEDY}")
        if not check.passed:
            raise Inconsistent(
                f"the {precision} model at {folder} failed its verification: cosine with the reference "
                f"{check.cosine_min:.4f}, expected at least {check.cosine_wanted}: {REMEDY}"
            )
        model = model_file(folder, precision)
        size = model.stat().st_size if model.is_file() else 0
        if size != check.size:
            raise Inconsistent(f"{model} has {size} bytes, {check.size} were verified: {REMEDY}")
        verified._require_tokenizer(tokenizer_file(folder))
        return check

    def _require_tokenizer(self, path: Path) -> None:
        """Raise NotReady or Inconsistent unless the tokenizer is the one whose tokens were compared."""
        if not path.is_file():
            raise NotReady(f"the encoder's tokenizer is not at {path}: {REMEDY}")
        if file_sha256(path) != self.tokenizer_sha256:
            raise Inconsistent(f"{path} is not the tokenizer that was verified: {REMEDY}")


def model_folder(home: Path) -> Path:
    """Return the folder of the exported default encoder."""
    return home / "models" / MODEL


def model_file(folder: Path, precision: Precision) -> Path:
    """Return where a precision's network lies."""
    return folder / f"model.{precision}.onnx"


def tokenizer_file(folder: Path) -> Path:
    """Return where the tokenizer lies."""
    return folder / "tokenizer.json"


def verified_file(folder: Path) -> Path:
    """Return where the proof lies."""
    return folder / "verified.json"


def file_sha256(path: Path) -> str:
    """Return the file's SHA-256, 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
