"""Pull the plug: a command killed at random moments, then run to the end; nothing may be lost or doubled.

usage: python -m benchmarks.faults [ingest|serve] [--kills 200] [--seed 1]
Every home has documents in its inbox, good and bad ones. `ingest` is killed three times (SIGKILL, with all its
processes); `serve` ten times (the service alone, whose parts the kernel ends), while files go on coming, and from the
second home on with Prefect's history of an earlier service. Then they are left alone. Afterwards every file
has to lie in the archive or in quarantine byte for byte, the inbox to be empty, and the dataset to be that of an
undisturbed `ingest`. Writes benchmarks/FAULTS.md, or FAULTS_SERVE.md, after each home; keeps a home that is not as it
should be.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from chitieu.journal import read_entries
from chitieu.settings import load_settings
from chitieu.store import DocumentState, open_store

ROOT = Path(__file__).resolve().parents[1]
REPORTS = {"ingest": ROOT / "benchmarks" / "FAULTS.md", "serve": ROOT / "benchmarks" / "FAULTS_SERVE.md"}
KILLS_PER_HOME, KILLS_PER_SERVED_HOME = 3, 10
PREFECT_HISTORY = Path("state") / "prefect"
COMPARED = ("indicators.csv", "comparison.csv", "documents.csv")
PATIENCE_SECONDS, LOOK_SECONDS = 600, 0.5
FINAL = {DocumentState.PUBLISHED, DocumentState.QUARANTINED, DocumentState.NO_INDICATORS}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one home: how often it was killed while it worked, and what is wrong (nothing, one hopes)."""

    kills: int
    faults: tuple[str, ...]


def documents() -> dict[str, bytes]:
    """What is dropped: born-digital decisions, a text export, one that is cut short, one that is no PDF."""
    digital = sorted((ROOT / "samples" / "digital").glob("*.pdf"))[:2]
    found = {path.name: path.read_bytes() for path in digital}
    whole = next(iter(found.values()))
    return {**found, "again/cùng một tệp.pdf": whole, "cut.pdf": whole[: len(whole) // 2], "note.pdf": b"no pdf"}


def light_documents() -> dict[str, bytes]:
    """What comes while a service is killed: a born-digital decision, small text exports, and what is no document."""
    digital = sorted((ROOT / "samples" / "digital").glob("*.pdf"))[0]
    whole = digital.read_bytes()
    exports = {f"quyết định {number}.txt": export(number) for number in range(1, KILLS_PER_SERVED_HOME)}
    return {digital.name: whole, **exports, "cut.pdf": whole[: len(whole) // 2], "note.pdf": b"no pdf"}


def export(number: int) -> bytes:
    """A decision of three targets as another OCR system writes it down."""
    rows = [f"{at}.\tTỷ lệ số hóa hồ sơ, nhóm {at}\t%\t≥ {number + at}\tSở Tài chính" for at in (1, 2, 3)]
    head = f"(Kèm theo Quyết định số {number}/QĐ-UBND ngày 09/7/2025 của Ủy ban nhân dân tỉnh Cao Bằng)"
    titles = "TT\tChỉ tiêu\tĐơn vị\tKết quả\tCơ quan chủ trì"
    lines = ["PHỤ LỤC I", "", "Danh mục các chỉ tiêu cụ thể", "", head, "", titles, "I\tĐến năm 2030\t\t\t", *rows]
    return "\n".join(lines).encode()


def fill(home: Path, dropped: dict[str, bytes]) -> None:
    """Drop files into an inbox."""
    for name, data in dropped.items():
        path = home / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def start(home: Path, *words: str) -> "subprocess.Popen[bytes]":
    """A command over the inbox of a home, with its children in a session of its own."""
    command = [sys.executable, "-m", "chitieu.cli", *words, "--home", str(home)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    settings = {**os.environ, "CHITIEU_SETTLE_SECONDS": "0.05", "CHITIEU_UNFINISHED_SECONDS": "0"}
    settings |= {"CHITIEU_POLL_SECONDS": "0.5", "CHITIEU_PREFECT_PORT": "0"}
    return subprocess.Popen(command, env=settings, start_new_session=True, **quiet)  # type: ignore[call-overload, no-any-return]


def start_service(home: Path) -> "subprocess.Popen[bytes]":
    return start(home, "serve", "--port", "0")


def start_run(home: Path) -> "subprocess.Popen[bytes]":
    return start(home, "ingest", "--direct")


def run_killed(
    home: Path, dropped: dict[str, bytes], expected: dict[str, bytes], chance: random.Random, usual: float
) -> Outcome:
    """A home that is killed again and again, and then left alone."""
    fill(home, dropped)
    kills = 0
    for _ in range(KILLS_PER_HOME):
        process = start_run(home)
        try:
            process.wait(timeout=chance.uniform(0, 1.1 * usual))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
    start_run(home).wait(timeout=PATIENCE_SECONDS)
    return Outcome(kills, tuple(faults_of(home, dropped, expected)))


def service_killed(
    home: Path, dropped: dict[str, bytes], expected: dict[str, bytes], chance: random.Random, usual: float
) -> Outcome:
    """A home whose service is killed again and again while files come, then left alone until nothing is left to do."""
    names = list(dropped)
    for life in range(KILLS_PER_SERVED_HOME):
        fill(home, {name: dropped[name] for name in names[life::KILLS_PER_SERVED_HOME]})
        process = start_service(home)
        time.sleep(chance.uniform(0, 1.1 * usual))
        process.kill()
        process.wait()
    return Outcome(KILLS_PER_SERVED_HOME, serve_to_the_end(home, dropped, expected))


def serve_to_the_end(home: Path, dropped: dict[str, bytes], expected: dict[str, bytes]) -> tuple[str, ...]:
    """Serve a home until nothing is wrong with it, or for so long that something is; then end the service kindly."""
    deadline, process = time.monotonic() + PATIENCE_SECONDS, start_service(home)
    faults: tuple[str, ...] = ()
    while time.monotonic() < deadline:
        faults = tuple(faults_of(home, dropped, expected))
        # It may be that an earlier life left nothing to do; before it says that it serves, a signal just ends it.
        if not faults and process.pid in serving(home):
            break
        time.sleep(LOOK_SECONDS)
    process.terminate()
    return faults if process.wait(PATIENCE_SECONDS) == 0 else (*faults, "the service did not end well")


def serving(home: Path) -> set[object]:
    """The processes that said in the log of a home that they serve it."""
    entries = read_entries(home / "state" / "logs")
    return {entry["process"] for entry in entries if entry["event"] == "service_started"}


def faults_of(home: Path, dropped: dict[str, bytes], expected: dict[str, bytes]) -> Iterator[str]:
    """What is wrong with a home in the end."""
    places = [path for folder in ("archive", "quarantine") for path in (home / folder).rglob("*") if path.is_file()]
    kept = {sha256(path.read_bytes()).hexdigest() for path in places}
    yield from (f"{name} is lost" for name, data in dropped.items() if sha256(data).hexdigest() not in kept)
    left = [path for path in (home / "inbox").rglob("*") if path.is_file()]
    yield from (f"{path.name} is still in the inbox" for path in left)
    yield from (f"{path} is still claimed" for path in (home / "state" / "claims").glob("*/**/*.pdf"))
    with open_store(load_settings(home).store_url) as store, store.snapshot() as snapshot:
        records = list(snapshot.documents())
    yield from (f"{one.document.source_file} is {one.state}" for one in records if one.state not in FINAL)
    if len(records) != len({sha256(data).hexdigest() for data in dropped.values()}):
        yield f"{len(records)} documents"
    for name in COMPARED:
        path = home / "output" / name
        if not path.is_file() or path.read_bytes() != expected[name]:
            yield f"{name} differs"


def undisturbed(home: Path, dropped: dict[str, bytes]) -> tuple[dict[str, bytes], float]:
    """The dataset of a run that nobody disturbs, and the seconds it takes."""
    fill(home, dropped)
    began = time.monotonic()
    start_run(home).wait(timeout=PATIENCE_SECONDS)
    return {name: (home / "output" / name).read_bytes() for name in COMPARED}, time.monotonic() - began


def main() -> None:
    """Kill, look, write the report; ends with 1 where something was lost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("ingest", "serve"), default="ingest")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311  # moments, no secrets
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="chitieu-") as folder:
        is_service, served = options.command == "serve", Path(folder) / "served"
        dropped = light_documents() if is_service else documents()
        expected, usual = undisturbed(Path(folder) / "undisturbed", dropped)
        if is_service:
            usual = usual_of_service(served, dropped, expected)
        killed = service_killed if is_service else run_killed
        while sum(one.kills for one in outcomes) < options.kills:
            home = Path(folder) / str(len(outcomes))
            if is_service and outcomes:
                shutil.copytree(served / PREFECT_HISTORY, home / PREFECT_HISTORY)
            outcomes.append(killed(home, dropped, expected, chance, usual))
            print(sum(one.kills for one in outcomes), outcomes[-1].faults, flush=True)
            put_away(home, outcomes[-1])
            REPORTS[options.command].write_text(report(options.command, outcomes, usual), encoding="utf-8")
    print(REPORTS[options.command].read_text(encoding="utf-8"))
    sys.exit(any(one.faults for one in outcomes))


def put_away(home: Path, outcome: Outcome) -> None:
    """Remove a home with which all is well; keep one with which something is wrong, and say where."""
    if outcome.faults:
        kept = shutil.move(home, tempfile.mkdtemp(prefix="chitieu-faulty-"))
        print(f"kept: {kept}", flush=True)
    else:
        shutil.rmtree(home)


def usual_of_service(home: Path, dropped: dict[str, bytes], expected: dict[str, bytes]) -> float:
    """The seconds from the start of a service, not its first one, until all is read and published.

    Prefect's history of the first one stays in the home.
    """
    again = home.with_name(f"{home.name} again")
    _seconds_served(home, dropped, expected)
    shutil.copytree(home / PREFECT_HISTORY, again / PREFECT_HISTORY)
    return _seconds_served(again, dropped, expected)


def _seconds_served(home: Path, dropped: dict[str, bytes], expected: dict[str, bytes]) -> float:
    fill(home, dropped)
    began = time.monotonic()
    faults = serve_to_the_end(home, dropped, expected)
    if faults:
        raise SystemExit(f"an undisturbed service: {', '.join(faults)}")
    return time.monotonic() - began


DESCRIBED = {
    "ingest": "an inbox of five files (two decisions, one twice, one cut short, one that is no PDF",
    "serve": "an inbox into which twelve files come (a decision, nine small text exports, one file cut short, one that "
    "is no PDF",
}


def report(command: str, outcomes: list[Outcome], usual: float) -> str:
    """The figures as Markdown."""
    faults = [fault for one in outcomes for fault in one.faults]
    lines = [
        "# Pulling the plug",
        "",
        f"`python -m benchmarks.faults {command}`, {datetime.now(UTC):%Y-%m-%d}: `chitieu {command}` over "
        f"{DESCRIBED[command]}; {usual:.1f} s undisturbed), killed at random moments and then run to the end.",
        "",
        "| | |",
        "| --- | ---: |",
        f"| kills while it worked | {sum(one.kills for one in outcomes)} |",
        f"| homes | {len(outcomes)} |",
        f"| files lost, doubled or left, datasets that differ | {len(faults)} |",
        "",
        *(f"- {fault}" for fault in faults),
    ]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    main()
