"""Publishing: one atomic move, nothing written twice, back again, and what a killed process leaves."""

import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.document import SourceKind
from corpus.errors import BadInput, Busy, IndexMismatch, NotFound, NotReady
from corpus.passage import SplitDocument
from index.manifest import Manifest
from index.pointer import read_pointer
from index.publish import publish, rollback
from index.search import Searcher
from index.snapshot import open_snapshot
from tests.index.corpora import WordEncoder, small_corpus, split_document

ROOT = Path(__file__).parents[2]


def publish_texts(home: Path, *texts: str, keep: int = 3, encoder: WordEncoder | None = None) -> Manifest:
    corpus = [split_document(f"pmid:{n}", text) for n, text in enumerate(texts)]
    return publish(home, corpus, encoder or WordEncoder(), corpus_fingerprint="|".join(texts), keep=keep)


def folders(home: Path) -> set[str]:
    return {path.name for path in (home / "snapshots").iterdir() if path.is_dir()}


def test_the_manifest_names_what_went_in(tmp_path: Path) -> None:
    manifest = publish(tmp_path, small_corpus(), WordEncoder(), corpus_fingerprint="seven")
    assert manifest.documents == {SourceKind.GUIDELINE: 2, SourceKind.LABEL: 2, SourceKind.RESEARCH: 3}
    assert manifest.passages == {SourceKind.GUIDELINE: 2, SourceKind.LABEL: 3, SourceKind.RESEARCH: 3}
    assert manifest.sentences == 12
    assert (manifest.encoder, manifest.dim, manifest.corpus) == ("words/1", 32, "seven")
    assert open_snapshot(tmp_path).manifest == manifest
    assert not list((tmp_path / "snapshots" / manifest.id).rglob("*.pkl"))


def test_the_same_corpus_and_encoder_are_not_written_again(tmp_path: Path) -> None:
    encoder = WordEncoder()
    first = publish_texts(tmp_path, "one", "two", encoder=encoder)
    folder = tmp_path / "snapshots" / first.id
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}

    def unread() -> Iterator[SplitDocument]:
        raise AssertionError("the corpus was read")
        yield

    again = publish(tmp_path, unread(), encoder, corpus_fingerprint="one|two")
    assert again == first
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_rebuild_encodes_only_what_is_new(tmp_path: Path) -> None:
    publish_texts(tmp_path, "one", "two")
    encoder = WordEncoder()
    publish_texts(tmp_path, "one", "two", "three", encoder=encoder)
    assert encoder.seen == ["Title of pmid:2\nPart 1\nthree", "three"]


def test_snapshots_are_built_the_same_from_the_same_input(tmp_path: Path) -> None:
    one = publish_texts(tmp_path / "a", "one two", "three")
    two = publish_texts(tmp_path / "b", "one two", "three")
    assert (one.id, one.files) == (two.id, two.files)


@pytest.mark.parametrize("change", ["corpus", "encoder", "dim", "engine"])
def test_whatever_decides_the_vectors_decides_the_id(tmp_path: Path, change: str) -> None:
    encoder = WordEncoder("words/2" if change == "encoder" else "words/1", 16 if change == "dim" else 32)
    first = publish(tmp_path, small_corpus(), WordEncoder(), corpus_fingerprint="a")
    second = publish(
        tmp_path,
        small_corpus(),
        encoder,
        corpus_fingerprint="b" if change == "corpus" else "a",
        engine="faiss_fp16" if change == "engine" else "faiss_flat",
    )
    assert first.id != second.id


def test_as_many_old_snapshots_are_kept_as_asked_for(tmp_path: Path) -> None:
    ids = [publish_texts(tmp_path, str(n), keep=2).id for n in range(5)]
    assert read_pointer(tmp_path) == [ids[4], ids[3], ids[2]]
    assert folders(tmp_path) == set(ids[2:])


def test_rollback_serves_what_was_served_before_as_often_as_there_is_one(tmp_path: Path) -> None:
    ids = [publish_texts(tmp_path, text).id for text in ("one", "two", "three", "one")]
    assert ids[3] == ids[0]
    assert rollback(tmp_path).id == ids[2]
    assert open_snapshot(tmp_path).manifest.corpus == "three"
    assert rollback(tmp_path).id == ids[1]
    with pytest.raises(NotFound, match="nothing to go back to"):
        rollback(tmp_path)
    assert open_snapshot(tmp_path).manifest.corpus == "two"


def test_what_was_rolled_back_can_be_published_again_without_encoding(tmp_path: Path) -> None:
    publish_texts(tmp_path, "one")
    publish_texts(tmp_path, "two")
    rollback(tmp_path)
    encoder = WordEncoder()
    publish_texts(tmp_path, "two", encoder=encoder)
    assert encoder.seen == []
    assert open_snapshot(tmp_path).manifest.corpus == "two"


def test_an_empty_corpus_is_a_snapshot_that_finds_nothing(tmp_path: Path) -> None:
    publish(tmp_path, [], WordEncoder(), corpus_fingerprint="")
    snapshot = open_snapshot(tmp_path)
    assert len(snapshot) == 0 and list(snapshot.documents()) == []
    assert Searcher(snapshot, WordEncoder()).search("anything") == []


def test_documents_without_passages_are_held_all_the_same(tmp_path: Path) -> None:
    bare = SplitDocument(split_document("pmid:9", "text").document, ())
    publish(tmp_path, [bare, split_document("pmid:1", "one")], WordEncoder(), corpus_fingerprint="x")
    snapshot = open_snapshot(tmp_path)
    assert [document.key for _, document in snapshot.documents()] == ["pmid:9", "pmid:1"]
    assert list(snapshot.rows(0)) == [] and list(snapshot.rows(1)) == [0]


def test_nothing_published_yet_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="curbside index"):
        open_snapshot(tmp_path)


def test_an_unknown_engine_is_refused_before_anything_is_encoded(tmp_path: Path) -> None:
    encoder = WordEncoder()
    with pytest.raises(BadInput, match="no vector engine"):
        publish(tmp_path, small_corpus(), encoder, corpus_fingerprint="x", engine="faiss_hot")
    assert encoder.seen == []


@pytest.mark.parametrize(
    ("encoder", "corpus", "said"),
    [
        (WordEncoder("words/2"), None, "built with the encoder words/1, the settings say words/2"),
        (WordEncoder(dim=16), None, "vectors of 32 numbers, the encoder gives 16"),
        (None, "other", "built from the corpus seven, the corpus is now other"),
    ],
)
def test_a_snapshot_that_does_not_fit_is_refused_with_the_remedy(
    tmp_path: Path, encoder: WordEncoder | None, corpus: str | None, said: str
) -> None:
    manifest = publish(tmp_path, small_corpus(), WordEncoder(), corpus_fingerprint="seven")
    with pytest.raises(IndexMismatch, match=f"{said}: run `curbside index`"):
        manifest.require(encoder, corpus)
    manifest.require(WordEncoder(), "seven")


def test_a_searcher_refuses_a_snapshot_of_another_encoder(tmp_path: Path) -> None:
    publish(tmp_path, small_corpus(), WordEncoder(), corpus_fingerprint="seven")
    with pytest.raises(IndexMismatch):
        Searcher(open_snapshot(tmp_path), WordEncoder("words/2"))


def test_a_damaged_snapshot_is_built_again_when_published_again(tmp_path: Path) -> None:
    manifest = publish_texts(tmp_path, "one", "two")
    (tmp_path / "snapshots" / manifest.id / "research.vectors").unlink()
    encoder = WordEncoder()
    assert publish_texts(tmp_path, "one", "two", encoder=encoder).id == manifest.id
    assert len(open_snapshot(tmp_path)) == 2
    assert encoder.seen == []


def test_a_failing_corpus_leaves_what_was_served(tmp_path: Path) -> None:
    publish_texts(tmp_path, "one")

    def failing() -> Iterator[SplitDocument]:
        yield split_document("pmid:5", "five")
        raise BadInput("no more")

    with pytest.raises(BadInput, match="no more"):
        publish(tmp_path, failing(), WordEncoder(), corpus_fingerprint="failing")
    assert open_snapshot(tmp_path).manifest.corpus == "one"
    publish_texts(tmp_path, "two")
    assert not [name for name in folders(tmp_path) if name.endswith(".tmp")]


KILLED = textwrap.dedent(
    """
    import os, signal, sys, time
    from pathlib import Path
    from index import publish as publishing
    from tests.index.corpora import WordEncoder, split_document

    home, moment = Path(sys.argv[1]), sys.argv[2]

    def die(*arguments, **named):
        os.kill(os.getpid(), signal.SIGKILL)

    class Encoder(WordEncoder):
        def encode(self, texts):
            if moment == "encoding" and len(self.seen) > 1500:
                die()
            return super().encode(texts)

    if moment == "files":
        publishing.files_of = die
    if moment == "manifest":
        publishing._sync = die
    if moment == "pointer":
        publishing.move_pointer = die
    corpus = [split_document(f"pmid:{n}", f"passage number {n}") for n in range(1500)]
    publishing.publish(home, corpus, Encoder(), corpus_fingerprint="big")
    """
)


@pytest.mark.parametrize("moment", ["encoding", "files", "manifest", "pointer"])
def test_a_publish_killed_at_any_moment_leaves_the_old_one_and_is_taken_up_again(tmp_path: Path, moment: str) -> None:
    publish_texts(tmp_path, "one")
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), moment], cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    assert open_snapshot(tmp_path).manifest.corpus == "one"
    corpus = [split_document(f"pmid:{n}", f"passage number {n}") for n in range(1500)]
    encoder = WordEncoder()
    manifest = publish(tmp_path, corpus, encoder, corpus_fingerprint="big")
    assert len(open_snapshot(tmp_path)) == 1500
    # Passages and their sentences are 3,000 texts in all; the first killing came after at least 1,500 of them.
    assert len(encoder.seen) <= (1500 if moment == "encoding" else 0)
    assert folders(tmp_path) == set(read_pointer(tmp_path))
    assert read_pointer(tmp_path)[0] == manifest.id


def test_two_publishers_at_once_take_turns(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        manifests = list(pool.map(lambda n: publish_texts(tmp_path, f"text {n}", "shared"), range(4)))
    assert {manifest.corpus for manifest in manifests} == {f"text {n}|shared" for n in range(4)}
    assert sorted(read_pointer(tmp_path)) == sorted(manifest.id for manifest in manifests)
    assert len(open_snapshot(tmp_path)) == 2


def test_a_publisher_that_would_wait_too_long_says_so(tmp_path: Path) -> None:
    publish_texts(tmp_path, "one")
    with (
        FileLock(tmp_path / "snapshots" / ".lock"),
        pytest.raises(Busy, match="another process is publishing"),
    ):
        publish(tmp_path, [], WordEncoder(), corpus_fingerprint="x", wait_s=0.05)


def test_readers_see_the_old_or_the_new_while_another_process_publishes(tmp_path: Path) -> None:
    publish_texts(tmp_path, "start")
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from tests.index.test_publish import publish_texts
        for n in range(12):
            publish_texts(Path(sys.argv[1]), *(["number"] * (n + 1)), keep=0)
        """
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT)
    seen = set()
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        snapshot = open_snapshot(tmp_path)
        wanted = snapshot.manifest.corpus.count("|") + 1
        hits = Searcher(snapshot, WordEncoder()).search("number", k=100)
        assert len(snapshot) == wanted and len(hits) == (wanted if wanted > 0 else 0)
        seen.add(wanted)
    assert process.wait() == 0
    assert len(open_snapshot(tmp_path)) == 12
    assert len(seen) > 1
