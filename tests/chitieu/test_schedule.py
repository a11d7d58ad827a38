"""When the night is, and whether one was missed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chitieu.schedule import is_missed, keep_night, last_night, next_night
from chitieu.settings import Settings


def test_two_at_night_in_vietnam_is_seven_in_the_evening_utc(tmp_path: Path) -> None:
    night = next_night(Settings(home=tmp_path), datetime(2026, 11, 21, 12, 0, tzinfo=UTC))
    assert night.astimezone(UTC) == datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
    assert (night.day, night.hour) == (22, 2)


@pytest.mark.parametrize(
    ("now", "missed"),
    [
        (datetime(2026, 11, 21, 18, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 21, 19, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 24, 12, 0, tzinfo=UTC), True),
    ],
)
def test_a_night_is_missed_once_it_was_due(tmp_path: Path, now: datetime, missed: bool) -> None:
    settings = Settings(home=tmp_path)
    keep_night(settings, datetime(2026, 11, 20, 19, 0, 3, tzinfo=UTC))
    assert is_missed(settings, now) is missed


def test_no_night_is_missed_where_none_was_ever(tmp_path: Path) -> None:
    assert last_night(Settings(home=tmp_path)) is None
    assert not is_missed(Settings(home=tmp_path), datetime(2026, 11, 21, 19, 0, tzinfo=UTC))


@pytest.mark.parametrize("values", [{"nightly": "two o'clock"}, {"nightly": "0 25 * * *"}, {"timezone": "Hà Nội"}])
def test_a_night_that_never_comes_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(values.values()))):
        Settings(**values)
