"""One contract over every engine: the files of index/engines."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import BadInput, Inconsistent
from index.engines import faiss_by_size
from index.engines.base import Engine, engine_class, engine_names
from index.engines.faiss_flat import FaissFlat
from index.engines.faiss_fp16 import full_vectors
from index.faiss_engine import FEW

Made = tuple[type[Engine], Engine, NDArray[np.float32]]


def unit(n: int, dim: int = 24, seed: int = 7) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).standard_normal((n, dim), np.float32)
    unit_vectors: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit_vectors


@pytest.fixture(params=engine_names())
def made(request: pytest.FixtureRequest) -> Made:
    kind = engine_class(request.param)
    vectors = unit(3000)
    return kind, kind.build(vectors), vectors


def test_every_engine_file_is_found_and_a_name_that_is_none_is_refused() -> None:
    assert {"faiss_flat", "faiss_fp16"} <= set(engine_names())
    with pytest.raises(BadInput, match=r"no vector engine 'nearest': expected one of .*faiss_flat"):
        engine_class("nearest")


def test_the_best_rows_come_first_with_their_cosines(made: Made) -> None:
    _, engine, vectors = made
    query = unit(1, seed=1)[0]
    rows, scores = engine.search(query, 10)
    exact = vectors @ query
    assert len(engine) == 3000
    assert set(rows) == set(np.argsort(-exact)[:10])
    assert np.allclose(scores, exact[rows], atol=1e-3)
    assert (np.diff(scores) <= 0).all()


@pytest.mark.parametrize("count", [1, 40, FEW + 500])
def test_only_the_rows_given_are_searched(made: Made, count: int) -> None:
    _, engine, vectors = made
    among = np.sort(np.random.default_rng(3).choice(3000, count, replace=False)).astype(np.int64)
    query = unit(1, seed=2)[0]
    rows, _ = engine.search(query, 5, among)
    assert len(rows) == min(5, count)
    assert set(rows) == set(among[np.argsort(-(vectors[among] @ query))[:5]])


def test_cosines_are_those_of_the_rows_asked_for(made: Made) -> None:
    _, engine, vectors = made
    query = unit(1, seed=4)[0]
    rows = np.array([5, 2999, 0, 5])
    assert np.allclose(engine.cosines(query, rows), vectors[rows] @ query, atol=1e-3)
    assert engine.cosines(query, np.empty(0, np.int64)).shape == (0,)


def test_asking_for_more_than_there_are_gives_all_and_for_none_gives_none(made: Made) -> None:
    kind, engine, _ = made
    query = unit(1)[0]
    small = kind.build(unit(3))
    assert sorted(small.search(query, 100)[0]) == [0, 1, 2]
    assert len(engine.search(query, 0)[0]) == 0
    assert len(engine.search(query, 5, np.empty(0, np.int64))[0]) == 0


def test_ties_go_to_the_lower_row_also_where_the_list_ends(made: Made) -> None:
    kind, _, _ = made
    vectors = np.repeat(unit(4), 100, axis=0)[np.random.default_rng(0).permutation(400)]
    query = vectors[0]
    rows, _ = kind.build(vectors).search(query, 7)
    assert list(rows) == list(np.flatnonzero((vectors == query).all(axis=1))[:7])
    few, _ = kind.build(vectors).search(query, 7, np.arange(399, -1, -1))
    assert list(few) == list(rows)


def test_what_is_saved_finds_the_same_when_loaded(made: Made, tmp_path: Path) -> None:
    kind, engine, _ = made
    engine.save(tmp_path / "engine")
    loaded = kind.load(tmp_path / "engine")
    query = unit(1, seed=5)[0]
    assert len(loaded) == len(engine)
    found, wanted = loaded.search(query, 50), engine.search(query, 50)
    assert np.array_equal(found[0], wanted[0])
    assert np.array_equal(found[1], wanted[1])
    rows = np.array([1, 7, 2222])
    assert np.array_equal(loaded.cosines(query, rows), engine.cosines(query, rows))


@pytest.mark.parametrize("damage", [b"", b"no index at all", None])
def test_a_file_that_is_no_index_is_refused_with_the_remedy(made: Made, tmp_path: Path, damage: bytes | None) -> None:
    kind, engine, _ = made
    path = tmp_path / "engine"
    engine.save(path)
    path.write_bytes(path.read_bytes()[:200] if damage is None else damage)
    with pytest.raises(Inconsistent, match="curbside index"):
        kind.load(path)


def test_many_threads_get_what_one_gets(made: Made) -> None:
    _, engine, _ = made
    queries = unit(64, seed=6)
    alone = [list(engine.search(query, 5)[0]) for query in queries]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: list(engine.search(query, 5)[0]), queries))
    assert together == alone


@pytest.mark.parametrize("count", [FEW, FEW + 1, 2999])
def test_few_passages_and_many_are_searched_alike(made: Made, count: int) -> None:
    kind, _, _ = made
    vectors, query = unit(count), unit(1, seed=9)[0]
    engine = kind.build(vectors)
    rows, scores = engine.search(query, 40)
    exact = engine.cosines(query, np.arange(count))
    order = np.lexsort((np.arange(count), -exact))[:40]
    assert rows.tolist() == order.tolist() and scores.tolist() == exact[order].tolist()


@pytest.mark.parametrize(("count", "is_half"), [(faiss_by_size.MANY - 1, False), (faiss_by_size.MANY, True)])
def test_many_vectors_are_kept_in_half_precision_and_found_alike(tmp_path: Path, count: int, is_half: bool) -> None:
    vectors, query = unit(count, 8), unit(1, 8, seed=9)[0]
    faiss_by_size.FaissBySize.build(vectors).save(tmp_path / "vectors")
    assert full_vectors(tmp_path / "vectors").exists() is is_half
    rows, cosines = faiss_by_size.FaissBySize.load(tmp_path / "vectors").search(query, 50)
    plain = FaissFlat.build(vectors).search(query, 50)
    assert np.array_equal(rows, plain[0]) and np.array_equal(cosines, plain[1])
