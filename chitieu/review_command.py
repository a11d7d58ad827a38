"""`chitieu review`: the review page, on this machine; for others only where people sign in."""

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from chitieu.command_line import FAILED, USAGE, Home, Tongue, explained, fail, help_text, read_settings, say
from chitieu.listening import LOCAL_ADDRESS, listen
from chitieu.messages import text
from chitieu.store import open_store

DEFAULT_PORT = 8765


def review_command(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=help_text("port"))] = DEFAULT_PORT,
    address: Annotated[str, typer.Option("--host", help=help_text("host"))] = LOCAL_ADDRESS,
    names: Annotated[list[str] | None, typer.Option("--name", help=help_text("host_name"))] = None,
    certificate: Annotated[Path | None, typer.Option("--cert", exists=True, help=help_text("cert"))] = None,
    key: Annotated[Path | None, typer.Option("--key", exists=True, help=help_text("key"))] = None,
    opens_browser: Annotated[bool, typer.Option("--open", help=help_text("open_browser"))] = False,
    home: Home = None,
    language: Tongue = None,
) -> None:
    # Here, so that other commands need not wait for a web framework.
    from chitieu.review.desk import open_desk
    from chitieu.review.server import hosts_of, is_local, ready_server, serve

    settings = read_settings(home, language)
    if bool(certificate) != bool(key):
        fail(text("cert_and_key", settings.language), USAGE)
    files = (certificate, key) if certificate and key else None
    with explained(settings), open_store(settings.store_url) as store:
        with store.snapshot() as snapshot:
            has_accounts = bool(snapshot.users())
        if not is_local(address) and not has_accounts:
            fail(text("needs_accounts", settings.language, address=address), USAGE)
        try:
            listener = listen(port, address)
        except OSError as error:
            fail(text("port_taken", settings.language, port=port, detail=error), FAILED)
        with listener:
            port = listener.getsockname()[1]
            hosts = hosts_of(address, port, names or ())
            desk = open_desk(settings, store, hosts, needs_account=has_accounts, has_tls=files is not None)
            server = ready_server(desk, files)
            shown = f"{'https' if files else 'http'}://{address}:{port}/"
            say(text("review_at" if is_local(address) else "review_for_all", settings.language, address=shown))
            if opens_browser:
                webbrowser.open(shown)
            serve(server, desk, listener)
