"""`chitieu doctor`, `chitieu logs`: is all well, and what happened."""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import typer

from chitieu.command_line import ALL_GOOD, SOME_QUARANTINED, Home, Tongue, explained, help_text, read_settings, say
from chitieu.journal import read_entries
from chitieu.messages import TEXTS, text
from chitieu.settings import Settings

LOOK_SECONDS = 1.0
OWN_FIELDS = ("at", "process", "event")


def doctor_command(home: Home = None, language: Tongue = None) -> None:
    # Here, so that other commands need not wait for it.
    from chitieu.doctor import examine

    settings = read_settings(home, language)
    settings.state.mkdir(parents=True, exist_ok=True)
    is_well = True
    with explained(settings):
        for finding in examine(settings):
            is_well &= finding.is_good
            what = finding.said or text("missing", settings.language)
            say(f"{'✓' if finding.is_good else '✗'} {text(finding.key, settings.language)}: {what}")
            if finding.remedy:
                say(f"    {text(finding.remedy, settings.language)}")
    raise typer.Exit(ALL_GOOD if is_well else SOME_QUARANTINED)


def logs_command(
    last: Annotated[int, typer.Option("--last", "-n", min=1, help=help_text("logs_last"))] = 50,
    follow: Annotated[bool, typer.Option("--follow", "-f", help=help_text("logs_follow"))] = False,
    home: Home = None,
    language: Tongue = None,
) -> None:
    settings = read_settings(home, language)
    entries = list(read_entries(settings.logs))
    if not entries:
        say(text("no_log", settings.language))
    for entry in entries[-last:]:
        say(line_of(entry, settings))
    with explained(settings):
        while follow:
            time.sleep(LOOK_SECONDS)
            known = entries[-1] if entries else None
            entries = list(read_entries(settings.logs))
            new = entries[entries.index(known) + 1 :] if known in entries else entries
            for entry in new:
                say(line_of(entry, settings))


def line_of(entry: Mapping[str, object], settings: Settings) -> str:
    """An entry as people read it: when, in the time of the settings, what, and with what."""
    moment = datetime.fromisoformat(str(entry["at"])).astimezone(settings.zone)
    key = f"event_{entry['event']}"
    what = text(key, settings.language) if key in TEXTS else str(entry["event"])
    fields = ", ".join(
        f"{name}={said(value)}" for name, value in entry.items() if name not in OWN_FIELDS and value not in ("", [])
    )
    return f"{moment:%d/%m/%Y %H:%M:%S}  {what}" + (f": {fields}" if fields else "")


def said(value: object) -> str:
    """A value of an entry as people read it: of what has several parts the first, the others in brackets."""
    if isinstance(value, list):
        return ", ".join(map(said, value))
    if isinstance(value, dict):
        first, *others = map(said, value.values())
        return f"{first} ({', '.join(others)})" if others else first
    return str(value)
