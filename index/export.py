"""Export of the encoder, once at set-up: sentence-transformers → ONNX fp32 and int8, verified before use."""

import logging
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.errors import CurbsideError, Inconsistent
from index.encoders.minilm_onnx import MAX_TOKENS, MiniLmOnnx
from index.encoders.models import (
    MODEL,
    PRECISIONS,
    Check,
    Precision,
    Verified,
    file_sha256,
    model_file,
    model_folder,
    tokenizer_file,
    verified_file,
)
from index.export_samples import SAMPLES

if TYPE_CHECKING:
    from index.encoders.sentence_transformers import SentenceTransformersEncoder

# fp32 differs by rounding alone. int8 gave 0.9865 at the least over SciFact's 9,952 passages and 45,952 sentences,
# with the same ranking (`python -m bench.encode`).
WANTED: dict[Precision, float] = {"fp32": 0.9999, "int8": 0.98}


def export_model(home: Path, *, again: bool = False) -> Verified:
    """Return the verification of the encoder under home; export and verify it first where it is not there.

    Needs the extra `export`. A model that does not agree with the reference raises Inconsistent
    and is not put in place.
    """
    folder = model_folder(home)
    if not again and _is_usable(folder):
        return Verified.model_validate_json(verified_file(folder).read_bytes())
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{MODEL}-", dir=folder.parent) as temporary:
        fresh = Path(temporary) / MODEL
        fresh.mkdir()
        verified = _export(fresh)
        if folder.exists():
            folder.rename(Path(temporary) / "before")
        fresh.rename(folder)
    return verified


def _is_usable(folder: Path) -> bool:
    try:
        for precision in PRECISIONS:
            Verified.of(folder, precision)
    except CurbsideError:
        return False
    return True


def _export(folder: Path) -> Verified:
    from index.encoders.sentence_transformers import SentenceTransformersEncoder, model_source
    from index.export_int8 import write_int8

    reference = SentenceTransformersEncoder()
    shutil.copyfile(model_source() / "tokenizer.json", tokenizer_file(folder))
    _write_fp32(reference.model[0].auto_model, model_file(folder, "fp32"))
    write_int8(model_file(folder, "fp32"), model_file(folder, "int8"), _token_ids(folder, SAMPLES))
    checks = {precision: _unchecked(folder, precision, reference.dim) for precision in PRECISIONS}
    verified = Verified(
        reference=reference.fingerprint, tokenizer_sha256=file_sha256(tokenizer_file(folder)), checks=checks
    )
    _keep(folder, verified)
    checks = {precision: compare(folder, precision, reference, SAMPLES) for precision in PRECISIONS}
    verified = verified.model_copy(update={"checks": checks})
    _keep(folder, verified)
    for precision in PRECISIONS:
        Verified.of(folder, precision)
    return verified


def compare(
    folder: Path, precision: Precision, reference: "SentenceTransformersEncoder", texts: Sequence[str]
) -> Check:
    """Return how near the exported vectors of the texts are to the reference's. Raises Inconsistent on other tokens."""
    encoder = MiniLmOnnx(folder, precision)
    for text, ours, theirs in zip(texts, encoder.count_tokens(texts), reference.count_tokens(texts), strict=True):
        if ours != theirs:
            raise Inconsistent(f"the tokenizer found {ours} tokens, the reference {theirs}, in {text[:60]!r}")
    cosines = np.sum(encoder.encode(texts) * reference.encode(texts), axis=1)
    return _unchecked(folder, precision, reference.dim).model_copy(
        update={"texts": len(texts), "cosine_min": float(cosines.min()), "cosine_mean": float(cosines.mean())}
    )


def _unchecked(folder: Path, precision: Precision, dim: int) -> Check:
    """Return a check of no texts, so that the encoder to be compared can be opened at all."""
    path = model_file(folder, precision)
    return Check(
        sha256=file_sha256(path),
        size=path.stat().st_size,
        dim=dim,
        texts=0,
        cosine_min=1.0,
        cosine_mean=1.0,
        cosine_wanted=WANTED[precision],
    )


def _keep(folder: Path, verified: Verified) -> None:
    verified_file(folder).write_text(verified.model_dump_json(indent=1) + "\n", encoding="utf-8")


def _write_fp32(bert: Any, path: Path) -> None:
    """Write the network with mean pooling and unit length in the graph, batch and length left open."""
    import torch

    logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # it misses packages that this network does not use
    from index.export_network import PooledBert

    ids = torch.tensor([[101, 2054, 2003, 7929, 102], [101, 7929, 102, 0, 0]])
    mask = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])
    dims = {0: torch.export.Dim("batch", min=1, max=4096), 1: torch.export.Dim("length", min=2, max=512)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter about itself; what it wrote is verified below
        program = torch.onnx.export(
            PooledBert(bert).eval(),
            (ids, mask),
            dynamo=True,  # dynamo=False gave cosine 0.90 with no word of warning
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_shapes={"input_ids": dims, "attention_mask": dims},
            opset_version=20,  # the first that knows Gelu: before it, five passes over the widest layer
            verbose=False,
        )
        assert program is not None
        program.save(str(path), external_data=False)


def _token_ids(folder: Path, texts: Sequence[str]) -> list[NDArray[np.int64]]:
    tokenizer = Tokenizer.from_file(str(tokenizer_file(folder)))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return [np.array([encoding.ids], np.int64) for encoding in tokenizer.encode_batch_fast(list(texts))]
