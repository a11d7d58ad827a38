"""A store with 10,000 documents and 500,000 rows: what it costs to read one more, to look, and to publish.

usage: python -m benchmarks.large_store [--documents 10000] [--rows 50] [--drafts 2000]. Writes
           benchmarks/LARGE_STORE.md; with drafts, which wait for number and date, it only says what came out.
       python -m benchmarks.large_store --series 1000 2000 5000. Says what the publication costs as a store grows.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from chitieu.corrections import replay
from chitieu.dataset.catalogue import read_catalogue
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
from chitieu.store import Store, open_store

ROOT = Path(__file__).resolve().parents[1]
SMALL = 100  # documents that the large store is compared with
PROVINCES = ("Cao Bằng", "Lai Châu", "Điện Biên", "Sơn La", "Lạng Sơn", "Quảng Ninh", "Thanh Hóa", "Nghệ An")
INDICATORS = tuple(read_catalogue())
READS = 40  # documents that are saved to measure one
PUBLISH = """
import sys
from pathlib import Path
from chitieu.dataset import publish
from chitieu.settings import load_settings
from chitieu.store import open_store

settings = load_settings(Path(sys.argv[1]))
with open_store(settings.store_url) as store:
    publish(store, settings.output)
"""


def made(number: int, row_count: int) -> Extraction:
    """A decision like many others; every tenth row is doubtful, every hundredth decision replaces the one before."""
    document_id, province = f"{number:016x}", PROVINCES[number % len(PROVINCES)]
    document = Document(
        document_id=document_id, source_file=f"quyết định {number}.pdf", type="Quyết định", number=f"{number}/QĐ-UBND",
        date=date(2025, 1, 1) + timedelta(days=number % 700), issuer=f"Ủy ban nhân dân tỉnh {province}",
        province=province, province_code=f"{number % len(PROVINCES):02}", title="Danh mục các chỉ tiêu cụ thể",
        appendix="Phụ lục I", replaces=f"{number - len(PROVINCES)}/QĐ-UBND" if number % 100 == 99 else "",
    )  # fmt: skip
    rows = tuple(made_row(document_id, at) for at in range(row_count))
    pages = tuple(PageSummary(page, PageKind.SCANNED, 595.0, 842.0, tables=1, seconds=1.0) for page in (1, 2, 3))
    return Extraction(document, pages, (), rows)


def made_row(document_id: str, at: int) -> Indicator:
    """One row with a value of its own, as it was read; every second is of a canonical indicator."""
    words = f"Tỷ lệ hộ gia đình được sử dụng dịch vụ công trực tuyến toàn trình, nhóm {at}"
    place = (Region(1 + at // 20, Box(70.0, 100.0 + 20 * (at % 20), 300.0, 120.0 + 20 * (at % 20))),)
    readings = tuple(Reading((Run(f"≥ {at},5"),), engine, 0.97) for engine in ("reader", "tesseract"))
    row = Indicator(
        record_id=f"{document_id}-{at}", page=1 + at // 20, section_code="I", section="Kinh tế",
        code=str(at + 1), parent_code="", group="", indicator=words,
        indicator_id=INDICATORS[at % len(INDICATORS)] if at % 2 else "", period="2030", unit="%",
        unit_code="pct", value_text=f"≥ {at},5", value_kind=ValueKind.NUMBER, comparator=">=",
        value_low=Decimal(f"{at}.5"), value_high=None, agency="Sở Khoa học và Công nghệ; Sở Tài chính", coagency="",
        note="", confidence=0.98, sources=(FieldSource("value_text", 0, at, 3, place, readings),),
    )  # fmt: skip
    return replace(row, flags=(Flag(FlagKind.LOW_CONFIDENCE, "value_text"),)) if at % 10 == 0 else row


def unsigned(read: Extraction) -> Extraction:
    """A decision as its draft: number and date are blank."""
    return replace(read, document=replace(read.document, number="", date=None, replaces=""))


def save(store: Store, number: int, row_count: int, *, is_draft: bool = False) -> None:
    """Take in and save one document, as a run does."""
    read = made(number, row_count)
    document_id = f"{number:016x}"
    store.record_received(document_id, document_id * 4, f"quyết định {number}.pdf")
    store.waiting()
    store.claim(document_id, store.attempts(document_id), "1")
    store.save_extraction(unsigned(read) if is_draft else read, "1", 1.0, replay)
    with store.snapshot() as snapshot:
        snapshot.document(document_id)


def seconds_of(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def seconds_per_document(stores: Sequence[Store], row_count: int) -> list[float]:
    """What one more document costs in each of several stores, without publication: the median, taken in turns."""
    taken: list[list[float]] = [[] for _ in stores]
    for number in range(10_000_000, 10_000_000 + READS):
        for store, seconds in zip(stores, taken, strict=True):
            seconds.append(seconds_of(partial(save, store, number, row_count)))
    return [statistics.median(seconds) for seconds in taken]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took; `peak_mib` is that of the largest process so far."""

    seconds: float
    cpu_seconds: float
    peak_mib: float


def run_command(*words: object) -> Cost:
    """What a command costs."""
    command = [sys.executable, *map(str, words)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = seconds_of(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, cpu_seconds, after.ru_maxrss / 1024)


def fill(store: Store, documents: int, row_count: int, drafts: int = 0) -> None:
    """Put so many documents into a store, of which some are drafts."""
    for number in range(documents):
        save(store, number, row_count, is_draft=number * drafts // documents != (number - 1) * drafts // documents)


def growth(folder: Path, sizes: Sequence[int], row_count: int) -> list[tuple[int, Cost]]:
    """What the publication of one store costs at each of its sizes, in documents; the sizes rise."""
    settings, found, before = load_settings(folder), [], 0
    for size in sizes:
        with open_store(settings.store_url) as store:
            for number in range(before, size):
                save(store, number, row_count)
        before = size
        found.append((size * row_count, run_command("-c", PUBLISH, settings.home)))
    return found


def growth_table(found: Sequence[tuple[int, Cost]]) -> str:
    """The growth as Markdown: rows, CPU seconds, of that for a row, memory."""
    lines = [
        "| rows published | CPU s | ms a row | memory so far |",
        "| ---: | ---: | ---: | ---: |",
        *(
            f"| {rows} | {cost.cpu_seconds:.1f} | {1000 * cost.cpu_seconds / rows:.3f} | {cost.peak_mib:.0f} MiB |"
            for rows, cost in found
        ),
    ]
    return "\n".join(lines)


def measure(folder: Path, documents: int, row_count: int, drafts: int) -> list[tuple[str, str, str]]:
    """Fill a store and measure: what, how much, and how much is allowed."""
    settings, few = load_settings(folder / "large"), load_settings(folder / "small")
    with open_store(settings.store_url) as store, open_store(few.store_url) as small_store:
        fill(small_store, SMALL, row_count)
        fill(store, documents, row_count, drafts)
        small, large = seconds_per_document([small_store, store], row_count)
    home = ("--home", settings.home)
    published = run_command("-c", PUBLISH, settings.home)
    status = min((run_command("-m", "chitieu.cli", "status", *home) for _ in range(3)), key=lambda one: one.seconds)
    nothing_new = run_command("-m", "chitieu.cli", "ingest", "--direct", *home)
    return [
        (f"one more document in a store of {SMALL}", f"{1000 * small:.0f} ms", ""),
        (f"one more document in a store of {documents}", f"{1000 * large:.0f} ms", f"{1500 * small:.0f} ms"),
        ("`chitieu status`, with the start of the program, best of three", f"{status.seconds:.2f} s", "1 s"),
        ("of it at work", f"{status.cpu_seconds:.2f} s", ""),
        (f"publication of {documents * row_count} rows", f"{published.seconds:.0f} s", "90 s"),
        ("of it at work, on one core", f"{published.cpu_seconds:.0f} s", ""),
        ("its memory", f"{published.peak_mib:.0f} MiB", "1536 MiB"),
        ("a run with nothing new", f"{nothing_new.seconds:.0f} s", "30 s"),
        ("of it at work", f"{nothing_new.cpu_seconds:.1f} s", ""),
    ]


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large_store", description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rows", type=int, default=50)
    parser.add_argument("--drafts", type=int, default=0)
    parser.add_argument("--series", type=int, nargs="*", default=(), help="sizes of a store that grows, in documents")
    options = parser.parse_args()
    if options.series:
        with tempfile.TemporaryDirectory(prefix="chitieu-") as folder:
            print(growth_table(growth(Path(folder), options.series, options.rows)))
        return
    with tempfile.TemporaryDirectory(prefix="chitieu-") as folder:
        figures = measure(Path(folder), options.documents, options.rows, options.drafts)
    size = f"{options.documents} documents of {options.rows} rows"
    size += f" ({options.drafts} of them drafts)" if options.drafts else ""
    head = (
        f"# A large store\n\n`make large`: {size}, made by a script, in SQLite, on {os.cpu_count()} cores; a load of "
    )
    head += f"{os.getloadavg()[2]:.1f} meanwhile, of which the benchmark itself makes 1.\n"
    lines = [head, "| | | allowed |", "| --- | ---: | ---: |"]
    text = "\n".join([*lines, *(f"| {what} | {much} | {allowed} |" for what, much, allowed in figures)]) + "\n"
    if not options.drafts:
        (ROOT / "benchmarks" / "LARGE_STORE.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
