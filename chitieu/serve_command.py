"""`chitieu serve`: one service that takes files in, reads them, runs the nights and shows the review page."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from chitieu.command_line import FAILED, Home, Tongue, explained, fail, help_text, read_settings, say
from chitieu.listening import listen
from chitieu.messages import text
from chitieu.schedule import next_night
from chitieu.settings import Settings


def serve_command(
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help=help_text("port"))] = None,
    home: Home = None,
    language: Tongue = None,
) -> None:
    # Here, so that other commands need not wait for it.
    from chitieu.serving import AlreadyServed, serve_home

    settings = read_settings(home, language)
    settings.inbox.mkdir(parents=True, exist_ok=True)
    wanted = settings.review_port if port is None else port

    def tell(key: str, **values: object) -> None:
        filled = {**values, **opening(settings)} if key == "serving" else values
        say(text(key, settings.language, **filled))

    with explained(settings):
        try:
            listener = listen(wanted)
        except OSError as error:
            fail(text("port_taken", settings.language, port=wanted, detail=error), FAILED)
        with listener:
            try:
                serve_home(settings, listener, tell)
            except AlreadyServed:
                fail(text("already_served", settings.language, home=settings.home), FAILED)
    say(text("serving_stopped", settings.language))


def opening(settings: Settings) -> dict[str, object]:
    """What the first lines say beside the addresses: the inbox, and when the next night is."""
    key = "serving_poll" if settings.poll_seconds else "serving_by_night"
    poll = text(key, settings.language, folder=settings.inbox, seconds=settings.poll_seconds)
    night = next_night(settings, datetime.now(UTC))
    return {"poll": poll, "night": f"{night:%d/%m/%Y %H:%M} ({settings.timezone})"}
