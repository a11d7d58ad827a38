"""What a person can set: in `chitieu.toml` in the home, or as CHITIEU_… in the environment (which wins)."""

import os
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Language(StrEnum):
    VI = "vi"
    EN = "en"


class MailSecurity(StrEnum):
    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Settings(BaseSettings):
    """Paths, limits and thresholds of one home."""

    model_config = SettingsConfigDict(env_prefix="CHITIEU_", frozen=True, extra="forbid")

    home: Path = Path()
    database_url: str = ""  # empty: SQLite under the home
    dask_scheduler: str = ""  # `tcp://HOST:8786`: its workers read the documents; empty: this machine does
    language: Language = Language.VI

    # Resident memory of a worker and its engines. The work itself peaks well under 1 GiB (reader, OpenCV and a
    # 300 dpi page together: 340 MiB resident, 990 MiB of addresses), so this stops bombs, not documents;
    # what is taken between two looks comes on top, and stays under 1.5 GiB.
    memory_mib: int = Field(default=1280, ge=256)
    seconds_per_document: float = Field(default=3600, gt=0)
    seconds_per_page: float = Field(default=100, gt=0)  # also the longest start of a worker
    max_file_mib: int = Field(default=500, ge=1)
    max_pages: int = Field(default=2000, ge=1)
    settle_seconds: float = Field(default=2.0, ge=0)  # a file of the inbox must stand still so long
    # A file that does not end as it should is taken for cut short, not for growing, when nothing changed so long.
    unfinished_seconds: float = Field(default=600.0, ge=0)
    learning: bool = True  # what reviewers confirmed is evidence for and against the doubts of later runs
    searchable: bool = False  # write output/searchable/<document_id>.pdf too
    workers: int = Field(default_factory=lambda: max(1, min(os.cpu_count() or 1, 8)), ge=1)

    passwords_file: Path | None = None  # `passwords.txt` in the home

    nightly: str = "0 2 * * *"  # when `chitieu serve` runs the night: five fields of cron, in `timezone`
    timezone: str = "Asia/Ho_Chi_Minh"
    poll_seconds: float = Field(default=60.0, ge=0)  # `chitieu serve` looks into the inbox so often; 0: at night alone
    review_port: int = Field(default=8765, ge=0, le=65535)
    prefect_port: int = Field(default=4200, ge=0, le=65535)  # 0: any that is free

    # The report of the night goes by e-mail where a server and receivers are named.
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: MailSecurity = MailSecurity.STARTTLS
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    mail_from: str = ""
    mail_to: Annotated[tuple[str, ...], NoDecode] = ()

    @model_validator(mode="after")
    def workers_elsewhere_share_the_store(self) -> Self:
        """Raises ValueError where machines were to share a file of SQLite."""
        if self.dask_scheduler and (not self.database_url or self.database_url.startswith("sqlite")):
            raise ValueError("dask_scheduler: database_url must name a PostgreSQL store that all machines share")
        return self

    @field_validator("mail_to", mode="before")
    @classmethod
    def mail_to_is_split(cls, said: object) -> object:
        """Addresses as a list, or with commas between them."""
        return tuple(filter(None, map(str.strip, said.split(",")))) if isinstance(said, str) else said

    @field_validator("nightly")
    @classmethod
    def nightly_is_cron(cls, text: str) -> str:
        """Five fields of cron. Raises ValueError for anything else."""
        try:
            CronSim(text, datetime(2026, 1, 1, tzinfo=UTC))
        except CronSimError as error:
            raise ValueError(f"{text!r}: {error}") from error
        return text

    @field_validator("timezone")
    @classmethod
    def timezone_is_known(cls, name: str) -> str:
        """A name of the time zone database. Raises ValueError for anything else."""
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, OSError) as error:
            raise ValueError(f"no time zone {name!r}") from error

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def inbox(self) -> Path:
        return self.home / "inbox"

    @property
    def archive(self) -> Path:
        return self.home / "archive"

    @property
    def quarantine(self) -> Path:
        return self.home / "quarantine"

    @property
    def output(self) -> Path:
        return self.home / "output"

    @property
    def state(self) -> Path:
        return self.home / "state"

    @property
    def claims(self) -> Path:
        return self.state / "claims"

    @property
    def passwords(self) -> Path:
        """Where the archivist writes down passwords of PDFs, one a line."""
        return self.passwords_file or self.home / "passwords.txt"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def store_url(self) -> str:
        return self.database_url or f"sqlite:///{self.state / 'chitieu.sqlite'}"


def load_settings(home: Path | None = None, language: Language | None = None) -> Settings:
    """The settings of a home; what is given here wins over the environment, and that over `chitieu.toml`.

    Raises pydantic.ValidationError where a value is unknown or out of bounds.
    """
    folder = (home or Path(os.environ.get("CHITIEU_HOME", "."))).absolute()

    class HomeSettings(Settings):
        model_config = SettingsConfigDict(toml_file=folder / "chitieu.toml")

    return HomeSettings(home=folder) if language is None else HomeSettings(home=folder, language=language)
