"""The vector cache: encoded once, never half read, one writer."""

import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import Busy, Inconsistent
from index.vectors import VectorCache, cache_folder
from tests.index.corpora import WordEncoder


def cached(folder: Path, encoder: WordEncoder, texts: list[str]) -> np.ndarray:
    with VectorCache(folder, encoder, np.float32) as cache:
        return cache.vectors(texts)


def test_each_text_is_encoded_once_over_many_runs_and_comes_back_in_order(tmp_path: Path) -> None:
    encoder = WordEncoder()
    first = cached(tmp_path, encoder, ["one two", "three", "one two"])
    second = cached(tmp_path, encoder, ["four", "three", "one two"])
    assert sorted(encoder.seen) == ["four", "one two", "three"]
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(second[[2, 1]], first[[0, 1]])
    assert np.array_equal(second, WordEncoder().encode(["four", "three", "one two"]))


def test_nothing_asked_for_is_an_empty_array_of_the_right_width(tmp_path: Path) -> None:
    assert cached(tmp_path, WordEncoder(dim=8), []).shape == (0, 8)


def test_half_precision_is_what_was_asked_for_to_three_digits(tmp_path: Path) -> None:
    encoder = WordEncoder()
    with VectorCache(tmp_path, encoder, np.float16) as cache:
        found = cache.vectors(["bone density"])
    assert found.dtype == np.float32
    assert np.allclose(found, encoder.encode(["bone density"]), atol=1e-3)


def test_texts_encoded_are_reported_as_they_go(tmp_path: Path) -> None:
    heard: list[int] = []
    with VectorCache(tmp_path, WordEncoder(), np.float32) as cache:
        cache.vectors([f"text {n}" for n in range(700)], heard.append)
        cache.vectors(["text 1"], heard.append)
    assert sum(heard) == 700
    assert len(heard) == 2


@pytest.mark.parametrize(
    ("numbers", "records"), [(-1, 0), (-100, 0), (0, -1), (0, -25), (-128, 0), (+40, 0), (0, +7), (+128, +20)]
)
def test_a_torn_end_is_dropped_and_the_rest_still_read(tmp_path: Path, numbers: int, records: int) -> None:
    encoder = WordEncoder()
    texts = [f"text number {n}" for n in range(5)]
    wanted = cached(tmp_path, encoder, texts)
    for name, change in (("vectors.float32", numbers), ("records", records)):
        data = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(data + b"\x5a" * change if change > 0 else data[: len(data) + change])
    again = WordEncoder()
    assert np.array_equal(cached(tmp_path, again, texts), wanted)
    assert len(again.seen) <= 2
    last = WordEncoder()
    assert np.array_equal(cached(tmp_path, last, texts), wanted)
    assert last.seen == []


def test_a_killed_process_loses_only_the_texts_in_flight(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        import numpy as np
        from index.vectors import VectorCache
        from tests.index.corpora import WordEncoder

        class Killed(WordEncoder):
            def encode(self, texts):
                if len(self.seen) >= 1024:
                    os.kill(os.getpid(), signal.SIGKILL)
                return super().encode(texts)

        with VectorCache(Path(sys.argv[1]), Killed(), np.float32) as cache:
            cache.vectors([f"text {n}" for n in range(2000)])
        """
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=Path(__file__).parents[2])
    assert done.returncode == -9
    encoder = WordEncoder()
    cached(tmp_path, encoder, [f"text {n}" for n in range(2000)])
    assert len(encoder.seen) == 2000 - 1024


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with (
        VectorCache(tmp_path, WordEncoder(), np.float32),
        pytest.raises(Busy, match="another process is writing vectors"),
        VectorCache(tmp_path, WordEncoder(), np.float32, wait_s=0.05),
    ):
        pass


def test_vectors_that_are_no_vectors_are_refused_and_not_kept(tmp_path: Path) -> None:
    class Broken(WordEncoder):
        def encode(self, texts):  # type: ignore[no-untyped-def]
            return super().encode(texts) * np.nan

    with pytest.raises(Inconsistent, match="all finite"):
        cached(tmp_path, Broken(), ["one"])
    assert (tmp_path / "records").stat().st_size == 0


def test_another_encoder_has_another_folder(tmp_path: Path) -> None:
    one = cache_folder(tmp_path, WordEncoder("words/1"), "passages")
    two = cache_folder(tmp_path, WordEncoder("words/2"), "passages")
    assert one != two and one.parent.parent == tmp_path / "vectors"
