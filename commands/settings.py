"""Settings: one class, read once at the command's door, unknown keys refused."""

import os
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from corpus.errors import BadInput

PREFIX = "CURBSIDE_"
# Read by the tests and by the file lookup below, not settings of the program.
NOT_SETTINGS = frozenset({"CURBSIDE_REQUIRE_SHARED", "CURBSIDE_CONFIG"})


class Settings(BaseSettings):
    """What can be set, by `CURBSIDE_<NAME>` in the environment or by `<name>` in curbside.toml.

    The environment wins over the file. docs/settings.md lists every key.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    home: Path = Field(Path(".curbside"), description="Folder that holds the corpus, the models and the snapshots.")
    database: SecretStr = Field(
        SecretStr(""), description="Address of a PostgreSQL database for the corpus; without one SQLite in `home`."
    )
    precision: Literal["int8", "fp32"] = Field(
        "int8", description="Arithmetic of the encoder, for passages and questions alike; changing it means a rebuild."
    )
    engine: str = Field("faiss_by_size", description="Vector engine: the name of a file in index/engines/.")
    keep_snapshots: int = Field(
        3, ge=1, le=100, description="Published snapshots kept for `curbside index --rollback`."
    )
    threads: int = Field(2, ge=1, le=64, description="Threads that the encoder and the engine may use.")
    host: str = Field("127.0.0.1", description="Address that `curbside serve` listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port that `curbside serve` listens on.")
    require_login: bool = Field(False, description="Let nobody read or ask at `curbside serve` who has not signed in.")
    show_recent: bool = Field(True, description="Show everybody on the start page what was asked lately.")
    max_file_mb: int = Field(256, ge=1, description="Largest file, unpacked, that is read at ingest, in MiB.")
    lock_timeout_s: float = Field(600.0, ge=0, description="How long a second ingest waits for the first, in seconds.")
    schedule: bool = Field(False, description="Let `curbside serve` refresh collections at the times that they name.")
    collections: Path | None = Field(
        None, description="Folder of collections of your own; without one `collections` in `home`."
    )
    contact_email: str = Field("", description="Address that the sources may write to; NCBI asks for one.")
    openfda_url: str = Field("https://api.fda.gov", description="Where openFDA is.")
    openfda_key: SecretStr = Field(
        SecretStr(""), description="Key for openFDA; without one it takes fewer requests a day."
    )
    dailymed_url: str = Field("https://dailymed.nlm.nih.gov/dailymed", description="Where DailyMed is.")
    eutils_url: str = Field(
        "https://eutils.ncbi.nlm.nih.gov/entrez/eutils", description="Where NCBI's E-utilities are."
    )
    ncbi_key: SecretStr = Field(SecretStr(""), description="Key for NCBI: ten requests a second instead of three.")
    europepmc_url: str = Field("https://www.ebi.ac.uk/europepmc/webservices/rest", description="Where Europe PMC is.")
    pmc_url: str = Field(
        "https://pmc-oa-opendata.s3.amazonaws.com", description="Where PMC's open-access articles are."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the sources, strongest first: arguments, environment, file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=config_file())


def config_file() -> Path:
    """Return where the settings file is looked for; it need not exist."""
    return Path(os.environ.get("CURBSIDE_CONFIG", "curbside.toml"))


def load() -> Settings:
    """Return the settings. Raises BadInput that names the key, what was found and what is known."""
    known = sorted(Settings.model_fields)
    for name in os.environ:
        if name.startswith(PREFIX) and name not in NOT_SETTINGS and name[len(PREFIX) :].lower() not in known:
            raise BadInput(
                f"unknown setting {name} in the environment: expected {PREFIX} and one of {', '.join(known)}"
            )
    try:
        return Settings()
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{config_file()} is not valid TOML: {error}") from error
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc']))}: {e['msg']} (found {e.get('input')!r})" for e in error.errors()]
        where = f"the settings ({config_file()} and {PREFIX}* in the environment)"
        raise BadInput(f"wrong value in {where}: {'; '.join(lines)}. Known keys: {', '.join(known)}") from error
