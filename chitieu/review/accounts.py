"""Signing in: passwords hashed by argon2, guesses slowed down, sessions in signed cookies."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from chitieu.review.guards import SESSION_COOKIE, SESSION_SECONDS, AtDesk, Token, Tongue, require_token, session_of
from chitieu.review.pages import show
from chitieu.review.shapes import SignInShape
from chitieu.store import Store

router = APIRouter(include_in_schema=False)
MIN_PASSWORD = 10
_HASHER = PasswordHasher()


def hashed(password: str) -> str:
    """The hash to keep of a password. Raises ValueError where it is too short."""
    if len(password) < MIN_PASSWORD:
        raise ValueError(MIN_PASSWORD)
    return _HASHER.hash(password)


def is_right(store: Store, name: str, password: str) -> bool:
    """Whether there is such an account; it takes as long where there is none."""
    with store.snapshot() as snapshot:
        user = snapshot.user(name)
    try:
        _HASHER.verify(user.password if user else _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return user is not None


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")


@router.get("/login")
def login_page(request: Request, desk: AtDesk, language: Tongue, token: Token) -> Response:
    if not desk.needs_account or session_of(request, desk):
        return RedirectResponse("/review")
    return show(request, "login", language, "", token)


@router.post("/api/login", dependencies=[Depends(require_token)], status_code=204)
def sign_in(said: SignInShape, request: Request, desk: AtDesk) -> Response:
    """A session where name and password are right. 403 where they are not, 429 after too many wrong ones."""
    keys = f"name {said.name.casefold()}", f"from {request.client.host if request.client else ''}"
    if not desk.tries.may_try(*keys):
        raise HTTPException(429, "too many wrong passwords: wait a minute")
    if not is_right(desk.store, said.name, said.password):
        desk.tries.note_wrong(*keys)
        raise HTTPException(403, "name or password is wrong")
    answer = Response(status_code=204)
    session = desk.signer.dumps({"name": said.name})
    answer.set_cookie(
        SESSION_COOKIE, session, max_age=SESSION_SECONDS, httponly=True, samesite="strict", secure=desk.has_tls
    )
    return answer


@router.post("/api/leave", dependencies=[Depends(require_token)], status_code=204)
def sign_out() -> Response:
    answer = Response(status_code=204)
    answer.delete_cookie(SESSION_COOKIE)
    return answer
