"""`curbside doctor`: is everything there, does it fit together, and what to do where it does not."""

import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from corpus.errors import CurbsideError, Inconsistent, NotReady

if TYPE_CHECKING:
    from commands.settings import Settings

Check = Callable[["Settings"], str]
MIB = 1024 * 1024
# The encoder, the starter corpus and its snapshots take about 300 MiB.
FREE_MIB = 500
AGAIN = "run `curbside setup --again`"


def doctor(context: typer.Context) -> None:
    """Check the installation and say what is wrong. Exits 1 where anything is."""
    settings: Settings = context.obj
    failed = False
    for name, check in CHECKS:
        try:
            said = check(settings)
        except (CurbsideError, ImportError, OSError) as error:
            failed = True
            typer.secho("✗ ", fg="red", nl=False)
            typer.echo(f"{name}: {_remedied(error)}")
        else:
            typer.secho("✓ ", fg="green", nl=False)
            typer.echo(f"{name}: {said}")
    if failed:
        raise typer.Exit(1)


def _remedied(error: Exception) -> str:
    if isinstance(error, ImportError):
        return f"{error}: install Curbside again, with `pip install curbside`"
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}: make it readable and writable, or set CURBSIDE_HOME"
    return str(error)


def _python(settings: "Settings") -> str:
    return f"{sys.version.split()[0]} at {sys.executable}"


def _packages(settings: "Settings") -> str:
    """Compare what is installed with what Curbside's own metadata asks for."""
    from importlib.metadata import PackageNotFoundError, requires, version

    from packaging.requirements import Requirement

    try:
        wanted = [Requirement(line) for line in requires("curbside") or ()]
    except PackageNotFoundError:
        raise NotReady("Curbside itself is not installed: run `pip install -e .` in its folder") from None
    wrong = []
    needed = [one for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]
    for one in needed:
        try:
            found = version(one.name)
        except PackageNotFoundError:
            found = "nothing"
        if found == "nothing" or not one.specifier.contains(found, prereleases=True):
            wrong.append(f"{one} is wanted, {found} is installed")
    if wrong:
        raise NotReady(f"{'; '.join(wrong)}: run `pip install --upgrade curbside`")
    return f"{len(needed)} as wanted"


def _home(settings: "Settings") -> str:
    home = settings.home
    if not home.is_dir():
        raise NotReady(f"there is no folder {home}: run `curbside setup`, or set CURBSIDE_HOME to where it is")
    probe = home / ".doctor"
    probe.write_text("", encoding="utf-8")
    probe.unlink()
    return f"{home.resolve()}, writable"


def _disk(settings: "Settings") -> str:
    folder = settings.home if settings.home.is_dir() else settings.home.absolute().parent
    free = shutil.disk_usage(folder).free // MIB
    if free < FREE_MIB:
        raise NotReady(
            f"{free:,} MiB are free at {folder}, expected {FREE_MIB:,} and more: make room, or set CURBSIDE_HOME"
        )
    return f"{free:,} MiB free"


def _encoder(settings: "Settings") -> str:
    from commands.publishing import encoder_of
    from index.encoders.models import Verified, file_sha256, model_file, model_folder

    encoder = encoder_of(settings)
    folder = model_folder(settings.home)
    check = Verified.of(folder, settings.precision)
    if file_sha256(model_file(folder, settings.precision)) != check.sha256:
        raise Inconsistent(f"the {settings.precision} model at {folder} is not the one that was verified: {AGAIN}")
    shape = encoder.encode(["Is the encoder there?"]).shape
    if shape != (1, encoder.dim):
        raise Inconsistent(f"the encoder gave vectors of shape {shape}, expected (1, {encoder.dim}): {AGAIN}")
    return f"{encoder.fingerprint}, cosine with the reference at least {check.cosine_min:.4f}"


def _names(settings: "Settings") -> str:
    from qa.drug_names import FILE_NAME, read

    names = read(settings.home / "models" / FILE_NAME)
    return f"{len(names.bases):,} of {names.source}"


def _database(settings: "Settings") -> str:
    from commands.stores import look_of
    from corpus import migrations

    found = look_of(settings)
    if found.revision is None:
        raise NotReady(f"there is no store in {found.place} ({found.server}) yet: run `curbside setup`")
    newer = "" if found.is_current else f", brought to {migrations.HEAD} when it is opened next"
    return f"{found.server}, {found.place}, schema {found.revision}{newer}"


def _store(settings: "Settings") -> str:
    from commands.stores import held

    with held(settings) as store:
        stats = store.stats()
    documents = sum(stats.documents.values())
    return f"{documents:,} documents, {stats.passages:,} passages (`curbside corpus verify` checks every one)"


def _snapshot(settings: "Settings") -> str:
    from commands.publishing import encoder_of
    from commands.stores import held
    from index.manifest import verify_files
    from index.pointer import snapshots_folder
    from index.snapshot import open_snapshot

    snapshot = open_snapshot(settings.home)
    verify_files(snapshots_folder(settings.home) / snapshot.manifest.id)
    with held(settings) as store:
        snapshot.manifest.require(encoder_of(settings), store.fingerprint())
    return f"{snapshot.manifest.id}, {len(snapshot):,} passages, of the corpus as it is"


CHECKS: tuple[tuple[str, Check], ...] = (
    ("python", _python),
    ("packages", _packages),
    ("data folder", _home),
    ("disk", _disk),
    ("encoder", _encoder),
    ("drug names", _names),
    ("database", _database),
    ("corpus", _store),
    ("snapshot", _snapshot),
)
