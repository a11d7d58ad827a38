"""Python imports this at its start where its folder is on PYTHONPATH: no connection but loopback, in every child too.

Each attempt to reach another host is written to the file that NETWORK_ATTEMPTS_LOG names, then refused.
"""

import ipaddress
import os
import socket
import sys
from pathlib import Path
from typing import Any

_INTERNET = (socket.AF_INET, socket.AF_INET6)


def _is_loopback(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: sees every lookup and connection of this process, from Python code or C built on its sockets."""
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        open_socket, address = arguments
        if open_socket.family not in _INTERNET or not isinstance(address, tuple):
            return
        host = address[0]
    else:
        return
    if not _is_loopback(host):
        line = f"{event} {host!r} by {' '.join(sys.orig_argv)}\n"
        with Path(os.environ["NETWORK_ATTEMPTS_LOG"]).open("a", encoding="utf-8") as log:
            log.write(line)
        raise OSError(f"no network in this test: {line}")


sys.addaudithook(_refuse)
