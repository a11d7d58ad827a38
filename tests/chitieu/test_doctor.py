"""What `chitieu doctor` finds, and the log as people read it."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chitieu import doctor
from chitieu.doctor import Finding, examine
from chitieu.journal import write_entry
from chitieu.locks import SERVING, held
from chitieu.messages import TEXTS
from chitieu.schedule import keep_night
from chitieu.settings import Settings
from chitieu.store import open_store
from tests.no_network import can_make_namespaces

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(home=tmp_path)
    settings.state.mkdir()
    return settings


def bad(settings: Settings) -> dict[str, str]:
    return {finding.key: finding.remedy for finding in examine(settings) if not finding.is_good}


def chitieu(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "chitieu.cli", *map(str, words)], capture_output=True, text=True, check=False
    )


def test_a_new_home_on_a_sound_machine_is_well(settings: Settings) -> None:
    assert bad(settings) == {}
    done = chitieu("doctor", "--home", settings.home, "--language", "en")
    assert done.returncode == 0
    assert all(line.startswith("✓ ") for line in done.stdout.splitlines())


def test_what_is_missing_is_said_with_what_to_do(settings: Settings, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(doctor, "MODELS", ("none.onnx",))
    monkeypatch.setattr(doctor, "LEAST_FREE_GIB", 2.0**40)
    assert bad(settings) == {
        "doctor_tesseract": "doctor_install",
        "doctor_vietnamese": "doctor_install",
        "doctor_model": "doctor_model_missing",
        "doctor_disk": "doctor_disk_full",
    }
    assert all(remedy in TEXTS for remedy in bad(settings).values())


def test_a_clock_that_was_set_back_is_seen(settings: Settings, monkeypatch) -> None:
    with open_store(settings.store_url) as store:
        monkeypatch.setattr(
            "chitieu.store.claiming.later", lambda _: (datetime.now(UTC) + timedelta(days=9)).isoformat()
        )
        store.record_received("a" * 16, "aa" * 32, "a.pdf")
    assert bad(settings) == {"doctor_clock": "doctor_clock_behind"}


# A file system that is read-only takes nothing from anybody, root included.
READ_ONLY = 'mount -t tmpfs -o ro tmpfs "$1/inbox" && exec "$2" -c "$3" "$1"'
EXAMINE = """
import sys
from pathlib import Path
from chitieu.doctor import examine_folders
from chitieu.settings import Settings
for finding in examine_folders(Settings(home=Path(sys.argv[1]))):
    print(finding.said, finding.remedy)
"""


@pytest.mark.skipif(
    not can_make_namespaces(), reason="this machine allows no namespaces: a read-only share was left out"
)
def test_a_folder_that_takes_nothing_is_named(settings: Settings) -> None:
    settings.inbox.mkdir()
    command = [
        "unshare",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        READ_ONLY,
        "sh",
        settings.home,
        sys.executable,
        EXAMINE,
    ]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "doctor_not_writable" in said
    assert str(settings.inbox) in said
    assert len(said.splitlines()) == 1


def test_a_service_that_stopped_and_a_night_that_was_missed(settings: Settings) -> None:
    keep_night(settings, datetime.now(UTC) - timedelta(days=3))
    assert bad(settings) == {"doctor_service": "doctor_start"}
    with held(settings.state / SERVING):
        assert bad(settings) == {"doctor_service": "doctor_prefect_down", "doctor_last_night": "doctor_night_missed"}
        keep_night(settings, datetime.now(UTC))
        assert bad(settings) == {"doctor_service": "doctor_prefect_down"}


def test_passwords_are_not_shown(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, database_url=f"sqlite:///{tmp_path}/a.sqlite", smtp_password="geheim")
    settings.state.mkdir()
    assert "geheim" not in "".join(finding.said for finding in examine(settings))
    assert Finding("a", "b").is_good


def test_the_log_is_read_as_sentences_in_local_time(settings: Settings) -> None:
    assert "Chưa có nhật ký" in chitieu("logs", "--home", settings.home).stdout
    write_entry(settings.logs, "night_began")
    write_entry(settings.logs, "document_finished", source_file="Sở Nội vụ.pdf", rows=7, detail="")
    write_entry(settings.logs, "something_new", a=1, set_aside=[{"file": "a.pdf", "reason": "damaged"}, {"file": "b"}])
    first, second, third = chitieu("logs", "--home", settings.home).stdout.splitlines()
    assert re.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d  lượt đêm bắt đầu", first)
    assert second.endswith("đọc xong: source_file=Sở Nội vụ.pdf, rows=7")
    assert third.endswith("something_new: a=1, set_aside=a.pdf (damaged), b")
    assert chitieu("logs", "-n", 1, "--home", settings.home).stdout.splitlines() == [third]


def test_every_event_that_is_logged_has_words() -> None:
    files = [*(ROOT / "chitieu").glob("*.py"), *(ROOT / "flows").glob("*.py")]
    logged = {
        name for path in files for name in re.findall(r'write_entry\(\s*\w+\.logs,\s*"(\w+)"', path.read_text("utf-8"))
    }
    assert len(logged) > 10
    assert {f"event_{name}" for name in logged} <= set(TEXTS)
