"""When the night is: by the cron of the settings, in their time zone."""

from datetime import datetime
from pathlib import Path

from cronsim import CronSim

from chitieu.files import replace_text
from chitieu.settings import Settings


def next_night(settings: Settings, after: datetime) -> datetime:
    """The first night after a moment, in the time zone of the settings."""
    return next(CronSim(settings.nightly, after.astimezone(settings.zone)))


def last_night(settings: Settings) -> datetime | None:
    """When the last night that came to its end began; None where there was none."""
    try:
        return datetime.fromisoformat(_note(settings).read_text("ascii").strip())
    except (FileNotFoundError, ValueError):
        return None


def keep_night(settings: Settings, began: datetime) -> None:
    """Note that the night that began then is done: what came before it has been told of."""
    replace_text(_note(settings), f"{began.isoformat(timespec='seconds')}\n")


def is_missed(settings: Settings, now: datetime) -> bool:
    """Whether a night is due that nobody ran, since the machine was off or the run was killed."""
    before = last_night(settings)
    return before is not None and next_night(settings, before) <= now


def _note(settings: Settings) -> Path:
    return settings.state / "last-night"
