"""The review page under load: how long a key takes, and whether what was acknowledged outlives a power cut.

usage: python -m benchmarks.review [--documents 100] [--rows 100] [--keys 60] [--rounds 100]
Makes a home of open rows, serves it, drives it with a real browser, and writes benchmarks/REVIEW.md.
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
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

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

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "office" / "cao-bang-1139.pdf"
BROWSER = "/usr/bin/chromium"
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
A4 = (595.0, 842.0)
PAGES = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds, and rounds in which a save was lost."""

    rows: int
    first_page: float
    keys: tuple[float, ...]
    pictures: tuple[float, ...]
    rounds: int
    lost: int


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


def measure_keys(browser: Browser, address: str, count: int) -> tuple[float, tuple[float, ...], tuple[float, ...]]:
    """Milliseconds to the first row, of each key to the next row, of each picture."""
    # The page forbids scripts that are made of texts; the measure needs one.
    page = browser.new_page(viewport={"width": 1366, "height": 768}, bypass_csp=True)
    page.add_init_script("document.addEventListener('chitieu:row', (event) => { window.shown = event.detail.at; })")
    began = time.monotonic()
    page.goto(f"{address}/review")
    page.wait_for_function("window.shown")
    first = 1000 * (time.monotonic() - began)
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
    page.close()
    return first, tuple(keys), tuple(float(one) for one in pictures)


def lose_power(browser: Browser, home: Path, rounds: int) -> int:
    """Kill the server right after it acknowledged a save, so many times; how often the save was lost."""
    return sum(not _survives(browser, home, number) for number in range(rounds))


def _survives(browser: Browser, home: Path, number: int) -> bool:
    with serving(home) as (process, address):
        page = browser.new_page()
        page.goto(f"{address}/review?row={0:016x}:0")
        page.wait_for_selector(".field.active")
        _type_value(page, f"≥ {number + 1}")
        with page.expect_response(lambda answer: answer.url.endswith("/api/corrections")) as answered:
            page.keyboard.press("Enter")
        is_saved = answered.value.ok
        os.kill(process.pid, signal.SIGKILL)
        page.close()
    with open_store(load_settings(home).store_url) as store, store.snapshot() as snapshot:
        row = snapshot.review_row(f"{0:016x}", 0)
    return is_saved and row is not None and row.indicator.value_text == f"≥ {number + 1}"


def _type_value(page: Page, text: str) -> None:
    page.locator("#field-value_text").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def report(figures: Figures) -> str:
    """The figures as Markdown."""
    keys, pictures = sorted(figures.keys), sorted(figures.pictures)
    lines = [
        "# The review page under load",
        "",
        f"`python -m benchmarks.review`, {os.cpu_count()} cores, Debian's Chromium beside the server.",
        "",
        "| | |",
        "| --- | ---: |",
        f"| open rows | {figures.rows} |",
        f"| first row on the screen | {figures.first_page:.0f} ms |",
        f"| key to next row, median of {len(keys)} | {statistics.median(keys):.0f} ms |",
        f"| key to next row, the slowest of twenty | {keys[int(0.95 * (len(keys) - 1))]:.0f} ms |",
        f"| picture of a page, median of {len(pictures)} | {statistics.median(pictures):.0f} ms |",
        f"| power cuts right after a save was acknowledged | {figures.rounds} |",
        f"| saves lost by them | {figures.lost} |",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review", description=__doc__)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chitieu-") as folder, sync_playwright() as playwright:
        home = Path(folder)
        make_home(home, options.documents, options.rows)
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        with serving(home) as (_, address):
            first, keys, pictures = measure_keys(browser, address, options.keys)
        figures = Figures(options.documents * options.rows, first, keys, pictures, options.rounds, 0)
        figures = replace(figures, lost=lose_power(browser, home, options.rounds))
        browser.close()
    text = report(figures)
    (ROOT / "benchmarks" / "REVIEW.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
