"""What the places of a document say of its identity, and how that is weighed."""

import datetime
from dataclasses import replace

import pytest

from chitieu.identity import Origin, Signature
from chitieu.model import Box, Document, Heading, Line, Reading, Region, Run
from normalizers.dates import find_printed_date
from normalizers.documents import identify
from normalizers.issuers import spell_issuer
from normalizers.provinces import find_province
from normalizers.symbols import find_own_symbol, find_symbol

AT = datetime.datetime(2025, 2, 3, 10, 47, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))


def line(text: str, left: float, top: float, width: float = 200.0, *, witness: str | None = None) -> Line:
    """A line of a scan that both models read alike, unless the second one has something else."""
    reading = Reading((Run(text),), "reader", 0.99, witness=text if witness is None else witness)
    return Line(Region(1, Box(left, top, left + width, top + 15)), reading)


def head(number: str = "Số: 84/QĐ-UBND", date: str = "Quảng Ngãi, ngày 13 tháng 5 năm 2025") -> list[Line]:
    return [
        line("ỦY BAN NHÂN DÂN", 80, 20), line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 20),
        line("TỈNH QUẢNG NGÃI", 80, 36), line("Độc lập - Tự do - Hạnh phúc", 300, 36),
        line(number, 80, 60), line(date, 300, 60),
        line("QUYẾT ĐỊNH", 250, 90), line("Về việc ban hành danh mục chỉ tiêu", 200, 106),
        line("ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI", 180, 140), line("Căn cứ Luật Tổ chức chính quyền", 80, 170),
    ]  # fmt: skip


def identity(lines: list[Line], caption: tuple[Line, ...] = (), **more: object) -> Document:
    written = more.pop("handwritten", ())
    return identify(Heading(tuple(lines), caption, tuple(lines), written), "abc", "a.pdf", **more)


def flags(document: Document) -> list[str]:
    return [str(flag) for flag in document.flags]


def caption(text: str, witness: str | None = None) -> tuple[Line, ...]:
    return (line("Phụ lục I", 200, 300), line(text, 100, 320, 400, witness=witness))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Số: 507 /UBND-KGVX", "507/UBND-KGVX"),
        ("Số: 1043/BTP-QLXLVPHC&TDTHPL", "1043/BTP-QLXLVPHC&TDTHPL"),
        ("Số: l139/QĐ-UBND", "1139/QĐ-UBND"),
        ("Số: 11391QĐ-UBND", "1139/QĐ-UBND"),
        ("Số: 12a/QĐ-UBND", "12a/QĐ-UBND"),
    ],
)
def test_own_numbers(text: str, expected: str) -> None:
    found = find_own_symbol(text)
    assert found is not None
    assert found.text == expected


@pytest.mark.parametrize(("text", "is_mended"), [("số 1139/QD-UBNĐ", False), ("số 1139lQĐ-UBND", True)])
def test_a_number_that_may_be_another_one_is_known(text: str, is_mended: bool) -> None:
    found = find_symbol(text)
    assert found is not None
    assert (found.text, found.is_mended) == ("1139/QĐ-UBND", is_mended)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngày 09/7/2025", datetime.date(2025, 7, 9)),
        ("ngày 14 tháng5 năm 2025", datetime.date(2025, 5, 14)),
        ("ngày 09 tháng 9năm 2024", datetime.date(2024, 9, 9)),
        ("ngày l3 tháng 5 năm 2O25", datetime.date(2025, 5, 13)),
        ("ngày 31/2/2025", None),
        ("ngày 09/7/1025", None),
    ],
)
def test_dates(text: str, expected: datetime.date | None) -> None:
    found = find_printed_date(text)
    assert found is not None
    assert found.date == expected


@pytest.mark.parametrize("text", ["ngày    tháng   năm 2025", "ngày ... tháng 7 năm 2025", "ngày .../.../2025"])
def test_blanks_of_drafts_stay_blank(text: str) -> None:
    found = find_printed_date(text)
    assert found is not None
    assert (found.date, found.is_blank, found.year) == (None, True, 2025)


@pytest.mark.parametrize(
    ("text", "province", "expected"),
    [
        ("UỶ BAN NHÂN DÂN THỊ XÃ BỈM SƠN", "Thanh Hóa", "Ủy ban nhân dân thị xã Bỉm Sơn"),
        ("SỞ TƯ PHÁP", "Hồ Chí Minh", "Sở Tư pháp thành phố Hồ Chí Minh"),
        ("HỘI ĐỒNG NHÂN DÂN THÀNH PHÓ HÀ NỘI", "", "Hội đồng nhân dân thành phố Hà Nội"),
        ("ÚY BAN NHAN DÂN TỈNH CAO BẰNG", "", "Ủy ban nhân dân tỉnh Cao Bằng"),
        ("NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", "", "Ngân hàng Nhà nước Việt Nam"),
        ("Chủ tịch UBND tỉnh Lai Châu", "", "Ủy ban nhân dân tỉnh Lai Châu"),
        ("UBND tỉnh", "Cao Bằng", "Ủy ban nhân dân tỉnh Cao Bằng"),
        ("Ủy ban nhân dân tỉnh Ninh Đình", "Ninh Bình", "Ủy ban nhân dân tỉnh Ninh Bình"),
        ("Ủy ban nhân dân tỉnh Nghệ", "Nghệ An", "Ủy ban nhân dân tỉnh Nghệ An"),
        ("Uy Dan nhân dân tỉnh Lâm Đồng", "Lâm Đồng", "Ủy ban nhân dân tỉnh Lâm Đồng"),
        (
            "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lâm Đồng",
            "Lâm Đồng",
            "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lâm Đồng",
        ),
    ],
)
def test_issuers_are_spelled_out(text: str, province: str, expected: str) -> None:
    assert spell_issuer(text, find_province(province)) == expected


def test_every_field_says_where_it_comes_from() -> None:
    document = identity(head())
    places = {claim.field: (claim.origin, claim.regions[0].box.top) for claim in document.claims}
    assert places["document_number"] == (Origin.HEAD, 60)
    assert places["title"] == (Origin.HEAD, 106)
    assert flags(document) == []


def test_a_number_that_the_two_models_read_differently_is_in_doubt() -> None:
    lines = head()
    lines[4] = line("Số: 84/QĐ-UBND", 80, 60, witness="Số: 34/QĐ-UBND")
    assert flags(identity(lines)) == ["low_confidence:document_number"]


def test_a_second_place_that_says_the_same_takes_the_doubt_away() -> None:
    lines = head()
    lines[4] = line("Số: 84/QĐ-UBND", 80, 60, witness="Số: 34/QĐ-UBND")
    attached = caption("(Kèm theo Quyết định số 84/QĐ-UBND ngày 13/5/2025 của UBND tỉnh Quảng Ngãi)")
    document = identity(lines, attached)
    assert (document.number, flags(document)) == ("84/QĐ-UBND", [])


def test_of_two_places_that_differ_the_sure_one_is_taken_and_both_are_shown() -> None:
    attached = caption(
        "(Kèm theo Quyết định số 34/QĐ-UBND ngày 13/5/2025 của UBND tỉnh Quảng Ngãi)",
        "(Kèm theo Quyết định số 84/QĐ-UBND ngày 13/5/2025 của UBND tỉnh Quảng Ngãi)",
    )
    document = identity(head(), attached)
    assert document.number == "84/QĐ-UBND"
    assert [(str(flag), flag.detail) for flag in document.flags] == [
        ("identity_conflict:document_number", "84/QĐ-UBND / 34/QĐ-UBND")
    ]


def test_a_number_filled_in_by_hand_is_flagged_and_not_guessed() -> None:
    document = identity(head(), handwritten=(Region(1, Box(100, 62, 118, 74)),))
    assert (document.number, flags(document)) == ("/QĐ-UBND", ["handwritten:document_number"])


def test_a_number_filled_in_by_hand_is_taken_from_another_page() -> None:
    attached = caption("(Kèm theo Quyết định số 84/QĐ-UBND ngày 13/5/2025 của UBND tỉnh Quảng Ngãi)")
    document = identity(head(), attached, handwritten=(Region(1, Box(100, 62, 118, 74)),))
    assert (document.number, flags(document)) == ("84/QĐ-UBND", ["handwritten:document_number"])


@pytest.mark.parametrize(
    ("signer", "day", "expected"),
    [
        ("Ủy ban nhân dân tỉnh Quảng Ngãi", AT, datetime.date(2025, 2, 3)),
        ("Ủy ban nhân dân tỉnh Quảng Ngãi", AT.replace(month=3), None),
        ("Trung tâm Công báo", AT, None),
    ],
)
def test_a_day_filled_in_by_hand_is_the_issuers_signature_s_where_month_and_year_are_printed(
    signer: str, day: datetime.datetime, expected: datetime.date | None
) -> None:
    lines = head(date="Quảng Ngãi, ngày 05 tháng 02 năm 2025")
    written = (Region(1, Box(380, 62, 395, 74)),)
    document = identity(lines, handwritten=written, signatures=(Signature(signer, signed_at=day),))
    assert (document.date, flags(document)) == (expected, ["handwritten:document_date"])


def test_a_draft_is_one_although_its_program_signed_nothing() -> None:
    lines = [line("DỰ THẢO", 80, 4), *head("Số:          /QĐ-UBND", "Quảng Ngãi, ngày    tháng    năm 2025")]
    document = identity(lines)
    assert (document.number, document.date) == ("/QĐ-UBND", None)
    assert flags(document) == ["blank_number:document_number", "blank_date:document_date", "draft"]


def test_a_wide_blank_parts_the_number_line_in_two() -> None:
    lines = head()
    lines[4:5] = [line("Số:", 80, 60, 20), line("/QĐ-UBND", 150, 60, 60)]
    assert identity(lines).number == "/QĐ-UBND"


def test_an_official_letter_has_its_subject_under_the_number() -> None:
    lines = [*head("Số: 687/STP-VB")[:6], line("V/v hỗ trợ pháp lý", 80, 78), line("Kính gửi: Các Sở", 200, 110)]
    document = identity(lines)
    assert (document.type, document.number, document.title) == ("Công văn", "687/STP-VB", "V/v hỗ trợ pháp lý")


def test_a_subject_ends_where_the_text_begins() -> None:
    lines = head()
    lines[8:] = [line("Để triển khai Kế hoạch, Ủy ban nhân dân tỉnh hướng dẫn như sau:", 80, 160, 420)]
    assert identity(lines).title == "Về việc ban hành danh mục chỉ tiêu"


def test_who_signed_stands_below_the_text() -> None:
    block = [
        line(text, 320, 700 + 16 * at)
        for at, text in enumerate(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))
    ]
    document = identity([*head(), line("Nơi nhận:", 80, 700), *block])
    assert document.signer_title == "Phó chủ tịch"


def test_who_heads_a_body_signs_for_nobody_else() -> None:
    lines = [*head(), line("Nơi nhận:", 80, 700), line("CHỦ TỊCH", 380, 700)]
    assert identity(lines).signer_title == "Chủ tịch"
    assert identity([*head(), line("CHỦ TỊCH", 100, 700)]).signer_title == ""


def test_a_central_body_sits_in_a_province_and_is_not_of_it() -> None:
    lines = head("Số: 12/TT-BNV", "Hà Nội, ngày 13 tháng 5 năm 2025")
    lines[0] = line("BỘ NỘI VỤ", 80, 20)
    del lines[2], lines[7]
    document = identity(lines)
    assert (document.issuer, document.province) == ("Bộ Nội vụ", "")


def test_what_a_caption_attaches_a_table_to_is_kept_as_printed() -> None:
    document = identity(list(caption("(Kèm theo Kế hoạch ban hành tại Quyết định số 84/QĐ-UBND của UBND tỉnh Cao Bằng)")),
                        caption("(Kèm theo Kế hoạch ban hành tại Quyết định số 84/QĐ-UBND của UBND tỉnh Cao Bằng)"))  # fmt: skip
    assert document.parent_document == "Kế hoạch ban hành tại Quyết định số 84/QĐ-UBND của UBND tỉnh Cao Bằng"


def test_words_that_programs_wrote_need_no_second_reader() -> None:
    lines = [replace(one, reading=Reading(one.reading.runs, "text layer", 1.0)) for one in head()]
    assert flags(identity(lines)) == []


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Về việc giao chỉ tiêu kinh tế", "Về việc giao chỉ tiêu kinh tế"),
        ("Microsoft Word - QD 84 signed final", ""),
        ("Së V¨n hãa vµ Th«ng tin Hµ Néi", ""),
        ("Quyết định", ""),
    ],
)
def test_the_title_of_the_file_s_properties_is_asked_last(title: str, expected: str) -> None:
    lines = head()
    assert identity(lines[:6], file_title=title).title == expected
    assert identity(lines, file_title=title).title == "Về việc ban hành danh mục chỉ tiêu"


@pytest.mark.parametrize("mark", ["- ", "– . ", "_ ", "• "])
def test_a_title_begins_with_its_first_word(mark: str) -> None:
    lines = head()
    lines[7:8] = [line(f"{mark}Về việc ban hành danh mục chỉ tiêu", 200, 118)]
    assert identity(lines).title == "Về việc ban hành danh mục chỉ tiêu"
    above = (line("Phụ lục II", 200, 60), line(f"{mark}BẢNG CHỈ TIÊU", 200, 76))
    assert identity([], above).title == "BẢNG CHỈ TIÊU"


def test_a_misread_number_of_an_appendix_is_no_part_of_its_title() -> None:
    document = identity([], (line("Phụ lục ĩ", 200, 60), line("DANH MỤC CÁC CHỈ TIÊU", 200, 76)))
    assert (document.appendix, document.title) == ("Phụ lục I", "DANH MỤC CÁC CHỈ TIÊU")


@pytest.mark.parametrize(
    ("agency", "expected"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH", ["low_confidence:issuer", "empty_field:province"]),
        ("SỞ TAI CHÍNKL TỈNH CAO BẰNG", ["low_confidence:issuer"]),
        ("SỞ TÀI CHÍNH TỈNH CAO BẰNG", []),
        ("BAN QUẢN LÝ DỰ ÁN", ["empty_field:province"]),
        ("BỘ TÀI CHÍNH", []),
    ],
)
def test_a_body_without_its_province_is_flagged(agency: str, expected: list[str]) -> None:
    lines = [line(agency, 80, 30), line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 320, 30)]
    lines += [line("Số: 84/QĐ-UBND", 80, 62), line("ngày 13 tháng 5 năm 2025", 380, 62)]
    assert flags(identity(lines)) == expected


@pytest.mark.parametrize("number", ["S - 859 /09-U5ND", "S. 859 /0Đ-U5ND"])
def test_a_number_that_was_misread_is_no_part_of_the_name_above_it(number: str) -> None:
    attached = caption("(Kèm theo Quyết định số 859/QĐ-UBND ngày 13/5/2025 của UBND tỉnh Quảng Ngãi)")
    document = identity(head(number), attached)
    assert (document.number, document.issuer) == ("859/QĐ-UBND", "Ủy ban nhân dân tỉnh Quảng Ngãi")
