"""Files on their way in: looked at until they stand still, taken, archived by fingerprint, noted in the store.

Only then is anything read. A run that dies on the way leaves its files in `state/claims/`, where the next one finds
them; every step may be taken twice.
"""

import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from os import R_OK, access
from pathlib import Path

from chitieu.archive import archive_copy, archive_move, drafts_folder
from chitieu.claiming import (
    Claim,
    claim_copy,
    claim_file,
    finish_claim,
    members_folder,
    receiving,
    unfinished_claims,
    unpacking_folder,
)
from chitieu.errors import ChitieuError, Damaged, TooLarge
from chitieu.files import fingerprint, sync
from chitieu.inbox import Ignored, Intake, Rejected, list_files, printable_name, sort_file
from chitieu.kinds import FileKind, claims_to_be_document, ends_as, kind_of
from chitieu.looking import Left, LeftReason, Look, Looks, look, read_looks, shown_path, stood_still, write_looks
from chitieu.quarantine import quarantine_copy
from chitieu.settings import Settings
from chitieu.store import Arrival, Store
from chitieu.unpacking import Limits, unpack
from chitieu.versions import code_version
from flows.events import Duplicate, Quarantined
from flows.wholeness import unfinished

# A text does not show that it is whole: it has to stand still over so many pauses of its writer.
LOOKS_WITHOUT_END = 3


@dataclass(frozen=True, slots=True)
class Received:
    """What became of the files of a run before anything was read; `left` is None where nobody looked into the inbox."""

    intakes: tuple[Intake, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    ignored: tuple[Path, ...] = ()
    left: tuple[Left, ...] | None = None
    duplicates: tuple[Duplicate, ...] = ()


Outcome = Intake | Quarantined | Ignored | Left | Duplicate


def receive_inbox(settings: Settings, store: Store) -> Received:
    """Take what lies whole and still in the inbox, and what a dead run had taken."""
    settings.inbox.mkdir(parents=True, exist_ok=True)
    with receiving(settings.state):
        outcomes = list(receive_claims(settings, store))
        ready, left = look_around(settings)
        outcomes += left
        for name in ready:
            outcomes += receive_one(name, settings, store)
    return sorted_out(outcomes)


def receive_named(paths: Iterable[Path], settings: Settings, store: Store) -> Received:
    """Take files and folders that a person named: the originals stay where they are."""
    outcomes: list[Outcome] = []
    with receiving(settings.state):
        outcomes += receive_claims(settings, store)
        for file in list_files(paths, settings.max_file_mib):
            if isinstance(file, Ignored):
                outcomes.append(file)
            elif isinstance(file, Intake) and kind_of(file.path).kind is FileKind.ZIP:
                outcomes += receive_archive(claim_copy(file.path, settings.claims), settings, store)
            else:
                outcomes.append(keep_named(file, settings, store))
    found = sorted_out([outcome for outcome in outcomes if not isinstance(outcome, Duplicate)])
    return replace(found, left=None)


def sorted_out(outcomes: list[Outcome]) -> Received:
    """The outcomes by kind, each document once."""
    intakes = {outcome.sha256: outcome for outcome in reversed(outcomes) if isinstance(outcome, Intake)}
    return Received(
        intakes=tuple(reversed(intakes.values())),
        quarantined=tuple(outcome for outcome in outcomes if isinstance(outcome, Quarantined)),
        ignored=tuple(outcome.path for outcome in outcomes if isinstance(outcome, Ignored)),
        left=tuple(outcome for outcome in outcomes if isinstance(outcome, Left)),
        duplicates=tuple(outcome for outcome in outcomes if isinstance(outcome, Duplicate)),
    )


def look_around(settings: Settings) -> tuple[list[Path], list[Outcome]]:
    """The files of the inbox that can be taken, within it; and what is left there, with why."""
    looks, left, now = look_until_still(settings)
    judged = [(Path(name), judge(settings.inbox / name, seen, now, settings)) for name, seen in looks.items()]
    ready = [name for name, reason in judged if reason is None]
    young = [name for name in ready if not stood_still(looks[str(name)], now, settings.unfinished_seconds)]
    growing = unfinished(settings.inbox / name for name in young)
    outcomes: list[Outcome] = [*left, *(Left(name, reason) for name, reason in judged if reason is not None)]
    outcomes += [Left(name, LeftReason.UNFINISHED) for name in ready if settings.inbox / name in growing]
    return [name for name in ready if settings.inbox / name not in growing], outcomes


def look_until_still(settings: Settings) -> tuple[Looks, tuple[Left, ...], float]:
    """Look at the inbox as often as files that do not change need it; what was seen is kept for the next run."""
    kept = settings.state / "looks.json"
    now = time.time()
    looks, left = look(settings.inbox, read_looks(kept), now)
    for number in range(LOOKS_WITHOUT_END):
        if not any(still_soon(settings.inbox / name, seen, now, number, settings) for name, seen in looks.items()):
            break
        time.sleep(settings.settle_seconds)
        now = time.time()
        looks, left = look(settings.inbox, looks, now)
    write_looks(kept, looks)
    return looks, left, now


def still_soon(path: Path, seen: Look, now: float, number: int, settings: Settings) -> bool:
    """Whether one more look may find that a file stood still long enough."""
    needed = looks_needed(path)
    return number < needed and not stood_still(seen, now, needed * settings.settle_seconds)


def looks_needed(path: Path) -> int:
    """How many looks after the first a file has to pass unchanged."""
    try:
        return 1 if kind_of(path).has_known_end else LOOKS_WITHOUT_END
    except OSError:
        return 1


def judge(path: Path, seen: Look, now: float, settings: Settings) -> LeftReason | None:
    """Why a file stays in the inbox this time; None where it can be taken."""
    if not stood_still(seen, now, looks_needed(path) * settings.settle_seconds):
        return LeftReason.GROWING
    if not access(path, R_OK):
        return LeftReason.CLOSED
    try:
        kind = kind_of(path)
        if kind.kind is FileKind.OTHER and not claims_to_be_document(path):
            return LeftReason.UNKNOWN
        if ends_as(path, kind) or stood_still(seen, now, settings.unfinished_seconds):
            return None
    except OSError:
        return LeftReason.CLOSED
    return LeftReason.UNFINISHED


def receive_one(name: Path, settings: Settings, store: Store) -> Iterator[Outcome]:
    """Take one file of the inbox."""
    try:
        claim = claim_file(settings.inbox, name, settings.claims)
    except FileNotFoundError:  # somebody took it back
        return
    except PermissionError:
        yield Left(name, LeftReason.CLOSED)
        return
    yield from receive_claim(claim, settings, store)


def receive_claims(settings: Settings, store: Store) -> Iterator[Outcome]:
    """Go on with what earlier runs took and did not finish."""
    shutil.rmtree(drafts_folder(settings.archive), ignore_errors=True)
    for claim in unfinished_claims(settings.claims):
        yield from receive_claim(claim, settings, store)


def receive_claim(claim: Claim, settings: Settings, store: Store) -> Iterator[Outcome]:
    """Archive a claimed file and note it; then it needs to be claimed no more."""
    file = sort_file(claim.path, settings.max_file_mib, is_named=True)
    if isinstance(file, Intake) and kind_of(claim.path).kind is FileKind.ZIP:
        yield from receive_archive(claim, settings, store)
        return
    assert not isinstance(file, Ignored)
    yield from keep_claimed(file, claim, settings, store)
    finish_claim(claim)


def keep_claimed(file: Intake | Rejected, claim: Claim, settings: Settings, store: Store) -> Iterator[Outcome]:
    """Put a claimed file's bytes into the archive and its arrival into the store."""
    name = printable_name(claim.name)
    if isinstance(file, Rejected):
        yield reject(file.path, name, file.error, settings, store)
        return
    path = archive_copy(file.path, file.sha256, settings.archive)
    arrival = Arrival(f"{claim.token}/{shown_path(claim.name)}", file.document_id, name, path.stat().st_size)
    known = store.record_arrival(arrival, file.sha256)
    yield replace(file, path=path, dropped_as=known.name)
    if known.is_duplicate:
        yield Duplicate(name, known.name)


def receive_archive(claim: Claim, settings: Settings, store: Store) -> Iterator[Outcome]:
    """Archive a claimed ZIP and take what is in it; one that can not be unpacked goes to quarantine as a whole."""
    sha256 = fingerprint(claim.path)
    archive_copy(claim.path, sha256, settings.archive)
    members, draft = members_folder(claim), unpacking_folder(claim)
    left: tuple[str, ...] = ()
    if not members.exists():
        try:
            left = unpack(claim.path, draft / claim.name.name, Limits(settings.max_file_mib)).left
        except ChitieuError as error:
            shutil.rmtree(draft, ignore_errors=True)
            yield reject(claim.path, printable_name(claim.name), error, settings, store)
            finish_claim(claim)
            return
        draft.rename(members)
        sync(members.parent)
    finish_claim(claim)
    yield from (Ignored(claim.name / name) for name in left)
    for path in sorted(entry for entry in members.rglob("*") if entry.is_file()):
        yield from receive_claim(Claim(path, members.name, path.relative_to(members)), settings, store)


def keep_named(file: Intake | Rejected, settings: Settings, store: Store) -> Intake | Quarantined:
    """Put the bytes of a file that a person named into the archive and its name into the store."""
    name = printable_name(file.path)
    if isinstance(file, Rejected):
        return reject(file.path, name, file.error, settings, store)
    try:
        path = archive_copy(file.path, file.sha256, settings.archive)
    except Damaged as error:
        return reject(file.path, name, error, settings, store)
    known_as = store.record_received(file.document_id, file.sha256, name)
    return replace(file, path=path, dropped_as=known_as)


def reject(path: Path, name: str, error: ChitieuError, settings: Settings, store: Store) -> Quarantined:
    """Set a file aside that is no document; it stands in the dataset as such, if it could be opened at all."""
    if access(path, R_OK):
        sha256 = fingerprint(path)
        store.record_received(sha256[:16], sha256, name)
        kept = archive_rejected(path, sha256, error, settings)
        quarantine_copy(kept, name, error, settings.quarantine)
        store.record_failure(sha256[:16], error, code_version(), 0.0)
    else:
        quarantine_copy(None, name, error, settings.quarantine)
    return Quarantined(name, error)


def archive_rejected(path: Path, sha256: str, error: ChitieuError, settings: Settings) -> Path | None:
    """The file in the archive; one that is too large is moved there, or stays with the person who named it (None)."""
    if not isinstance(error, TooLarge):
        return archive_copy(path, sha256, settings.archive)
    if path.is_relative_to(settings.claims):
        return archive_move(path, sha256, settings.archive)
    return None
