"""A decision as a page of HTML."""

from html import escape

from benchmarks.maker.content import long_date
from benchmarks.maker.model import Decision
from benchmarks.maker.style import style_sheet
from benchmarks.maker.table import table_html

_GROUNDS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Căn cứ Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị;",
    "Căn cứ Nghị quyết số 03/NQ-CP ngày 09 tháng 01 năm 2025 của Chính phủ;",
    "Theo đề nghị của Giám đốc Sở Tài chính tại Tờ trình số 214/TTr-STC.",
)


def page_html(decision: Decision) -> str:
    """The whole document: decision text where it has one, then the appendix with its table."""
    parts = (_body(decision) if decision.has_body else "", _appendix(decision))
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(decision.identity)}</title>'
        f"<style>{style_sheet(decision)}</style></head><body>{''.join(parts)}</body></html>"
    )


def _appendix(decision: Decision) -> str:
    title = f"<p class='head'>{escape(decision.appendix)}<br>{escape(decision.title)}</p>"
    caption = f"<p class='caption'>{escape(decision.caption)}</p>"
    unit = f"<p class='unit'>{escape(decision.unit_line)}</p>" if decision.unit_line else ""
    signature = _signature(decision) if decision.look.has_signature else ""
    return f"<div class='appendix'>{title}{caption}{unit}{table_html(decision)}{signature}</div>"


def _body(decision: Decision) -> str:
    issuer = escape(decision.issuer.upper())
    subject = "Về việc ban hành các chỉ tiêu và phân công theo dõi, đánh giá"
    grounds = "".join(f"<p class='ground'>{escape(text)}</p>" for text in _GROUNDS)
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
    texts = (
        f"Ban hành kèm theo {decision.type_name} này các chỉ tiêu trên địa bàn {decision.place} "
        f"và phân công cơ quan chủ trì theo dõi, đánh giá (chi tiết tại {decision.appendix} kèm theo).",
        "Các cơ quan, đơn vị được phân công có trách nhiệm tổ chức thực hiện, định kỳ hằng năm báo cáo kết quả "
        "trước ngày 15 tháng 12; kịp thời đề xuất điều chỉnh khi cần thiết.",
        f"{decision.type_name} này có hiệu lực kể từ ngày ký. Thủ trưởng các sở, ban, ngành, Chủ tịch Ủy ban nhân dân "
        "các xã, phường và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành./.",
    )
    return "".join(f"<p class='article'><b>Điều {place}.</b> {escape(text)}</p>" for place, text in enumerate(texts, 1))


def _signature(decision: Decision) -> str:
    body = "TM. " + decision.issuer.rsplit(decision.place, 1)[0].strip().upper()
    signer = f"<div class='ink'></div><b>{escape(decision.signer)}</b>"
    return f"<div class='signature'><b>{escape(body)}<br>CHỦ TỊCH</b>{signer}</div>"


def _recipients() -> str:
    names = "- Như Điều 3;<br>- TT. Tỉnh ủy, TT. HĐND;<br>- Lưu: VT, TH."
    return f"<div class='recipients'><b><i>Nơi nhận:</i></b><br>{names}</div>"
