"""The review page as a part of `chitieu serve`: `python -m chitieu.review_service HOME PARENT SOCKET LANGUAGE`."""

import socket
import sys
from pathlib import Path

from chitieu.listening import LOCAL_ADDRESS
from chitieu.process import die_with_parent
from chitieu.review.desk import open_desk
from chitieu.review.server import hosts_of, ready_server, serve
from chitieu.settings import Language, load_settings
from chitieu.store import open_store


def main(home: Path, parent_pid: int, listener: socket.socket, language: Language) -> None:
    """Serve the page on a socket of the parent, for as long as that lives."""
    die_with_parent(parent_pid)
    settings = load_settings(home, language)
    with listener, open_store(settings.store_url) as store:
        with store.snapshot() as snapshot:
            has_accounts = bool(snapshot.users())
        hosts = hosts_of(LOCAL_ADDRESS, listener.getsockname()[1])
        desk = open_desk(settings, store, hosts, needs_account=has_accounts)
        serve(ready_server(desk), desk, listener)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), socket.socket(fileno=int(sys.argv[3])), Language(sys.argv[4]))
