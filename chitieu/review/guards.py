"""Who may ask, and what answers carry: the rules that hold for every request."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request, Response
from itsdangerous import BadSignature
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chitieu.review.desk import Desk, person_at_this_machine
from chitieu.settings import Language
from chitieu.store import UserRole

SESSION_COOKIE, NAME_COOKIE, LANGUAGE_COOKIE = "chitieu_session", "chitieu_name", "chitieu_language"
TOKEN_HEADER = "x-chitieu-token"  # noqa: S105  # the name of the header
SESSION_SECONDS = 12 * 3600
MAX_BODY_BYTES = 256 * 1024
MAX_NAME = 60
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Gate:
    """Turns away requests for other hosts, from other origins, and bodies that are too long; adds the headers."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(Request(scope))

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await (refusal or self._app)(scope, receive, with_headers)

    def _refusal(self, request: Request) -> Response | None:
        # A name that points here (DNS rebinding) is no reason to answer it.
        if request.headers.get("host", "").lower() not in self._hosts:
            return PlainTextResponse("unknown host\n", status_code=421)
        if request.method in READING_METHODS:
            return None
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() not in self._hosts:
            return PlainTextResponse("unknown origin\n", status_code=403)
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
            return PlainTextResponse("a body of known, moderate length is needed\n", status_code=413)
        return None


def desk_of(request: Request) -> Desk:
    desk = request.app.state.desk
    if not isinstance(desk, Desk):
        raise TypeError(desk)
    return desk


AtDesk = Annotated[Desk, Depends(desk_of)]


def language_of(request: Request, desk: AtDesk) -> Language:
    """The language of the page: what the reader chose, else that of the settings."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return Language(chosen) if chosen in set(Language) else desk.settings.language


def session_of(request: Request, desk: Desk) -> dict[str, str]:
    """Who signed in; empty where nobody did, or the cookie is not one of ours."""
    try:
        said = desk.signer.loads(request.cookies.get(SESSION_COOKIE, ""), max_age=SESSION_SECONDS)
    except BadSignature:
        return {}
    return said if isinstance(said, dict) else {}


def reviewer_of(request: Request, desk: AtDesk) -> str:
    """The name that corrections are kept under. Raises HTTPException 401 where one must sign in."""
    if not desk.needs_account:
        said = request.cookies.get(NAME_COOKIE, "")
        return _name(desk, said) or person_at_this_machine()
    session = session_of(request, desk)
    with desk.store.snapshot() as snapshot:
        user = snapshot.user(session.get("name", ""))
    if user is None:
        raise HTTPException(401, "sign in")
    return user.name


def require_admin(request: Request, desk: AtDesk) -> None:
    """Raises HTTPException 403 where people sign in and this one is no administrator."""
    if not desk.needs_account:
        return
    with desk.store.snapshot() as snapshot:
        user = snapshot.user(session_of(request, desk).get("name", ""))
    if user is None or user.role is not UserRole.ADMIN:
        raise HTTPException(403, "administrators only")


def _name(desk: Desk, cookie: str) -> str:
    try:
        said = desk.signer.loads(cookie) if cookie else ""
    except BadSignature:
        return ""
    return said if isinstance(said, str) else ""


def token_of(request: Request, desk: AtDesk) -> str:
    """What the page must send along with every change: other sites can not know it."""
    return desk.signer.dumps(["token", request.cookies.get(SESSION_COOKIE, "")[-16:]])


def require_token(request: Request, desk: AtDesk) -> None:
    """Raises HTTPException 403 where a change does not come from a page of ours."""
    try:
        said = desk.signer.loads(request.headers.get(TOKEN_HEADER, ""), max_age=2 * SESSION_SECONDS)
    except BadSignature:
        said = None
    if said != ["token", request.cookies.get(SESSION_COOKIE, "")[-16:]]:
        raise HTTPException(403, "token")


Tongue = Annotated[Language, Depends(language_of)]
Reviewer = Annotated[str, Depends(reviewer_of)]
Token = Annotated[str, Depends(token_of)]
Next = Callable[[Request], Awaitable[Response]]
