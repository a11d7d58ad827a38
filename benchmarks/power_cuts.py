"""Power cuts in the middle of saves: what the review page acknowledged is there afterwards, and nothing is half-saved.

usage: python -m benchmarks.power_cuts [--rounds 100] [--writers 4]
Several writers save without a pause; the server is killed (SIGKILL) at a random moment; the store is looked through;
and so on with the same store. Writes benchmarks/POWER_CUTS.md.
"""

import argparse
import json
import os
import random
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.request import Request, urlopen

from benchmarks.review import make_home, serving
from chitieu.settings import load_settings
from chitieu.store import open_store

ROOT = Path(__file__).resolve().parents[1]
TOKEN = re.compile(r'name="chitieu-token" content="([^"]+)"')
VERSION = re.compile(r'"version":"([0-9a-f]{16})"')
DOCUMENT = f"{0:016x}"
PATIENCE_SECONDS = 120.0
LATEST_CUT_SECONDS = 0.5


@dataclass
class Writer:
    """One reviewer who saves the value of one row again and again, until the server is gone."""

    position: int
    acknowledged: list[str] = field(default_factory=list)
    is_cut_short: bool = False

    def save_on(self, address: str, token: str, texts: Iterator[str], first: threading.Event) -> None:
        """Save until no answer comes; `first` is set with the first save that was acknowledged."""
        try:
            version = _ask(f"{address}/api/rows/{DOCUMENT}/{self.position}", token)
            for text in texts:
                wish = {"document_id": DOCUMENT, "position": self.position, "version": version}
                version = _ask(f"{address}/api/corrections", token, {**wish, "texts": {"value_text": text}})
                self.acknowledged.append(text)
                first.set()
        except (OSError, HTTPException, ValueError):
            self.is_cut_short = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """Saves that were acknowledged; that were under way when the power went; that were lost; rows half-saved."""

    acknowledged: int
    under_way: int
    lost: int
    torn: int

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(*(getattr(self, name) + getattr(other, name) for name in Outcome.__slots__))


def _ask(address: str, token: str, body: object = None) -> str:
    """The version of the row that an answer has."""
    headers = {"Content-Type": "application/json", "X-Chitieu-Token": token}
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(address, data, headers), timeout=PATIENCE_SECONDS) as answer:  # noqa: S310  # our own address
        return _found(VERSION, answer.read().decode())


def cut_power(home: Path, number: int, writers: int, chance: random.Random) -> Outcome:
    """One round: the server is killed while all writers save."""
    several = [Writer(position) for position in range(writers)]
    first = threading.Event()
    with serving(home) as (process, address):
        with urlopen(f"{address}/review", timeout=PATIENCE_SECONDS) as page:  # noqa: S310
            token = _found(TOKEN, page.read().decode())
        threads = [
            threading.Thread(target=one.save_on, args=(address, token, _texts(number, one.position), first))
            for one in several
        ]
        for thread in threads:
            thread.start()
        first.wait(PATIENCE_SECONDS)
        time.sleep(chance.uniform(0.0, LATEST_CUT_SECONDS))
        process.kill()
        for thread in threads:
            thread.join()
    return _look_through(home, several)


def _texts(number: int, position: int) -> Iterator[str]:
    """Values that no other save has: with round, row and count."""
    return (f"≥ {number},{position:02d}{count:04d}" for count in range(10_000))


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    if found is None:
        raise ValueError(text[:200])
    return found[1]


def _look_through(home: Path, writers: list[Writer]) -> Outcome:
    """What the store has of all saves; each row must say what was kept last of it."""
    with open_store(load_settings(home).store_url) as store, store.snapshot() as snapshot:
        said = snapshot.corrections(DOCUMENT)
        rows = {row.position: row for row in snapshot.review_rows(DOCUMENT)}
    kept = {one.text for one in said}
    last = {one.regions: one.text for one in said if one.field == "value_text"}
    places = {w.position: rows[w.position].as_read.sources[0].regions for w in writers}
    return Outcome(
        acknowledged=sum(len(one.acknowledged) for one in writers),
        under_way=sum(one.is_cut_short for one in writers),
        lost=sum(text not in kept for one in writers for text in one.acknowledged),
        torn=sum(rows[at].indicator.value_text != last.get(place, "") for at, place in places.items()),
    )


def cut_often(home: Path, rounds: int, writers: int) -> Outcome:
    """So many rounds over one home."""
    chance = random.Random(0)  # noqa: S311  # moments, no secrets
    total = Outcome(0, 0, 0, 0)
    for number in range(rounds):
        total += cut_power(home, number + 1, writers, chance)
    return total


def report(outcome: Outcome, rounds: int, writers: int) -> str:
    """The figures as Markdown."""
    lines = [
        "# Power cuts in the middle of saves",
        "",
        f"`make power`: {writers} reviewers save without a pause, and the review server is killed (SIGKILL) at a",
        f"random moment, again and again over the same store; {os.cpu_count()} cores.",
        "",
        "| | |",
        "| --- | ---: |",
        f"| power cuts | {rounds} |",
        f"| saves acknowledged before them | {outcome.acknowledged} |",
        f"| saves under way when the power went | {outcome.under_way} |",
        f"| acknowledged saves lost | {outcome.lost} |",
        f"| rows that say another thing than was kept last of them | {outcome.torn} |",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Cut, look and write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.power_cuts", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--writers", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chitieu-") as folder:
        make_home(Path(folder), 1, 20)
        text = report(cut_often(Path(folder), options.rounds, options.writers), options.rounds, options.writers)
    (ROOT / "benchmarks" / "POWER_CUTS.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
