"""The systemd unit calls a command that there is, with options that it takes."""

import configparser
import shlex
import subprocess
import sys
from pathlib import Path

UNIT = Path(__file__).resolve().parents[1] / "deploy" / "systemd" / "chitieu.service"


def read_unit() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(UNIT, encoding="utf-8")
    return parser


def test_the_command_and_its_options_exist():
    program, name, *words = shlex.split(read_unit()["Service"]["ExecStart"])
    assert (program, name) == ("/opt/chitieu/.venv/bin/chitieu", "serve")
    command = [sys.executable, "-m", "chitieu.cli", name, "--help"]
    help_text = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False).stdout
    assert help_text
    assert all(word in help_text for word in words if word.startswith("--"))


def test_it_comes_back_after_a_crash_and_after_a_reboot():
    unit = read_unit()
    assert unit["Service"]["Restart"] == "always"
    assert unit["Install"]["WantedBy"] == "multi-user.target"
