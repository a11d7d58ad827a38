"""The application: API and pages behind their guards; and the server that it runs in."""

import socket
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from chitieu.review import api, dataset_pages, pages
from chitieu.review.desk import Desk, open_desk
from chitieu.review.guards import Gate, language_of
from chitieu.settings import Settings
from chitieu.store import Store

LOCAL_ADDRESS = "127.0.0.1"
BACKLOG = 128
HERE = Path(__file__).parent


def create_app(desk: Desk) -> FastAPI:
    """The review page over an open store."""
    app = FastAPI(title="chitieu", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.desk = desk
    app.include_router(api.router)
    app.include_router(pages.router)
    app.include_router(dataset_pages.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")

    @app.exception_handler(api.Conflict)
    def tell_conflict(request: Request, conflict: api.Conflict) -> JSONResponse:
        return api.conflict_answer(desk, conflict, language_of(request, desk))

    app.add_middleware(Gate, hosts=desk.hosts)
    return app


def local_hosts(port: int) -> frozenset[str]:
    """The names that this machine's own browser may call the server by."""
    return frozenset(f"{name}:{port}" for name in (LOCAL_ADDRESS, "localhost"))


def listen(port: int) -> socket.socket:
    """A socket that only this machine reaches; port 0: any that is free. Raises OSError where the port is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOCAL_ADDRESS, port))
        # Who hears of the address may call at once: the call waits until it is answered.
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def serve(settings: Settings, store: Store, listener: socket.socket) -> None:
    """Serve until stopped."""
    app = create_app(open_desk(settings, store, local_hosts(listener.getsockname()[1])))
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)).run([listener])
