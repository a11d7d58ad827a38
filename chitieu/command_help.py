"""The help and the errors of commands in the language of who types them: typer itself has them in English alone."""

import re
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup

from chitieu.command_line import help_language
from chitieu.help_messages import PANELS, TYPER_WORDS
from chitieu.settings import Language

if TYPE_CHECKING:  # typer has its own copy of click, and names no types of it that subclasses could be written with
    from typer._click.core import Context
    from typer._click.formatting import HelpFormatter


class HelpedCommand(TyperCommand):
    """A command whose help is in the language of who types it."""

    def get_usage(self, ctx: "Context") -> str:
        return translated(super().get_usage(ctx))

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        put_into_words(self, ctx)
        super().format_help(ctx, formatter)


class HelpedGroup(TyperGroup):
    """A group of such commands."""

    def get_usage(self, ctx: "Context") -> str:
        return translated(super().get_usage(ctx))

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        put_into_words(self, ctx)
        super().format_help(ctx, formatter)


def put_into_words(command: TyperCommand | TyperGroup, ctx: "Context") -> None:
    """Give `--help` of a command, and the panels of its help, their words."""
    # Here, since rich is slow to import and nothing but the help needs it.
    from typer import rich_utils

    option = command.get_help_option(ctx)
    if option and option.help:
        option.help = translated(option.help)
    if help_language() is Language.VI:
        for name, words in PANELS.items():
            setattr(rich_utils, name, words)


def translated(words: str) -> str:
    """What typer says, in the language of who types; what no translation is known of stays English."""
    if help_language() is Language.VI:
        for english, vietnamese in TYPER_WORDS.items():
            words = re.sub(english, vietnamese, words)
    return words


def error_lines(error: typer.TyperException) -> list[str]:
    """What is wrong with the words that were typed, and where the help is; nothing where the help was shown instead."""
    said = translated(error.format_message())
    context = getattr(error, "ctx", None)
    if not said or context is None:
        return [said] if said else []
    return [said, context.get_usage(), translated(f"Try '{context.command_path} --help' for help.")]
