"""What the machine and the home need to work, looked at one by one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import make_url

from chitieu.locks import SERVING, held_if_free
from chitieu.mail import is_wanted
from chitieu.messages import text
from chitieu.schedule import is_missed, last_night, next_night
from chitieu.settings import Settings
from chitieu.store import open_store
from chitieu.versions import code_version
from flows.prefect_server import is_healthy, served_address

MODELS = ("reader_int8.onnx", "witness_int8.onnx")
SMALLEST_MODEL_BYTES = 2**20  # a pointer to a file that was not fetched is smaller
LEAST_FREE_GIB = 2.0
CLOCK_SLACK = timedelta(minutes=5)
LONGEST_NIGHT = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `key` of what it is, what was found, and the key of what to do where it is not good."""

    key: str
    said: str
    remedy: str = ""

    @property
    def is_good(self) -> bool:
        return not self.remedy


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything. Raises SQLAlchemyError where the store cannot be opened."""
    engine, languages = tesseract()
    has_vietnamese = "vie" in languages
    yield Finding("doctor_tesseract", engine, "" if engine else "doctor_install")
    yield Finding("doctor_vietnamese", "vie" if has_vietnamese else "", "" if has_vietnamese else "doctor_install")
    yield from map(examine_model, MODELS)
    yield from examine_folders(settings)
    yield from examine_store(settings)
    yield examine_disk(settings)
    yield from examine_service(settings)
    yield Finding("doctor_version", f"{code_version()}, Python {sys.version.split()[0]}")


def examine_model(name: str) -> Finding:
    """Whether a model of the reader is there, and not a pointer to it."""
    spec = find_spec("extractors")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "data" / name
    is_there = path.is_file() and path.stat().st_size >= SMALLEST_MODEL_BYTES
    return Finding("doctor_model", name, "" if is_there else "doctor_model_missing")


def examine_folders(settings: Settings) -> Iterator[Finding]:
    """Folders of the home that are there and that nothing can be written into."""
    for folder in (
        settings.home,
        settings.inbox,
        settings.archive,
        settings.quarantine,
        settings.output,
        settings.state,
    ):
        if folder.is_dir() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            yield Finding("doctor_folder", str(folder), "doctor_not_writable")


def examine_store(settings: Settings) -> Iterator[Finding]:
    """The store, and whether the clock goes on from what it has last kept."""
    with open_store(settings.store_url) as store, store.snapshot() as snapshot:
        counts, latest = snapshot.count_by_state(), snapshot.latest_event()
    states = ", ".join(f"{count} {text(f'state_{state}', settings.language)}" for state, count in counts)
    shown = make_url(settings.store_url).render_as_string(hide_password=True)
    yield Finding("doctor_store", f"{shown} ({states})" if states else shown)
    now = datetime.now(UTC)
    is_behind = bool(latest) and datetime.fromisoformat(latest) > now + CLOCK_SLACK
    said = f"{now.astimezone(settings.zone):%d/%m/%Y %H:%M} ({settings.timezone})"
    yield Finding("doctor_clock", said, "doctor_clock_behind" if is_behind else "")


def examine_disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.home).free / 2**30
    return Finding("doctor_disk", f"{free:.1f} GiB", "doctor_disk_full" if free < LEAST_FREE_GIB else "")


def examine_service(settings: Settings) -> Iterator[Finding]:
    """Whether `chitieu serve` runs, when it ran last at night, and when it will."""
    now = datetime.now(UTC)
    with held_if_free(settings.state / SERVING) as lock:
        is_served = lock is None
    before = last_night(settings)
    if not is_served:
        # A home that never was served is read by hand: nothing is wrong with it.
        yield Finding("doctor_service", text("doctor_service_off", settings.language), "doctor_start" if before else "")
        return
    address = served_address(settings.state)
    healthy = is_healthy(address)
    yield Finding("doctor_service", address.removesuffix("/api"), "" if healthy else "doctor_prefect_down")
    if before:
        shown = f"{before.astimezone(settings.zone):%d/%m/%Y %H:%M}"
        yield Finding(
            "doctor_last_night", shown, "doctor_night_missed" if is_missed(settings, now - LONGEST_NIGHT) else ""
        )
    yield Finding("doctor_next_night", f"{next_night(settings, now):%d/%m/%Y %H:%M} ({settings.timezone})")
    if is_wanted(settings):
        yield Finding("doctor_mail", f"{settings.smtp_host}:{settings.smtp_port} → {', '.join(settings.mail_to)}")


def tesseract() -> tuple[str, list[str]]:
    """The version of tesseract and its languages; empty where it is missing."""
    try:
        version = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, timeout=20, check=True)
        listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return "", []
    return version.stdout.splitlines()[0], listed.stdout.split()
