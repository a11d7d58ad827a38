"""What a person can set: in `chitieu.toml` in the home, or as CHITIEU_… in the environment (which wins)."""

import os
from enum import StrEnum
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource


class Language(StrEnum):
    VI = "vi"
    EN = "en"


class Settings(BaseSettings):
    """Paths, limits and thresholds of one home."""

    model_config = SettingsConfigDict(env_prefix="CHITIEU_", frozen=True, extra="forbid")

    home: Path = Path()
    database_url: str = ""  # empty: SQLite under the home
    language: Language = Language.VI

    # Resident memory of a worker and its engines. The work itself peaks well under 1 GiB (reader, OpenCV and a
    # 300 dpi page together: 340 MiB resident, 990 MiB of addresses), so this stops bombs, not documents.
    memory_mib: int = Field(default=2048, ge=256)
    seconds_per_document: float = Field(default=3600, gt=0)
    seconds_per_page: float = Field(default=180, gt=0)  # also the longest start of a worker
    max_file_mib: int = Field(default=500, ge=1)
    max_pages: int = Field(default=2000, ge=1)
    settle_seconds: float = Field(default=2.0, ge=0)  # a file of the inbox must stand still so long
    # A file that does not end as it should is taken for cut short, not for growing, when nothing changed so long.
    unfinished_seconds: float = Field(default=600.0, ge=0)
    workers: int = Field(default_factory=lambda: max(1, min(os.cpu_count() or 1, 8)), ge=1)

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
