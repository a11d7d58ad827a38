"""The help and the errors of commands are in Vietnamese, or in English where that is set, never in both."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from chitieu.cli import COMMANDS, main

ENGLISH = (
    "Usage", "Options", "OPTIONS", "Arguments", "Commands", "COMMAND", "default:", "required", "env var", "Show this",
    "Try ", "No such", "Missing", "Invalid", "Did you", "Possible", "Got ", "does not", "requires", "Input", "is not",
)  # fmt: skip
GROUPS = [("user",), ("user", "add"), ("quarantine",), ("quarantine", "list"), ("corrections",)]
# What is typed, and what is said of it.
WRONG = {
    "ingset": "Không có lệnh 'ingset'. Có phải là 'ingest' không?",
    "user foo": "Không có lệnh 'foo'.",
    "withdraw": "Thiếu đối số 'DOCUMENT'.",
    "withdraw a": "Thiếu tùy chọn '--why'.",
    "status --foo": "Không có tùy chọn --foo",
    "status --langauge vi": "Không có tùy chọn --langauge (có thể là: --language)",
    "status a": "Thừa đối số: a",
    "review --port": "Tùy chọn '--port' cần một giá trị.",
    "review --port x": "Giá trị của '--port' không đúng: phải là số nguyên.",
    "review --port 70000": "Giá trị của '--port' không đúng: phải không quá 65535.",
    "logs --last 0": "Giá trị của '--last' / '-n' không đúng: phải ít nhất là 1.",
    "ingest --direct=1": "Tùy chọn '--direct' không nhận giá trị.",
    "tables --format doc": "Giá trị của '--format' không đúng: 'doc' không phải là một trong 'json', 'csv',",
}


def typed(words: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit status of `chitieu` in this process."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(sys, "argv", ["chitieu", *words.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS), *GROUPS], ids=" ".join)
def test_the_help_is_in_vietnamese(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    assert typed(" ".join((*words, "--help")), monkeypatch) == 0
    said = capsys.readouterr()
    assert "Cách dùng: " in said.out
    assert "Tùy chọn" in said.out
    assert "Hiện hướng dẫn này rồi dừng." in said.out
    assert not [word for word in ENGLISH if word in said.out]
    assert said.err == ""


@pytest.mark.parametrize("words", WRONG)
def test_what_is_wrong_with_the_words_is_said_in_vietnamese(words: str, monkeypatch, capsys) -> None:
    assert typed(words, monkeypatch) == 2
    said = capsys.readouterr()
    assert said.err.startswith(WRONG[words])
    assert not [word for word in ENGLISH if word in said.err]
    assert said.out == ""


def test_what_is_wrong_is_followed_by_the_way_to_the_help(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    typed("withdraw", monkeypatch)
    assert capsys.readouterr().err.endswith(" withdraw --help\n")


def test_a_group_without_a_command_shows_its_help(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    assert typed("user", monkeypatch) == 2
    said = capsys.readouterr()
    assert "Lệnh" in said.out
    assert said.err == ""


def test_who_set_english_reads_english(tmp_path: Path) -> None:
    (tmp_path / "chitieu.toml").write_text('language = "en"\n')

    def said(*words: str, **values: str) -> str:
        run = subprocess.run(
            [sys.executable, "-m", "chitieu.cli", *words], capture_output=True, text=True, timeout=300, check=False,
            cwd=tmp_path, env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(Path.cwd()), **values},
        )  # fmt: skip
        return run.stdout + run.stderr

    english = said("withdraw", "--help")
    assert "Usage: " in english
    assert "Show this message and exit." in english
    assert "Cách dùng" not in english
    assert "Missing argument 'DOCUMENT'." in said("withdraw", "--language=en", CHITIEU_LANGUAGE="vi")
    assert "Cách dùng: " in said("withdraw", "--help", CHITIEU_LANGUAGE="vi")
