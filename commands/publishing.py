"""From settings to the encoder, and from a store to the snapshot that is served."""

from commands.progress import Step
from commands.settings import Settings
from corpus.store import Store
from index.encoders.base import Encoder
from index.encoders.minilm_onnx import MiniLmOnnx
from index.encoders.models import model_folder
from index.publish import publish as publish_snapshot


def encoder_of(settings: Settings) -> Encoder:
    """Return the encoder that the settings name. Raises NotReady where it has not been set up."""
    return MiniLmOnnx(model_folder(settings.home), settings.precision, settings.threads)


def publish(settings: Settings, store: Store, encoder: Encoder, step: Step) -> str:
    """Return the id of the snapshot that is served now: of the store as it is."""
    manifest = publish_snapshot(
        settings.home,
        store.current_split(),
        encoder,
        corpus_fingerprint=store.fingerprint(),
        engine=settings.engine,
        keep=settings.keep_snapshots,
        progress=step,
    )
    return manifest.id
