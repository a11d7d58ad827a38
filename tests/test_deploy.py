"""The systemd units call commands that there are, with options that they take."""

import configparser
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

UNITS = Path(__file__).resolve().parents[1] / "deploy" / "systemd"


def command_of(unit: str) -> list[str]:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(UNITS / unit, encoding="utf-8")
    return shlex.split(parser["Service"]["ExecStart"])


def run(words: list[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chitieu.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_nightly_reads_an_inbox(tmp_path):
    program, *words = command_of("chitieu-nightly.service")
    assert program == "/opt/chitieu/.venv/bin/chitieu"
    done = run([str(tmp_path) if word == "/srv/chitieu" else word for word in words])
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output" / "indicators.csv").exists()


@pytest.mark.parametrize("unit", ["chitieu-nightly.service", "chitieu-review.service"])
def test_the_commands_and_their_options_exist(unit):
    _, name, *words = command_of(unit)
    help_text = run([name, "--help"]).stdout
    assert help_text
    assert all(word in help_text for word in words if word.startswith("--"))


def test_the_timer_starts_the_nightly_of_its_name():
    text = (UNITS / "chitieu-nightly.timer").read_text(encoding="utf-8")
    assert "OnCalendar=*-*-* 02:00:00 Asia/Ho_Chi_Minh" in text
    assert (UNITS / "chitieu-nightly.service").exists()
