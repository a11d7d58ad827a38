"""The application: API and pages behind their guards; and the server that it runs in."""

import gc
import socket
import threading
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote

import uvicorn
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.responses import JSONResponse, RedirectResponse

from chitieu.listening import LOCAL_ADDRESS
from chitieu.review import (
    accounts,
    api,
    assets,
    dataset_pages,
    identities,
    learning,
    listing_api,
    overview,
    pages,
    queue_api,
)
from chitieu.review.desk import Desk
from chitieu.review.guards import Gate, language_of
from chitieu.review.shaping import row_shape

SIGN_IN = 401


def create_app(desk: Desk) -> FastAPI:
    """The review page over an open store."""
    app = FastAPI(title="chitieu", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.desk = desk
    app.include_router(assets.router)
    app.include_router(api.router)
    app.include_router(queue_api.router)
    app.include_router(identities.router)
    app.include_router(listing_api.router)
    app.include_router(pages.router)
    app.include_router(dataset_pages.router)
    app.include_router(learning.router)
    app.include_router(overview.router)
    app.include_router(accounts.router)

    @app.exception_handler(api.Conflict)
    def tell_conflict(request: Request, conflict: api.Conflict) -> JSONResponse:
        return api.conflict_answer(desk, conflict, language_of(request, desk))

    @app.exception_handler(HTTPException)
    async def tell(request: Request, problem: HTTPException) -> Response:
        is_page = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
        if problem.status_code == SIGN_IN and is_page:
            asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/login?next={quote(asked)}", status_code=303)
        return await http_exception_handler(request, problem)

    app.add_middleware(Gate, hosts=desk.hosts)
    return app


def is_local(address: str) -> bool:
    """Whether only this machine reaches a server at this address."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def hosts_of(address: str, port: int, names: Sequence[str] = ()) -> frozenset[str]:
    """The names with ports that browsers may call the server by: its address, this machine's, those given."""
    known = {LOCAL_ADDRESS, "localhost"}
    if not is_local(address):
        known |= {address, socket.gethostname(), socket.getfqdn(), *names}
    usual = {name.lower() for name in names}
    return frozenset({f"{name.lower()}:{port}" for name in known} | usual)


def warm_up(desk: Desk) -> None:
    """Read the templates and word lists that the first reviewer would wait for."""
    for name in ("base", "identity", "review"):
        pages.TEMPLATES.get_template(f"{name}.html")
    with desk.store.snapshot() as snapshot:
        snapshot.document_names()
        for row in snapshot.worst_rows(1):
            row_shape(snapshot, *api.found_row(snapshot, row.document_id, row.position), desk.settings.language)
    # What stays for good need not be looked through whenever thousands of rows have come and gone.
    gc.collect()
    gc.freeze()


def draw_ahead(desk: Desk) -> None:
    """Draw the pages that the first reviewer sees."""
    with desk.store.snapshot() as snapshot:
        for row in snapshot.worst_rows(1):
            record, found = api.found_row(snapshot, row.document_id, row.position)
            shown = {page.page for page in row_shape(snapshot, record, found, desk.settings.language).pages}
            for page in snapshot.pages(row.document_id):
                if page.page in shown:
                    desk.pictures.jpeg(record.sha256, page)


def ready_server(desk: Desk, certificate: tuple[Path, Path] | None = None) -> uvicorn.Server:
    """A server that can answer at once; `certificate`: files of certificate and key, for https."""
    config = uvicorn.Config(
        create_app(desk),
        log_level="warning",
        access_log=False,
        server_header=False,
        ssl_certfile=certificate[0] if certificate else None,
        ssl_keyfile=certificate[1] if certificate else None,
    )
    config.load()
    warm_up(desk)
    return uvicorn.Server(config)


def serve(server: uvicorn.Server, desk: Desk, listener: socket.socket) -> None:
    """Serve until stopped."""
    threading.Thread(target=draw_ahead, args=(desk,), daemon=True).start()
    server.run([listener])
