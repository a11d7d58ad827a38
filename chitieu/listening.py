"""Sockets that servers of ours are given."""

import socket

LOCAL_ADDRESS = "127.0.0.1"
BACKLOG = 128


def listen(port: int, address: str = LOCAL_ADDRESS) -> socket.socket:
    """A socket at an address; port 0: any that is free. Raises OSError where the port is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        # Who hears of the address may call at once: the call waits until it is answered.
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener
