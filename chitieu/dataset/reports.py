"""What a day or a night did: reports/<date>.html for archivists and .json for programs."""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from html import escape
from pathlib import Path

from chitieu.dataset.remarks import flag_doubts, remarks_of, rows_counted
from chitieu.errors import error_of_reason
from chitieu.files import replace_text
from chitieu.left_words import left_lines, needing_somebody
from chitieu.looking import Left, LeftReason, shown_path
from chitieu.messages import decimal_text, text
from chitieu.model import Flag, FlagKind
from chitieu.settings import Language
from chitieu.store import FINISHED_STATES, DocumentRecord, DocumentState
from chitieu.versions import code_version

VIETNAM = timezone(timedelta(hours=7))  # no summer time since 1945
SLOWEST = 5
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}td,th{border:1px solid #bbb;padding:.3rem .6rem;"
    "text-align:left;vertical-align:top}th{background:#eef}.quarantined{background:#fde8e8}.sums{width:auto}"
    ".number{text-align:right;white-space:nowrap}.file{overflow-wrap:anywhere;min-width:8rem}.scroll{overflow-x:auto}"
    "@media(max-width:45rem){body{margin:1rem auto}.list{min-width:50rem}}"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A time that is reported on: from `since` up to and with `until`; `name` is its day, as people read it."""

    name: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """What happened in a period; `records` are the documents that were finished in it, in the dataset's order.

    `names`: the files of all documents by their ids; `left`: what stays in the inbox until somebody does something.
    """

    period: Period
    received: int
    records: tuple[DocumentRecord, ...]
    disk_free_gib: float
    names: Mapping[str, str]
    left: tuple[Left, ...] = ()

    @property
    def read(self) -> list[DocumentRecord]:
        return [record for record in self.records if record.state in FINISHED_STATES]

    def count(self, state: DocumentState) -> int:
        return sum(record.state is state for record in self.records)

    @property
    def slowest(self) -> list[DocumentRecord]:
        return sorted(self.records, key=lambda record: -record.seconds)[:SLOWEST]


def write_reports(
    folder: Path, documents: Iterable[DocumentRecord], now: datetime, left: Iterable[Left] | None = None
) -> None:
    """Write the report of the day of `now` in Vietnam, on the documents that were finished on it.

    The report of the day before is written anew where a run that went on past midnight added to what it lists.
    `left`: what stays in the inbox; where nobody looked into it (None), what the report of the day says of it stays.
    """
    known = list(documents)
    before = _made_again(folder, day_of(now - timedelta(days=1)), known, None)
    if (len(before.records), before.received) > _counts_told(folder, before.period):
        _write_report(folder, before)
    _write_report(folder, _made_again(folder, day_of(now), known, left))


def _made_again(
    folder: Path, period: Period, documents: Sequence[DocumentRecord], left: Iterable[Left] | None
) -> Report:
    """The report of a day; what stays in the inbox is taken from the report that lies there, where `left` is None."""
    told = read_left(read_report(folder, _day_name(period)) or {}) if left is None else left
    return make_report(period, documents, folder.parent, told)


def _counts_told(folder: Path, period: Period) -> tuple[int, int]:
    """How many documents the report that lies there lists, and how many it says to have been received."""
    told = read_report(folder, _day_name(period)) or {}
    details, received = told.get("details"), told.get("received")
    return (
        len(details) if isinstance(details, list) else 0,
        received if isinstance(received, int) else 0,
    )


def _write_report(folder: Path, report: Report) -> None:
    day = _day_name(report.period)
    replace_text(folder / f"{day}.json", json.dumps(as_json(report), ensure_ascii=False, indent=1) + "\n")
    replace_text(folder / f"{day}.html", as_html(report))


def _day_name(period: Period) -> str:
    return period.since.astimezone(VIETNAM).date().isoformat()


def report_days(folder: Path) -> list[str]:
    """The days that have a report, the latest first."""
    return sorted((path.stem for path in folder.glob("????-??-??.json")), reverse=True)


def read_report(folder: Path, day: str) -> dict[str, object] | None:
    """The report of a day as `as_json` wrote it; None where there is none."""
    path = folder / f"{day}.json"
    found: object = json.loads(path.read_text("utf-8")) if path.is_file() else None
    return found if isinstance(found, dict) else None


def read_left(report: dict[str, object]) -> list[Left]:
    """What a report that was read says to be left in the inbox."""
    found = report.get("left_in_inbox")
    return [Left(Path(one["path"]), LeftReason(one["reason"])) for one in found] if isinstance(found, list) else []


def read_remarks(report: dict[str, object], language: Language) -> list[str]:
    """What is to be said of each document that a report lists: why it was set aside, or what is in doubt."""
    details = report.get("details")
    return [_remark(one, language) for one in details] if isinstance(details, list) else []


def _remark(detail: Mapping[str, str | list[str]], language: Language) -> str:
    if detail["reason"]:
        error = error_of_reason(str(detail["reason"]))
        return error.vi if language is Language.VI else error.en
    parts = (flag.partition(":") for flag in detail["flags"])
    return "; ".join(flag_doubts([Flag(FlagKind(kind), field) for kind, _, field in parts], language))


def day_of(now: datetime) -> Period:
    """The day of a moment in Vietnam, as far as it has come."""
    local = now.astimezone(VIETNAM)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return Period(f"{local:%d/%m/%Y}", midnight, midnight + timedelta(days=1, microseconds=-1))


def make_report(period: Period, documents: Iterable[DocumentRecord], disk: Path, left: Iterable[Left] = ()) -> Report:
    """The report of a period out of all documents; `disk`: a folder that has to be there."""
    known = list(documents)
    return Report(
        period,
        sum(_is_within(record.received_at, period) for record in known),
        tuple(record for record in known if _is_within(record.finished_at, period)),
        shutil.disk_usage(disk).free / 2**30,
        {record.document.document_id: record.document.source_file for record in known},
        tuple(needing_somebody(left)),
    )


def _is_within(moment: str, period: Period) -> bool:
    return bool(moment) and period.since <= datetime.fromisoformat(moment) <= period.until


def as_json(report: Report) -> dict[str, object]:
    """The report for programs."""
    return {
        "date": _day_name(report.period),
        "since": report.period.since.isoformat(timespec="seconds"),
        "until": report.period.until.isoformat(timespec="seconds"),
        "received": report.received,
        "documents": len(report.read),
        "flagged": sum(bool(record.rows_flagged or record.document.flags) for record in report.read),
        "no_indicators": report.count(DocumentState.NO_INDICATORS),
        "quarantined": report.count(DocumentState.QUARANTINED),
        "pages": sum(record.pages for record in report.read),
        "rows": sum(record.rows for record in report.read),
        "rows_flagged": sum(record.rows_flagged for record in report.read),
        "slowest": [
            {"source_file": record.document.source_file, "seconds": round(record.seconds, 1)}
            for record in report.slowest
        ],
        "disk_free_gib": round(report.disk_free_gib, 1),
        "code_version": code_version(),
        "left_in_inbox": [{"path": shown_path(one.path), "reason": one.reason.value} for one in report.left],
        "details": [_detail(record) for record in report.records],
    }


def _detail(record: DocumentRecord) -> dict[str, object]:
    return {
        "document_id": record.document.document_id,
        "source_file": record.document.source_file,
        "state": record.state.value,
        "reason": record.reason,
        "detail": record.detail,
        "pages": record.pages,
        "rows": record.rows,
        "rows_flagged": record.rows_flagged,
        "flags": [str(flag) for flag in record.document.flags],
        "seconds": round(record.seconds, 1),
        "finished_at": record.finished_at,
    }


def sums_of(report: Report, language: Language) -> list[tuple[str, str]]:
    """What the report says at its head: a name and a figure or two."""
    slowest = ", ".join(f"{one.document.source_file} ({_seconds(one, language)})" for one in report.slowest[:1])
    lines = [
        ("report_received", str(report.received)),
        ("report_read", str(len(report.read))),
        ("rows", rows_counted(report.read, language)),
        ("no_indicators", str(report.count(DocumentState.NO_INDICATORS))),
        ("quarantined", str(report.count(DocumentState.QUARANTINED))),
        ("report_slowest", slowest or "–"),
        ("doctor_disk", f"{decimal_text(report.disk_free_gib, 1, language)} GiB"),
        ("doctor_version", code_version()),
    ]
    return [(text(key, language), said) for key, said in lines]


def as_html(report: Report) -> str:
    """The report for people, Vietnamese first."""
    title = text("report_title", Language.VI, date=report.period.name)
    sums = "".join(map(_sum_row, sums_of(report, Language.VI), sums_of(report, Language.EN)))
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style>'
        f'<h1>{escape(title)}</h1><p lang="en">{text("report_title", Language.EN, date=report.period.name)}</p>'
        f'<table class="sums">{sums}</table>{_documents_html(report)}{_left_html(report)}</html>\n'
    )


def _sum_row(vietnamese: tuple[str, str], english: tuple[str, str]) -> str:
    name, said = map(escape, vietnamese)
    return f'<tr><th>{name} <span lang="en">/ {escape(english[0])}</span></th><td>{said}</td></tr>'


def _documents_html(report: Report) -> str:
    if not report.records:
        return f"<p>{text('report_none', Language.VI)}</p><p>{text('report_none', Language.EN)}</p>"
    names = ("documents", "state", "pages", "rows", "time", "remarks")
    head = "".join(f"<th>{text(name, Language.VI)}</th>" for name in names)
    rows = "".join(_html_row(record, report.names) for record in report.records)
    return f'<div class="scroll"><table class="list"><tr>{head}</tr>{rows}</table></div>'


def _left_html(report: Report) -> str:
    if not report.left:
        return ""
    names = [text("left_in_inbox", language) for language in (Language.VI, Language.EN)]
    lines = "".join(f"<li>{escape(line)}</li>" for line in left_lines(report.left, Language.VI))
    return f'<h2>{names[0]} <span lang="en">/ {names[1]}</span></h2><ul>{lines}</ul>'


def _html_row(record: DocumentRecord, names: Mapping[str, str]) -> str:
    cells = (
        ("file", record.document.source_file),
        ("", text(f"state_{record.state}", Language.VI)),
        ("number", str(record.pages)),
        ("", rows_counted([record], Language.VI)),
        ("number", _seconds(record, Language.VI)),
        ("", remarks_of(record, names)),
    )
    looks = ((f' class="{look}"' if look else "", escape(said)) for look, said in cells)
    return f'<tr class="{record.state}">' + "".join(f"<td{look}>{said}</td>" for look, said in looks) + "</tr>"


def _seconds(record: DocumentRecord, language: Language) -> str:
    return text("seconds", language, seconds=record.seconds)
