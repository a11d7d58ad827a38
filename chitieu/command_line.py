"""What all commands share: options, settings, plain words on what went wrong, and how they end."""

import os
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from sqlalchemy.exc import SQLAlchemyError

from chitieu.errors import OtherVersion, SchedulerFailed, ServerFailed, Stopped
from chitieu.messages import text
from chitieu.settings import Language, Settings, load_settings

ALL_GOOD, SOME_QUARANTINED, USAGE, FAILED, INTERRUPTED = 0, 1, 2, 3, 130


@cache
def help_language() -> Language:
    """The language of the help, which is built before options are read."""
    asked = typed_option("--language") or os.environ.get("CHITIEU_LANGUAGE") or language_of_home()
    return Language.EN if asked == Language.EN else Language.VI


def language_of_home() -> object:
    """What `chitieu.toml` says of the language; None where it says nothing, or nobody can read it."""
    home = typed_option("--home") or os.environ.get("CHITIEU_HOME", ".")
    try:
        return tomllib.loads(Path(home, "chitieu.toml").read_text("utf-8")).get("language")
    except (OSError, ValueError):
        return None


def typed_option(name: str) -> str:
    """The value of an option as it was typed; empty where it was not."""
    for word, following in zip(sys.argv, [*sys.argv[1:], ""], strict=True):
        if word == name:
            return following
        if word.startswith(f"{name}="):
            return word.removeprefix(f"{name}=")
    return ""


def help_text(key: str) -> str:
    return text(f"help_{key}", help_language())


Home = Annotated[Path | None, typer.Option("--home", envvar="CHITIEU_HOME", help=help_text("home"))]
Tongue = Annotated[Language | None, typer.Option("--language", help=help_text("language"))]


def read_settings(home: Path | None, language: Language | None) -> Settings:
    """The settings, or a word on what is wrong with them."""
    try:
        return load_settings(home, language)
    except (ValidationError, SettingsError, ValueError) as error:
        detail = str(error).replace("\n", " ")
        fail(text("bad_settings", language or help_language(), detail=detail), USAGE)


@contextmanager
def explained(settings: Settings) -> Iterator[None]:
    """Say in plain words what the machine could not do."""
    language = settings.language
    try:
        yield
    except (KeyboardInterrupt, Stopped):
        fail(text("stopped", language), INTERRUPTED)
    except SQLAlchemyError as error:
        fail(text("store_problem", language, detail=str(error).splitlines()[0]), FAILED)
    except OSError as error:
        fail(text("disk_problem", language, detail=error), FAILED)
    except SchedulerFailed as error:
        fail(text("dask_problem", language, detail=error), FAILED)
    except OtherVersion as error:
        fail(text("other_version", language, detail=error), FAILED)
    except ServerFailed as error:
        fail(text("prefect_problem", language, log=error), FAILED)


def say(line: str) -> None:
    typer.echo(line)


def fail(line: str, code: int) -> NoReturn:
    """Say what is wrong and end."""
    typer.echo(line, err=True)
    raise typer.Exit(code)
