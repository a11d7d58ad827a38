"""The review page under load: how long a key takes, and the views around the row.

usage: python -m benchmarks.review [--documents 100] [--rows 100] [--keys 60]
Makes a home of open rows, serves it, drives it with a real browser, and writes benchmarks/REVIEW.md: over SQLite, and
over PostgreSQL where that is installed. Power cuts: benchmarks/power_cuts.py.
"""

import argparse
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from chitieu.archive import archived_path
from chitieu.corrections import replay
from chitieu.model import (
    Box,
    Document,
    Extraction,
    FieldSource,
    Flag,
    FlagKind,
    Indicator,
    PageKind,
    PageSummary,
    Reading,
    Region,
    Run,
    ValueKind,
)
from chitieu.settings import load_settings
from chitieu.store import open_store
from tests import postgres

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "office" / "cao-bang-1139.pdf"
BROWSER = "/usr/bin/chromium"
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
A4 = (595.0, 842.0)
PAGES = 4
CROPS = 20
LEFT_OUT = "PostgreSQL was left out: its programs or psycopg were missing (`scripts/setup.sh test` installs both)."
PATIENCE_SECONDS = 120.0
FRESH = 5  # browser profiles that have never seen the page
NAMES = (
    f"first row on the screen, best of {FRESH} fresh browser profiles",
    "… with its scan",
    "… the first of them, of a browser and a server just started",
    "key to next row, median",
    "key to next row, the slowest of twenty",
    "picture of a page, median",
    "crop of a cell, median",
)
VIEWS = (
    "/api/queue",
    "/documents",
    f"/documents/{0:016x}",
    f"/api/documents/{0:016x}",
    "/data",
    "/data?q=s%E1%BA%A1ch&look=open",
    "/overview",
    f"/api/same/{0:016x}/5/agency",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds, over one kind of store; `views` by their addresses."""

    store: str
    first_rows: tuple[tuple[float, float], ...]  # without and with its scan
    keys: tuple[float, ...]
    pictures: tuple[float, ...]
    crops: tuple[float, ...]
    views: tuple[float, ...]


def make_home(home: Path, documents: int, rows: int) -> None:
    """Documents with so many doubtful rows each, all over pages of a real scan."""
    data, settings = SAMPLE.read_bytes(), load_settings(home)
    digest = sha256(data).hexdigest()
    target = archived_path(settings.archive, digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    with open_store(settings.store_url) as store:
        for number in range(documents):
            document_id = f"{number:016x}"
            pages = tuple(PageSummary(page, PageKind.SCANNED, *A4, tables=1) for page in range(1, PAGES + 1))
            document = Document(document_id, f"{number:04d}.pdf", number=f"{number}/QĐ-UBND", province="Cao Bằng")
            read = tuple(_row(document_id, at, rows) for at in range(rows))
            store.record_received(document_id, digest, document.source_file)
            store.save_extraction(Extraction(document, pages, (), read), "1", 1.0, replay)


def _row(document_id: str, number: int, of: int) -> Indicator:
    page = 1 + number * PAGES // of
    top = 60.0 + 700.0 * (number * PAGES % of) / of
    readings = tuple(
        Reading((Run(text),), engine, 0.9) for text, engine in ((f"> {number}", "reader"), (f"≥ {number}", "tesseract"))
    )
    place = (Region(page, Box(350, top, 430, top + 20)),)
    return Indicator(
        record_id=f"{document_id}-I-{number}-2030",
        page=page,
        section_code="I",
        section="Mục tiêu đến năm 2030",
        code=str(number),
        parent_code="",
        group="",
        indicator=f"Tỷ lệ hộ dân được dùng nước sạch, nhóm {number}",
        indicator_id="",
        period="2030",
        unit="%",
        unit_code="pct",
        value_text=f"> {number}",
        value_kind=ValueKind.NUMBER,
        comparator=">",
        value_low=None,
        value_high=None,
        agency="Sở Nông nghiệp và Môi trường",
        coagency="",
        note="",
        confidence=round(random.Random(f"{document_id}{number}").random(), 3),  # noqa: S311  # an order, no secret
        flags=(Flag(FlagKind.READERS_DISAGREE, "value_text"),),
        sources=(FieldSource("value_text", 0, number, 3, place, readings),),
    )


@contextmanager
def serving(home: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A server of its own process, killed at the end; yields it and its address."""
    command = [sys.executable, "-m", "chitieu.cli", "review", "--home", str(home), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout
            said = (ADDRESS.search(line) for line in process.stdout)
            yield process, next(found.group() for found in said if found)
        finally:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)


def fresh_page(browser: Browser) -> Page:
    """A page in a profile of its own, which keeps the time of the last row shown as `window.shown`."""
    # The page forbids scripts that are made of texts; the measure needs one.
    page = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True).new_page()
    page.add_init_script("document.addEventListener('chitieu:row', (event) => { window.shown = event.detail.at; })")
    return page


def measure_first_row(browser: Browser, address: str) -> tuple[float, float]:
    """Milliseconds from the call of the page until its first row is there, and until the scan of it is."""
    page = fresh_page(browser)
    began = time.monotonic()
    page.goto(f"{address}/review", wait_until="commit")
    page.wait_for_function("window.shown")
    row = time.monotonic() - began
    page.wait_for_function("[...document.querySelectorAll('#views img')].every((one) => one.naturalWidth)")
    scan = time.monotonic() - began
    page.context.close()
    return 1000 * row, 1000 * scan


def measure_keys(browser: Browser, address: str, count: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Milliseconds of each key to the next row, and of each picture."""
    page = fresh_page(browser)
    page.goto(f"{address}/review")
    page.wait_for_function("window.shown")
    page.evaluate(
        "document.addEventListener('keydown', () => { window.pressed = performance.now(); window.shown = 0; }, true)"
    )
    keys = []
    for number in range(count):
        page.keyboard.press("2" if number % 3 == 0 else "Shift")
        page.keyboard.press("Enter")
        page.wait_for_function("window.shown")
        keys.append(float(page.evaluate("window.shown - window.pressed")))
        page.wait_for_timeout(600)  # a person looks
    pictures = page.evaluate(
        "performance.getEntriesByType('resource').filter((e) => e.name.includes('/api/pages/')).map((e) => e.duration)"
    )
    page.context.close()
    return tuple(keys), tuple(float(one) for one in pictures)


def measure_views(address: str) -> tuple[float, ...]:
    """Milliseconds of each of VIEWS, asked for once before."""
    return tuple(_answered(f"{address}{view}") for view in VIEWS)


def measure_crops(address: str, count: int) -> tuple[float, ...]:
    """Milliseconds of crops of as many rows, from pages that were looked at before."""
    return tuple(_answered(f"{address}/api/crops/{0:016x}/{at}/value_text.jpg") for at in range(count))


def _answered(address: str) -> float:
    _read(address)
    began = time.monotonic()
    _read(address)
    return 1000 * (time.monotonic() - began)


def _read(address: str) -> None:
    with urlopen(address, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310  # our own address
        answer.read()


def measure(browser: Browser, home: Path, store: str, options: argparse.Namespace) -> Figures:
    """All figures over one store."""
    make_home(home, options.documents, options.rows)
    with serving(home) as (_, address):
        first_rows = tuple(measure_first_row(browser, address) for _ in range(FRESH))
        keys, pictures = measure_keys(browser, address, options.keys)
        views, crops = measure_views(address), measure_crops(address, min(CROPS, options.rows))
    return Figures(store, first_rows, keys, pictures, crops, views)


def report(several: list[Figures], rows: int) -> str:
    """The figures as Markdown."""
    lines = [
        "# The review page under load",
        "",
        f"`python -m benchmarks.review`: {rows} open rows, {os.cpu_count()} cores, Debian's Chromium beside the",
        f"server; milliseconds. Other work on the machine meanwhile: a load of {os.getloadavg()[1]:.1f}, of which the",
        "benchmark itself makes 1 to 2.",
        "",
        f"| | {' | '.join(one.store for one in several)} |",
        f"| --- |{' ---: |' * len(several)}",
    ]
    names = (*NAMES, *(f"`{view}`" for view in VIEWS))
    columns = [_column(one) for one in several]
    for name, *times in zip(names, *columns, strict=True):
        lines.append(f"| {name} | {' | '.join(f'{one:.0f}' for one in times)} |")
    if not any(one.store == "PostgreSQL" for one in several):
        lines += ["", LEFT_OUT]
    return "\n".join([*lines, ""])


def _column(one: Figures) -> tuple[float, ...]:
    slow = sorted(one.keys)[int(0.95 * (len(one.keys) - 1))]
    medians = (statistics.median(one.pictures), statistics.median(one.crops))
    row, scan = (min(times) for times in zip(*one.first_rows, strict=True))
    return (row, scan, one.first_rows[0][0], statistics.median(one.keys), slow, *medians, *one.views)


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review", description=__doc__)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--keys", type=int, default=60)
    options = parser.parse_args()
    several = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        with tempfile.TemporaryDirectory(prefix="chitieu-") as folder:
            several.append(measure(browser, Path(folder), "SQLite", options))
        if postgres.programs():
            place = Path(tempfile.gettempdir())
            with tempfile.TemporaryDirectory(prefix="chitieu-") as folder, postgres.cluster(place) as address:
                os.environ["CHITIEU_DATABASE_URL"] = address.format(database="postgres")
                several.append(measure(browser, Path(folder), "PostgreSQL", options))
        else:
            print(LEFT_OUT)
        browser.close()
    text = report(several, options.documents * options.rows)
    (ROOT / "benchmarks" / "REVIEW.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
