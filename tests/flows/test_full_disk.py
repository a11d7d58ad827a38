"""A disk that is full: said in plain words, nothing lost, and the next run goes on once there is room."""

import csv
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.no_network import can_make_namespaces

SIZES = ("320k", "500k", "1m")
# A home on a file system of a few hundred kilobytes, which grows from run to run; in a mount namespace of its own.
SCRIPT = """
set -u
home=$1; shift; documents=$1; shift; kept=$1; shift
mount -t tmpfs -o size=320k tmpfs "$home"
mkdir "$home/inbox"
cp "$documents"/* "$home/inbox/"
for size in $SIZES 400m; do
    mount -o remount,size=$size "$home"
    "$@" > "$kept/said-$size" 2>&1
    echo "$size $?" >> "$kept/codes"
done
cp -a "$home/." "$kept/home"
"""


@pytest.mark.skipif(not can_make_namespaces(), reason="this machine allows no namespaces: the full disk was left out")
def test_nothing_is_lost_on_a_disk_that_is_full_and_all_is_read_once_there_is_room(
    samples: Path, tmp_path: Path
) -> None:
    documents, kept, home = (tmp_path / name for name in ("documents", "kept", "home"))
    for folder in (documents, kept, home):
        folder.mkdir()
    for path in (samples / "digital" / "lai-chau-skhcn.pdf", samples / "exports" / "cao-bang-1139.txt"):
        shutil.copy(path, documents)
    command = [sys.executable, "-m", "chitieu.cli", "ingest", "--direct", "--home"]
    quick = {
        **os.environ,
        "CHITIEU_SETTLE_SECONDS": "0.01",
        "CHITIEU_UNFINISHED_SECONDS": "0",
        "SIZES": " ".join(SIZES),
    }
    undisturbed = tmp_path / "undisturbed"
    subprocess.run([*command, undisturbed, documents], env=quick, check=True, capture_output=True)
    words = ["unshare", "--map-root-user", "--mount", "sh", "-c", SCRIPT, "sh", home, documents, kept, *command, home]
    subprocess.run(words, env=quick, check=True, capture_output=True)

    codes = dict(line.split() for line in (kept / "codes").read_text().splitlines())
    assert codes["320k"] == "3"
    assert codes["400m"] == "0"
    for size in SIZES:
        said = (kept / f"said-{size}").read_text("utf-8")
        assert "Traceback" not in said
        assert codes[size] == "0" or "Không ghi được" in said or "Không mở được cơ sở dữ liệu" in said, said
    assert list((kept / "home" / "inbox").iterdir()) == []
    archived = {
        hashlib.sha256(path.read_bytes()).digest()
        for path in (kept / "home" / "archive").rglob("*.*")
        if path.is_file()
    }
    assert {hashlib.sha256(path.read_bytes()).digest() for path in documents.iterdir()} <= archived
    assert rows(kept / "home") == rows(undisturbed)
    assert len(rows(undisturbed)) > 40


def rows(home: Path) -> list[list[str]]:
    with (home / "output" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
