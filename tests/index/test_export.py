"""The exported encoder: verified, deterministic, and no torch where one only asks."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import Inconsistent, NotReady
from index.encoders.base import Encoder
from index.encoders.minilm_onnx import FEW, MiniLmOnnx
from index.encoders.models import (
    PRECISIONS,
    Precision,
    Verified,
    file_sha256,
    model_file,
    model_folder,
    tokenizer_file,
    verified_file,
)
from index.export import WANTED, export_model

ROOT = Path(__file__).parents[2]
TEXTS = [
    "What is the dose of romosozumab?",
    "Hypocalcemia must be corrected before treatment is started. " * 30,
    "",
    "eGFR < 30 mL/min",
    "Osteonecrosis of the jaw was reported.",
]


@pytest.fixture(params=PRECISIONS)
def encoder(request: pytest.FixtureRequest, model_home: Path) -> Encoder:
    precision: Precision = request.param
    return MiniLmOnnx(model_folder(model_home), precision)


def copied(model_home: Path, tmp_path: Path) -> Path:
    """Return a home whose model files are those of the exported one, to be damaged."""
    shutil.copytree(model_folder(model_home), model_folder(tmp_path))
    return model_folder(tmp_path)


def test_both_precisions_agree_with_sentence_transformers(model_home: Path) -> None:
    verified = export_model(model_home)
    assert set(verified.checks) == set(PRECISIONS)
    for precision, check in verified.checks.items():
        assert check.texts >= 30
        assert WANTED[precision] <= check.cosine_min <= check.cosine_mean <= 1.0001
        assert check.sha256 == file_sha256(model_file(model_folder(model_home), precision))


def test_vectors_are_unit_float32_in_the_order_of_the_texts(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dim) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_a_texts_vector_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        assert np.array_equal(encoder.encode([text])[0], vector)
    many = [*TEXTS, *TEXTS, "bone " * 300] * 4  # more than are taken apart one after another
    assert len(many) > FEW
    assert np.array_equal(encoder.encode(many)[: len(TEXTS)], together)
    assert np.array_equal(encoder.encode(many)[-1], encoder.encode(many[-1:])[0])


@pytest.mark.parametrize("precision", PRECISIONS)
def test_the_number_of_threads_changes_no_bit(model_home: Path, precision: Precision) -> None:
    texts = ["Who should not receive it?", "bone " * 100, "The dose is 210 mg once a month for 12 months."]
    one, three = (MiniLmOnnx(model_folder(model_home), precision, threads) for threads in (1, 3))
    assert np.array_equal(one.encode(texts), three.encode(texts))
    assert np.array_equal(one.encode(texts), np.concatenate([three.encode([text]) for text in texts]))


def test_questions_are_near_to_what_answers_them(encoder: Encoder) -> None:
    question, answer, other = encoder.encode(
        ["How often is romosozumab injected?", "Romosozumab is given once a month.", "The hospital has a car park."]
    )
    assert question @ answer > 0.5 > 0.2 > question @ other


def test_tokens_are_counted_uncut_and_the_vector_is_cut(encoder: Encoder) -> None:
    assert encoder.count_tokens(["", "dose"]) == [2, 3]
    long = "dose " * 400
    assert encoder.count_tokens([long]) == [402]
    cut = " ".join(["dose"] * (encoder.max_tokens - 2))
    assert np.array_equal(encoder.encode([long]), encoder.encode([cut]))


def test_text_that_is_no_unicode_does_not_fail(encoder: Encoder) -> None:
    assert np.isfinite(encoder.encode(["\ud800 bone", "\x00", "骨"])).all()


def test_the_fingerprint_names_model_precision_and_weights(model_home: Path) -> None:
    names = [MiniLmOnnx(model_folder(model_home), precision).fingerprint for precision in PRECISIONS]
    assert [name.split("/")[:2] for name in names] == [["minilm-l6-v2", "fp32"], ["minilm-l6-v2", "int8"]]
    assert names[0].split("/")[2] != names[1].split("/")[2]


def test_who_only_asks_imports_neither_torch_nor_transformers(model_home: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from index.encoders.minilm_onnx import FEW, MiniLmOnnx; "
        "from index.encoders.models import model_folder; import index.search, index.publish, index.engines.faiss_flat; "
        "MiniLmOnnx(model_folder(Path(sys.argv[1]))).encode(['bone']); "
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'onnx', 'bm25s', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(model_home)], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr


def test_a_home_without_a_model_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="run `curbside setup`"):
        MiniLmOnnx(model_folder(tmp_path))


def test_a_model_that_failed_its_verification_is_refused(model_home: Path, tmp_path: Path) -> None:
    folder = copied(model_home, tmp_path)
    held = json.loads(verified_file(folder).read_text())
    held["checks"]["int8"]["cosine_min"] = 0.9
    verified_file(folder).write_text(json.dumps(held))
    with pytest.raises(Inconsistent, match=r"int8 model .* failed its verification: .* 0\.9000, expected at least"):
        MiniLmOnnx(folder, "int8")
    MiniLmOnnx(folder, "fp32")


@pytest.mark.parametrize("damage", ["missing", "shorter"])
def test_a_model_that_is_not_the_one_verified_is_refused(model_home: Path, tmp_path: Path, damage: str) -> None:
    folder = copied(model_home, tmp_path)
    path = model_file(folder, "int8")
    data = path.read_bytes()
    path.unlink()
    if damage == "shorter":
        path.write_bytes(data[:-1])
    with pytest.raises(Inconsistent, match=r"bytes, \d+ were verified: run `curbside setup`"):
        MiniLmOnnx(folder, "int8")


def test_a_missing_tokenizer_says_what_to_run(model_home: Path, tmp_path: Path) -> None:
    folder = copied(model_home, tmp_path)
    tokenizer_file(folder).unlink()
    with pytest.raises(NotReady, match=r"tokenizer is not at .*tokenizer.json: run `curbside setup`"):
        MiniLmOnnx(folder, "int8")


@pytest.mark.parametrize("damage", ["", "{}", "one space more"])
def test_a_tokenizer_that_is_not_the_one_verified_is_refused(model_home: Path, tmp_path: Path, damage: str) -> None:
    folder = copied(model_home, tmp_path)
    path = tokenizer_file(folder)
    text = path.read_text(encoding="utf-8")
    path.unlink()
    path.write_text(f"{text} " if damage == "one space more" else damage, encoding="utf-8")
    with pytest.raises(Inconsistent, match="is not the tokenizer that was verified: run `curbside setup`"):
        MiniLmOnnx(folder, "int8")


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"reference": 1, "colour": "red"}'])
def test_a_damaged_proof_is_refused(model_home: Path, tmp_path: Path, text: str) -> None:
    folder = copied(model_home, tmp_path)
    verified_file(folder).write_text(text)
    with pytest.raises(Inconsistent, match="run `curbside setup`"):
        Verified.of(folder, "fp32")
