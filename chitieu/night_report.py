"""What a night tells: its report by e-mail, where that is wanted; also that it failed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from smtplib import SMTPException

from chitieu.dataset.remarks import remarks_of, things_to_do
from chitieu.dataset.reports import Period, Report, as_html, make_report, sums_of
from chitieu.journal import write_entry
from chitieu.left_words import left_lines
from chitieu.looking import Left
from chitieu.mail import is_wanted, send_mail
from chitieu.messages import text
from chitieu.settings import Language, Settings
from chitieu.store import DocumentState, Store

FIRST_NIGHT = timedelta(days=1)


def tell_of_night(
    settings: Settings, store: Store, since: datetime | None, now: datetime, left: Sequence[Left] = ()
) -> None:
    """Send what happened since the night before, those read by day with it, and what stays in the inbox."""
    if not is_wanted(settings):
        return
    period = Period(f"{now.astimezone(settings.zone):%d/%m/%Y}", since or now - FIRST_NIGHT, now)
    with store.snapshot() as snapshot:
        report = make_report(period, snapshot.documents(), settings.home, left)
    send_or_log(settings, subject_of(report, settings.language), plain_of(report), as_html(report))


def tell_of_failure(settings: Settings, detail: str) -> None:
    """Send that a night ended early, and what to do."""
    if not is_wanted(settings):
        return
    said = [text("night_failed", language, detail=detail, log=settings.logs) for language in Language]
    subject = text("night_failed_subject", settings.language)
    send_or_log(settings, subject, "\n\n".join(said), "".join(f"<p>{escape(one)}</p>" for one in said))


def subject_of(report: Report, language: Language) -> str:
    counts = {"read": len(report.read), "quarantined": report.count(DocumentState.QUARANTINED)}
    return text("night_subject", language, date=report.period.name, **counts)


def plain_of(report: Report) -> str:
    """The report in plain lines, Vietnamese first; what was set aside, needs somebody, or stays in the inbox."""
    blocks = ["\n".join(f"{name}: {said}" for name, said in sums_of(report, language)) for language in Language]
    aside = [
        f"- {one.document.source_file}: {remarks_of(one, report.names)}"
        for one in report.records
        if one.state is DocumentState.QUARANTINED or things_to_do(one.document, Language.VI)
    ]
    stays = [f"- {line}" for line in left_lines(report.left, Language.VI)]
    if stays:
        stays.insert(0, f"{text('left_in_inbox', Language.VI)} / {text('left_in_inbox', Language.EN)}:")
    return "\n\n".join([*blocks, *("\n".join(lines) for lines in (aside, stays) if lines)]) + "\n"


def send_or_log(settings: Settings, subject: str, plain: str, html: str) -> None:
    """Send a message; where the server does not take it, that is logged: the report lies in output/reports too."""
    try:
        send_mail(settings, subject, plain, html)
    except (OSError, SMTPException, ValueError) as error:  # ValueError: an address or password that mail cannot carry
        write_entry(settings.logs, "mail_failed", detail=str(error))
    else:
        write_entry(settings.logs, "mail_sent", to=list(settings.mail_to))
