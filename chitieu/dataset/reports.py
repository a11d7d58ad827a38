"""What a day did: reports/<date>.html for archivists and .json for programs."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from html import escape
from pathlib import Path

from chitieu.errors import error_of_reason
from chitieu.files import replace_text
from chitieu.messages import explain_flag, text
from chitieu.settings import Language
from chitieu.store import DocumentRecord, DocumentState

VIETNAM = timezone(timedelta(hours=7))  # no summer time since 1945
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:.3rem .6rem;text-align:left;"
    "vertical-align:top}th{background:#eef}.quarantined{background:#fde8e8}"
)


def write_reports(folder: Path, documents: Iterable[DocumentRecord], now: datetime) -> None:
    """Write the report of the day of `now` in Vietnam, on the documents that were finished on it."""
    day = now.astimezone(VIETNAM).date().isoformat()
    own = [record for record in documents if finished_on(record) == day]
    replace_text(folder / f"{day}.json", json.dumps(report_of(day, own), ensure_ascii=False, indent=1) + "\n")
    replace_text(folder / f"{day}.html", html_of(day, own))


def finished_on(record: DocumentRecord) -> str:
    """The day in Vietnam on which a document was finished, empty where it is not."""
    if not record.finished_at:
        return ""
    return datetime.fromisoformat(record.finished_at).astimezone(VIETNAM).date().isoformat()


def report_of(day: str, records: list[DocumentRecord]) -> dict[str, object]:
    """The report for programs."""
    good = [record for record in records if record.state is not DocumentState.QUARANTINED]
    return {
        "date": day,
        "documents": len(good),
        "quarantined": len(records) - len(good),
        "pages": sum(record.pages for record in good),
        "rows": sum(record.rows for record in good),
        "rows_flagged": sum(record.rows_flagged for record in good),
        "details": [_detail(record) for record in records],
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


def html_of(day: str, records: list[DocumentRecord]) -> str:
    """The report for people, Vietnamese with English below the title."""
    title = text("report_title", Language.VI, date=day)
    head = "".join(f"<th>{text(key, Language.VI)}</th>" for key in ("documents", "state", "pages", "rows", "time"))
    rows = "".join(_html_row(record) for record in records)
    table = f"<table><tr>{head}<th>{text('remarks', Language.VI)}</th></tr>{rows}</table>"
    body = table if records else f"<p>{text('report_none', Language.VI)}</p><p>{text('report_none', Language.EN)}</p>"
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
        f'<h1>{title}</h1><p lang="en">{text("report_title", Language.EN, date=day)}</p>{body}</html>\n'
    )


def _html_row(record: DocumentRecord) -> str:
    cells = (
        record.document.source_file,
        text(f"state_{record.state}", Language.VI),
        str(record.pages),
        text("rows_counted", Language.VI, rows=record.rows, flagged=record.rows_flagged) if record.rows else "0",
        text("seconds", Language.VI, seconds=record.seconds),
        _remarks(record),
    )
    return f'<tr class="{record.state}">' + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _remarks(record: DocumentRecord) -> str:
    if record.state is DocumentState.QUARANTINED:
        error = error_of_reason(record.reason)
        return f"{error.vi} / {error.en}"
    return "; ".join(explain_flag(flag.kind, Language.VI) for flag in record.document.flags)
