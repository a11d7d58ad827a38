"""Where settings come from, and which wins."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from chitieu.settings import Language, Settings, load_settings


def test_the_folders_lie_in_the_home(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert settings.output == tmp_path / "output"
    assert settings.store_url == f"sqlite:///{tmp_path}/state/chitieu.sqlite"
    assert settings.language is Language.VI


def test_the_environment_wins_over_the_file_and_the_call_over_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "chitieu.toml").write_text('memory_mib = 700\nmax_pages = 9\nlanguage = "en"\n')
    monkeypatch.setenv("CHITIEU_MEMORY_MIB", "800")
    settings = load_settings(tmp_path)
    assert (settings.memory_mib, settings.max_pages, settings.language) == (800, 9, Language.EN)
    assert load_settings(tmp_path, Language.VI).language is Language.VI


def test_a_misspelt_setting_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "chitieu.toml").write_text("memory_mb = 700\n")
    with pytest.raises(ValidationError, match="memory_mb"):
        load_settings(tmp_path)


@pytest.mark.parametrize("name", ["", "Asia", "Asia/Hanoi", "../etc/passwd", "zone.tab"])
def test_a_time_zone_that_nobody_knows_is_refused(tmp_path: Path, name: str):
    with pytest.raises(ValidationError, match="timezone"):
        Settings(home=tmp_path, timezone=name)
    assert Settings(home=tmp_path, timezone="Asia/Bangkok").zone.key == "Asia/Bangkok"
