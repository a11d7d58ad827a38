"""The desk that all requests share: settings, store, pictures, and who looks at which row."""

import getpass
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from itsdangerous import URLSafeTimedSerializer

from chitieu.files import replaced
from chitieu.review.pictures import PagePictures
from chitieu.settings import Settings
from chitieu.store import Store

CLAIM_SECONDS = 300.0
SECRET_BYTES = 32
# So many wrong passwords of a name or from an address, then a wait.
FREE_TRIES, WAIT_SECONDS = 5, 60.0


@dataclass
class Claims:
    """Who has which row on the screen; a claim ends by itself."""

    clock: Callable[[], float] = time.monotonic
    _held: dict[tuple[str, int], tuple[str, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, row: tuple[str, int], reviewer: str) -> str:
        """Claim a row, leaving all others of this reviewer; gives who holds it (another, where that one was first)."""
        with self._lock:
            now = self.clock()
            self._held = {key: held for key, held in self._held.items() if held[1] > now and held[0] != reviewer}
            holder, _ = self._held.setdefault(row, (reviewer, now + CLAIM_SECONDS))
            return holder

    def leave(self, reviewer: str) -> None:
        """Give up what somebody has on the screen."""
        with self._lock:
            self._held = {key: held for key, held in self._held.items() if held[0] != reviewer}

    def of_others(self, reviewer: str) -> frozenset[tuple[str, int]]:
        """The rows that others have on their screens."""
        now = self.clock()
        with self._lock:
            return frozenset(row for row, (holder, until) in self._held.items() if holder != reviewer and until > now)


@dataclass
class Tries:
    """Wrong passwords by name and by address."""

    clock: Callable[[], float] = time.monotonic
    _wrong: dict[str, list[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def may_try(self, *keys: str) -> bool:
        """Whether none of these has had too many wrong passwords of late."""
        with self._lock:
            since = self.clock() - WAIT_SECONDS
            self._wrong = {key: kept for key, times in self._wrong.items() if (kept := [t for t in times if t > since])}
            return all(len(self._wrong.get(key, ())) < FREE_TRIES for key in keys)

    def note_wrong(self, *keys: str) -> None:
        with self._lock:
            for key in keys:
                self._wrong.setdefault(key, []).append(self.clock())


@dataclass(frozen=True)
class Desk:
    """What every request needs. `needs_account`: people sign in; else whoever sits at this machine is trusted.

    `has_tls`: browsers come by https alone.
    """

    settings: Settings
    store: Store
    pictures: PagePictures
    signer: URLSafeTimedSerializer
    hosts: frozenset[str]
    needs_account: bool = False
    has_tls: bool = False
    claims: Claims = field(default_factory=Claims)
    tries: Tries = field(default_factory=Tries)


def open_desk(
    settings: Settings, store: Store, hosts: frozenset[str], *, needs_account: bool = False, has_tls: bool = False
) -> Desk:
    """A desk over an open store; `hosts` are the names (with ports) that browsers may call the server by."""
    pictures = PagePictures(settings.archive, settings.state / "pages")
    return Desk(settings, store, pictures, URLSafeTimedSerializer(_secret(settings)), hosts, needs_account, has_tls)


def person_at_this_machine() -> str:
    """The name under which corrections are kept where nobody signs in."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def now() -> str:
    """The time in UTC, to the microsecond: two saves of one reviewer are told apart."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _secret(settings: Settings) -> str:
    """The key that sessions are signed with: made once, readable by its owner alone."""
    path = settings.state / "review.key"
    if not path.is_file():
        settings.state.mkdir(parents=True, exist_ok=True)
        with replaced(path) as draft:
            draft.write_text(secrets.token_hex(SECRET_BYTES), encoding="ascii")
    path.chmod(0o600)
    return path.read_text(encoding="ascii")
