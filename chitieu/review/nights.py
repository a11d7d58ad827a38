"""The nights as the log has them."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from chitieu.journal import read_entries

GOOD, FAILED, OPEN = "good", "failed", "open"


@dataclass(frozen=True, slots=True)
class Night:
    """A night: when it began (as people write it), how long it took, how it ended and what it said."""

    began: str
    minutes: float
    ended: str
    said: str


def read_nights(logs: Path, zone: tzinfo, count: int) -> list[Night]:
    """The latest nights, the latest first; one that began and never ended was cut off, or is at work."""
    nights: list[Night] = []
    for entry in read_entries(logs, about="night_"):
        at = datetime.fromisoformat(str(entry["at"]))
        if entry["event"] == "night_began":
            nights.append(Night(at.astimezone(zone).isoformat(sep=" ", timespec="minutes")[:16], 0.0, OPEN, ""))
        elif nights and nights[-1].ended == OPEN:
            began = datetime.fromisoformat(nights[-1].began).replace(tzinfo=zone)
            is_good = entry["event"] == "night_ended"
            said = str(entry.get("said") or entry.get("detail") or "")
            minutes = max(0.0, (at - began).total_seconds() / 60)
            nights[-1] = Night(nights[-1].began, minutes, GOOD if is_good else FAILED, said)
    return nights[::-1][:count]
