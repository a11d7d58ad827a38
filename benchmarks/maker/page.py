"""A decision as a page of HTML."""

from html import escape

from benchmarks.maker.content import long_date
from benchmarks.maker.model import Appendix, Decision, Prose, Table, TaskTable
from benchmarks.maker.stock import words
from benchmarks.maker.style import style_sheet
from benchmarks.maker.table import table_html


def page_html(decision: Decision) -> str:
    """The whole document: decision text where it has one, then the appendices with their tables."""
    body = _body(decision) if decision.has_body else ""
    appendices = "".join(_appendix(decision, appendix) for appendix in decision.appendices)
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(decision.identity)}</title>'
        f"<style>{style_sheet(decision)}</style></head><body>{body}{appendices}</body></html>"
    )


def _appendix(decision: Decision, appendix: Appendix) -> str:
    head = _appendix_head(appendix) if appendix.label else ""
    blocks = "".join(_block(decision, block) for block in appendix.blocks)
    is_last = appendix is decision.appendices[-1]
    signature = _signature(decision) if decision.look.has_signature and is_last else ""
    side = "".join(f"<div>{escape(line)}</div>" for line in decision.margin_texts.side.split("/"))
    note = f"<div class='side'>{side}</div>" if side and appendix is decision.appendices[0] else ""
    css = ("wide" if appendix.is_landscape else "upright") + ("" if appendix.label else " in-text")
    return f"<div class='appendix {css}'>{note}{head}{blocks}{signature}</div>"


def appendix_head_html(decision: Decision) -> str:
    """Label, title and caption of the first appendix."""
    return _appendix_head(decision.appendices[0])


def _appendix_head(appendix: Appendix) -> str:
    title = f"<p class='head'>{escape(appendix.label)}<br>{escape(appendix.title)}</p>"
    return f"{title}<p class='caption'>{escape(appendix.caption)}</p>"


def _block(decision: Decision, block: Table | TaskTable | Prose) -> str:
    if isinstance(block, Prose):
        return "".join(f"<p class='article'>{escape(text)}</p>" for text in block.paragraphs)
    if isinstance(block, TaskTable):
        return _task_table(block)
    unit = f"<p class='unit'>{escape(block.unit_line)}</p>" if block.unit_line else ""
    return unit + table_html(block, decision.look)


def _task_table(table: TaskTable) -> str:
    widths = "".join(f"<col style='width:{share}%'>" for share in (7, 40, 20, 15, 18))
    header = "".join(f"<th>{escape(text)}</th>" for text in table.headers)
    rows = "".join(
        f"<tr><td class='center'>{place}</td><td class='name'>{escape(task.task)}</td>"
        f"<td class='center'>{escape(task.body)}</td><td class='center'>{escape(task.time)}</td>"
        f"<td class='center last'>{escape(task.product)}</td></tr>"
        for place, task in enumerate(table.rows, start=1)
    )
    return f"<table><colgroup>{widths}</colgroup><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table><p></p>"


def _body(decision: Decision) -> str:
    issuer = escape(decision.issuer.upper())
    subject = escape(words(decision.stock, "subject")[0])
    grounds = "".join(f"<p class='ground'>{escape(text)}</p>" for text in words(decision.stock, "ground"))
    if not decision.appendices[0].label:
        # the text of a plan goes on with its table, the signature comes after it
        title = f"<p class='head'>{escape(decision.type_name.upper())}<br>{subject}</p>"
        return f"<div class='body goes-on'>{_head(decision)}{title}{grounds}</div>"
    return (
        f"<div class='body'>{_head(decision)}<p class='head'>{escape(decision.type_name.upper())}<br>{subject}</p>"
        f"<p class='head'>{issuer}</p>{grounds}<p class='head'>{escape(decision.type_name.upper())}:</p>"
        f"{_articles(decision)}{_signature(decision)}{_recipients()}</div>"
    )


def _head(decision: Decision) -> str:
    """The two halves above a decision: issuer and number, name of the state and date."""
    short = decision.place.removeprefix("tỉnh ").removeprefix("thành phố ")
    left = f"<b>{escape(decision.issuer.upper())}</b><hr><span>Số: {escape(decision.number)}</span>"
    right = (
        "<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b>Độc lập - Tự do - Hạnh phúc</b><hr class='wide'>"
        f"<i>{escape(short)}, ngày {long_date(decision.day)}</i>"
    )
    return f"<div class='two'><div>{left}</div><div class='state'>{right}</div></div>"


def _articles(decision: Decision) -> str:
    label = decision.appendices[0].label
    texts = (
        text.format(type=decision.type_name, place=decision.place, label=label)
        for text in words(decision.stock, "article")
    )
    return "".join(f"<p class='article'><b>Điều {place}.</b> {escape(text)}</p>" for place, text in enumerate(texts, 1))


def _signature(decision: Decision) -> str:
    body = "TM. " + decision.issuer.rsplit(decision.place, 1)[0].strip().upper()
    signer = f"<div class='ink'></div><b>{escape(decision.signer)}</b>"
    return f"<div class='signature'><b>{escape(body)}<br>CHỦ TỊCH</b>{signer}</div>"


def _recipients() -> str:
    names = "- Như Điều 3;<br>- TT. Tỉnh ủy, TT. HĐND;<br>- Lưu: VT, TH."
    return f"<div class='recipients'><b><i>Nơi nhận:</i></b><br>{names}</div>"
