"""Seeded documents: the same seed gives the same decision, letter by letter."""

import random
from dataclasses import replace
from datetime import date, timedelta

from benchmarks.maker.layouts import TEMPLATES, make_layout
from benchmarks.maker.looks import make_look
from benchmarks.maker.model import Decision, Field, Layout, Look, Rules, Section
from benchmarks.maker.sections import make_sections
from benchmarks.maker.stock import lines, pick_weighted, provinces

HEADERS = {
    Field.CODE: ("STT", "TT", "Số TT", "Stt"),
    Field.INDICATOR: ("Chỉ tiêu", "Tên chỉ tiêu", "Nội dung chỉ tiêu", "Các chỉ tiêu", "CHỈ TIÊU", "Chỉ tiêu chủ yếu"),
    Field.UNIT: ("Đơn vị tính", "ĐVT", "Đơn vị", "Đơn vị đo"),
    Field.VALUE: ("",),
    Field.AGENCY: (
        "Cơ quan chủ trì", "Đơn vị chủ trì", "Cơ quan theo dõi, đánh giá", "Cơ quan chịu trách nhiệm",
        "Cơ quan chủ trì thực hiện", "Đơn vị chủ trì theo dõi, báo cáo", "Chủ trì",
    ),
    Field.COAGENCY: ("Cơ quan phối hợp", "Đơn vị phối hợp", "Các cơ quan phối hợp"),
    Field.NOTE: ("Ghi chú", "Ghi chú"),
}  # fmt: skip
_TITLES = (
    "DANH MỤC CÁC CHỈ TIÊU CỤ THỂ", "HỆ THỐNG CHỈ TIÊU CHỦ YẾU", "CÁC CHỈ TIÊU VÀ PHÂN CÔNG THEO DÕI, ĐÁNH GIÁ",
    "Danh mục chỉ tiêu phát triển kinh tế - xã hội", "CHỈ TIÊU GIAO CÁC SỞ, BAN, NGÀNH",
    "BẢNG TỔNG HỢP CHỈ TIÊU THỰC HIỆN",
)  # fmt: skip
_CAPTIONS = (
    "(Kèm theo {type} số {number} ngày {long} của {issuer})",
    "(Kèm theo {type} số {number} ngày {short} của {issuer})",
    "(Ban hành kèm theo {type} số {number} ngày {long} của {issuer})",
    "(Kèm theo Kế hoạch ban hành tại {type} số {number} ngày {short} của {brief})",
    "(Ban hành kèm theo {type} số: {number} ngày {long} của {brief})",
)
_TYPES = {"Quyết định": "QĐ-UBND", "Kế hoạch": "KH-UBND", "Nghị quyết": "NQ-HĐND"}
_FIRST_DAY = date(2025, 7, 1)


def make_decision(seed: int, index: int, rules: tuple[Rules, ...], kind: str = "") -> Decision:
    """The document with this number of the set with this seed; of the kind named, else each kind in turn."""
    chance = random.Random(f"decision {seed} {index}")  # noqa: S311 - no secret, the same again is what is wanted
    kind = kind or list(TEMPLATES)[index % len(TEMPLATES)]
    layout = make_layout(chance, kind)
    look = make_look(chance, layout, rules)
    unit = chance.choice(("tỷ đồng", "%", "%")) if layout.units == "caption" else ""
    sections = make_sections(chance, layout, unit, _row_count(chance, layout))
    return _dress(chance, f"m{seed:02d}-{index:02d}-{kind}", layout, unit, sections, look)


def _row_count(chance: random.Random, layout: Layout) -> int:
    return chance.randint(18, 26) if layout.is_landscape else chance.randint(24, 44)


def _dress(
    chance: random.Random, identity: str, layout: Layout, unit: str, sections: tuple[Section, ...], look: Look
) -> Decision:
    """The table with a province, an issuer, a number and a date."""
    province = chance.choice(provinces())
    type_name = pick_weighted(chance, {"Quyết định": 8, "Kế hoạch": 1, "Nghị quyết": 1})
    body = "Hội đồng nhân dân" if type_name == "Nghị quyết" else "Ủy ban nhân dân"
    day = _FIRST_DAY + timedelta(days=chance.randrange(480))
    number = f"{chance.randint(12, 3900)}/{_TYPES[type_name]}"
    if type_name == "Nghị quyết" and chance.random() < 0.5:
        number = f"{chance.randint(12, 160)}/NQ-HĐND"
    decision = Decision(
        identity=identity,
        province=province.short,
        place=province.full,
        issuer=f"{body} {province.full}",
        number=number,
        day=day,
        type_name=type_name,
        appendix=chance.choice(("Phụ lục", "Phụ lục", "Phụ lục I", "PHỤ LỤC", "PHỤ LỤC II")),
        title=chance.choice(_TITLES),
        caption="",
        unit_line=f"{chance.choice(('Đơn vị tính', 'Đơn vị', 'ĐVT'))}: {unit}" if unit else "",
        headers={field: chance.choice(texts) for field, texts in HEADERS.items()},
        layout=layout,
        look=look,
        sections=sections,
        has_body=chance.random() < 0.45,
        signer=chance.choice(lines("names.txt")),
    )
    return replace(decision, caption=_caption(chance, decision))


def _caption(chance: random.Random, decision: Decision) -> str:
    brief = decision.issuer.replace("Ủy ban nhân dân", "UBND").replace("Hội đồng nhân dân", "HĐND")
    fitting = [form for form in _CAPTIONS if decision.type_name == "Quyết định" or "ban hành tại" not in form]
    return chance.choice(fitting).format(
        type=decision.type_name,
        number=decision.number,
        long=long_date(decision.day),
        short=short_date(decision.day),
        issuer=decision.issuer,
        brief=brief,
    )


def long_date(day: date) -> str:
    """`09 tháng 7 năm 2025`: days below 10 and the months 1 and 2 have a leading zero (Nghị định 30/2020/NĐ-CP).

    >>> long_date(date(2026, 2, 9))
    '09 tháng 02 năm 2026'
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"
