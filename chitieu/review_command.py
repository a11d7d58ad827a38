"""`chitieu review`: the review page on this machine."""

import webbrowser
from typing import Annotated

import typer

from chitieu.command_line import FAILED, Home, Tongue, explained, fail, help_text, read_settings, say
from chitieu.messages import text
from chitieu.store import open_store

DEFAULT_PORT = 8765


def review_command(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=help_text("port"))] = DEFAULT_PORT,
    opens_browser: Annotated[bool, typer.Option("--open", help=help_text("open_browser"))] = False,  # noqa: FBT002
    home: Home = None,
    language: Tongue = None,
) -> None:
    # Here, so that other commands need not wait for a web framework.
    from chitieu.review.server import LOCAL_ADDRESS, listen, serve

    settings = read_settings(home, language)
    with explained(settings), open_store(settings.store_url) as store:
        try:
            listener = listen(port)
        except OSError as error:
            fail(text("port_taken", settings.language, port=port, detail=error), FAILED)
        with listener:
            address = f"http://{LOCAL_ADDRESS}:{listener.getsockname()[1]}/"
            say(text("review_at", settings.language, address=address))
            if opens_browser:
                webbrowser.open(address)
            serve(settings, store, listener)
