"""`curbside setup`: the encoder, the drug names and the starter corpus, once; what is there already stays."""

from importlib.metadata import PackageNotFoundError, version
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from commands.settings import Settings
    from index.encoders.base import Encoder

NEXT = """
Next:
  curbside ask "What are the indications for romosozumab in the treatment of osteoporosis?"
  curbside ingest PATH…   reads your own labels, articles and guidelines in
  curbside serve          answers over HTTP"""


def setup(
    context: typer.Context,
    starter: Annotated[bool, typer.Option(help="Read in the starter corpus and the open-medicine digests.")] = True,
    again: Annotated[bool, typer.Option(help="Do every step again, even where it is done.")] = False,
) -> None:
    """Make a data folder ready: export and verify the encoder, write the drug names, index the starter corpus.

    Nothing is fetched: the encoder, the names and the digests come with installed packages.
    """
    from rich.console import Console

    settings: Settings = context.obj
    console = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    settings.home.mkdir(parents=True, exist_ok=True)
    _export_encoder(settings, console, again)
    _write_names(settings, console, again)
    if starter and not _index_starter(settings, console, again):
        raise typer.Exit(1)
    console.print(NEXT)


def _export_encoder(settings: "Settings", console: "Console", again: bool) -> None:
    from commands.quiet import quiet_libraries
    from index.encoders.models import model_folder, verified_file
    from index.export import export_model

    proof = verified_file(model_folder(settings.home))
    before = proof.stat().st_mtime_ns if proof.exists() else None
    with console.status("encoder: exporting and verifying (half a minute, once)"), quiet_libraries():
        verified = export_model(settings.home, again=again)
    check = verified.checks[settings.precision]
    what = "was there already" if before == proof.stat().st_mtime_ns else "exported and verified"
    console.print(f"encoder: {what}; {settings.precision}, cosine with the reference at least {check.cosine_min:.4f}")


def _write_names(settings: "Settings", console: "Console", again: bool) -> None:
    from commands.done import Done, fingerprint
    from corpus.errors import NotReady
    from qa import drug_names

    done, folder = Done(settings.home), settings.home / "models"
    code = sorted(Path(drug_names.__file__).parent.glob("drug_*.py"))
    made_with = fingerprint(code, _version(drug_names.PACKAGE))
    what = "were there already"
    try:
        names = drug_names.read(folder / drug_names.FILE_NAME)
    except NotReady:
        again = True
    if again or not done.has("drug names", made_with):
        with console.status("drug names: writing the dictionary"):
            names = drug_names.read(drug_names.export(folder))
        done.note("drug names", made_with)
        what = "written"
    console.print(f"drug names: {what}; {len(names.bases):,} of {names.source}")


def _index_starter(settings: "Settings", console: "Console", again: bool) -> bool:
    """Return whether the starter corpus and the digests are in the corpus, and a snapshot of it is served."""
    import corpus
    import ingest
    from commands.done import Done, fingerprint
    from commands.ingest import ingest_paths
    from commands.progress import progress_bar
    from commands.publishing import encoder_of
    from ingest import open_medicine

    done, encoder = Done(settings.home), encoder_of(settings)
    code = [Path(str(package.__file__)).parent for package in (corpus, ingest)]
    made_with = fingerprint(code, encoder.fingerprint, _version(open_medicine.PACKAGE))
    if not again and done.has("starter", made_with) and _is_served(settings, encoder):
        console.print("starter corpus: was there already, and is served")
        return True
    with as_file(files("corpus") / "starter") as folder, progress_bar("setup") as step:
        report = ingest_paths(settings, [folder], encoder, step, on_wait=console.print, more=open_medicine.files())
    report.show(console)
    if report.unpublished:
        return False
    if not report.skipped:
        done.note("starter", made_with)
    return True


def _is_served(settings: "Settings", encoder: "Encoder") -> bool:
    """Return whether the snapshot that is served is of the corpus as it is, and of this encoder."""
    from commands.stores import held
    from corpus.errors import CurbsideError
    from index.snapshot import open_snapshot

    try:
        with held(settings) as store:
            open_snapshot(settings.home).manifest.require(encoder, store.fingerprint())
    except CurbsideError:
        return False
    return True


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
