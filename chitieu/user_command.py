"""`chitieu user`: who may sign in to the review page."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from chitieu.command_help import HelpedCommand, HelpedGroup
from chitieu.command_line import USAGE, Home, Tongue, explained, fail, help_text, read_settings, say
from chitieu.messages import text
from chitieu.store import User, UserRole, open_store

user_app = typer.Typer(cls=HelpedGroup, no_args_is_help=True, add_completion=False)
Name = Annotated[str, typer.Argument(metavar="NAME", help=help_text("user_name"))]


@user_app.command("add", cls=HelpedCommand, help=help_text("user_add"))
def add_command(
    name: Name,
    role: Annotated[UserRole, typer.Option("--role", help=help_text("user_role"))] = UserRole.REVIEWER,
    home: Home = None,
    language: Tongue = None,
) -> None:
    # Here, so that other commands need not wait for a web framework.
    from chitieu.review.accounts import MIN_PASSWORD, hashed

    settings = read_settings(home, language)
    password = typer.prompt(text("ask_password", settings.language), hide_input=True, confirmation_prompt=True)
    try:
        kept = hashed(password)
    except ValueError:
        fail(text("short_password", settings.language, least=MIN_PASSWORD), USAGE)
    with explained(settings), open_store(settings.store_url) as store:
        store.put_user(User(name, kept, role, datetime.now(UTC).isoformat(timespec="seconds")))
    say(text("user_added", settings.language, name=name, role=role))


@user_app.command("remove", cls=HelpedCommand, help=help_text("user_remove"))
def remove_command(name: Name, home: Home = None, language: Tongue = None) -> None:
    settings = read_settings(home, language)
    with explained(settings), open_store(settings.store_url) as store:
        if not store.remove_user(name):
            fail(text("no_such_user", settings.language, name=name), USAGE)
    say(text("user_removed", settings.language, name=name))


@user_app.command("list", cls=HelpedCommand, help=help_text("user_list"))
def list_command(home: Home = None, language: Tongue = None) -> None:
    settings = read_settings(home, language)
    with explained(settings), open_store(settings.store_url) as store, store.snapshot() as snapshot:
        for user in snapshot.users():
            say(f"{user.name}\t{user.role}\t{user.made_at}")
