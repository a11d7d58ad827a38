"""What print hardly has is said, and what print has is not."""

import csv
from dataclasses import replace
from importlib.resources import files

import pytest

from chitieu.model import Flag, FlagKind, Reading
from chitieu.model import Rival as ReadingRival
from normalizers.evidence import weigh, weigh_edges
from normalizers.mended import Mended, without_settled
from normalizers.oddities import OVERWHELMING, STRONG, strange_starts, stray_marks, unlikely_words
from normalizers.repair import TEXT_LAYER, mend_cell
from tests.normalizers import way


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tỷ lệ chất thải rắn được thủ gom, xử lý", (("thủ", "thu"),)),
        ("Mức độ trương thành về dữ liệu", (("trương", "trưởng"),)),
        ("Tỷ lệ chất thải rắn được thu gom, xử lý", ()),
        ("Sở Khoa học và Công nghệ\nSở Dân tộc và Tôn giáo", ()),
    ],
)
def test_spellings_that_fit_far_worse_than_another(text, found):
    assert unlikely_words(text, OVERWHELMING) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("phát “triển công nghệ", ("“",)),
        ("thực hiện “ba sẵn sàng” tại cơ sở", ()),
        ("Tỷ lệ trẻ em dưới 1. tuổi được tiêm chủng", ("1. ",)),
        ("đến năm 2030, đạt 1.250 tỷ đồng", ()),
        ("Hoàn thành xây dựng đô, thị thông minh", ("đô, thị",)),
        ("phát triển kinh tế, xã hội, quốc phòng", ()),
        # a speck between the lines of a cell
        ("Vốn đầu tư trực - tiếp nước ngoài đăng ký mới", ("trực - tiếp",)),
        ("phát triển kinh tế - xã hội theo hình thức đối tác công - tư, thu - chi ngân sách", ()),
        ("69 050 - 81.619", ("9 050",)),
        ("69.050 - 81.619", ()),
        ("69 050 - 81 619", ()),
    ],
)
def test_marks_where_print_has_none(text, found):
    assert stray_marks(text) == found


def test_the_language_alone_proves_nothing():
    text = "Tỷ lệ chất thải rắn được thủ gom, xử lý"
    assert flags(read(text, confidence=0.9995)) == []
    assert flags(read(text, confidence=0.99)) == ["uncertain_repair:indicator"]


def test_names_of_the_catalogues_are_not_odd():
    data = files("normalizers") / "data"
    for name, column in (("indicators.csv", "name_vi"), ("agencies.csv", "full_vi"), ("units.csv", "vi_unit")):
        with (data / name).open(encoding="utf-8") as file:
            texts = [row[column] for row in csv.DictReader(file)]
        assert len(texts) > 20
        assert [text for text in texts if unlikely_words(text, OVERWHELMING)] == []
        assert [text for text in texts if stray_marks(text)] == []
        assert [text for text in texts if strange_starts(text)] == []


def flags(reading: Reading, *engines: Reading, field: str = "indicator", is_exact: bool = False) -> list[str]:
    cell = way.cell(1, 1, readings=(reading, *engines))
    return [str(flag) for flag in weigh(field, cell, Mended(reading.text), is_exact=is_exact)]


def read(text: str, witness: str | None = None, confidence: float = 0.995) -> Reading:
    return replace(way.reading(text, confidence=confidence), witness=text if witness is None else witness)


def test_a_slightly_odd_word_counts_where_no_reader_agrees_with_another():
    text = "trên một héc ta đất trong trọt và mặt nước"
    printed = text.replace("trong trọt", "trồng trọt")
    assert "uncertain_repair:indicator" in flags(read(text, printed), way.reading(printed, "tesseract", 0.8))
    assert flags(read(text), way.reading(text, "tesseract", 0.8)) == []
    assert unlikely_words(text, STRONG) == ()


def test_a_word_that_is_none_is_doubted_though_both_models_have_it_where_another_engine_reads_vietnamese():
    text = "Iổng vốn đầu tư toàn xã hội"
    assert flags(read(text), way.reading("Tổng vốn đầu tư toàn xã hội", "tesseract", 0.8))[0] == (
        "not_vietnamese:indicator"
    )


def test_a_number_that_was_guessed_is_doubted_whoever_agrees():
    other = way.reading("18,5 - 56,6", "tesseract", 0.72)
    assert flags(read("18,5 - 56,6", confidence=0.48), other, field="value_text", is_exact=True) == [
        "low_confidence:value_text"
    ]
    assert flags(read("18,5 - 56,6", confidence=0.7), other, field="value_text", is_exact=True) == []


def test_a_sign_that_both_models_see_needs_less_confidence_than_one_seen_alone():
    other = way.reading("> 9", "tesseract", 0.8)
    both, alone = read("≥ 9", confidence=0.8), replace(read("≥ 9", confidence=0.8), witness=None)
    assert flags(both, other, field="value_text", is_exact=True) == []
    assert flags(alone, other, field="value_text", is_exact=True) == ["low_confidence:value_text"]
    assert flags(replace(both, witness="> 9"), other, field="value_text", is_exact=True) != []


def test_a_doubt_is_settled_once_the_other_word_was_taken():
    doubts = (
        Flag(FlagKind.UNCERTAIN_REPAIR, "agency", "Tại → Tài"),
        Flag(FlagKind.UNCERTAIN_REPAIR, "agency", "Nội → Nối"),
        Flag(FlagKind.READERS_DISAGREE, "agency", "“80” → “90”"),
    )
    assert without_settled(Mended("Sở Tài chính; Sở Nội vụ", flags=doubts)).flags == doubts[1:]


@pytest.mark.parametrize(("read_", "instead"), [("đổi", "đối"), ("mới", "mớI")])
def test_a_second_guess_that_fits_nowhere_here_is_no_doubt(read_, instead):
    text = "Tỷ lệ doanh nghiệp có hoạt động đổi mới sáng tạo"
    reading = replace(way.reading(text, confidence=0.6), rivals=(ReadingRival(read_, instead, 0.38),))
    assert mend_cell("indicator", way.cell(1, 1, readings=(reading,))) == Mended(text)


@pytest.mark.parametrize(
    ("shown", "is_doubted"),
    [
        ("— Chỉ số chuyển đổi số cấp tỉnh (DTI)", True),
        ("Tổng sản phẩm bình quân đầu người -", True),
        ("Tổng sản phẩm bình quân đầu người", False),
        ("Chỉ số chuyển đổi số cấp tỉnh (DTI)", False),
        ("Số hộ trên km²", False),
        ("Trong đó:", False),
        ("“Ba sẵn sàng”", False),
    ],
)
def test_a_name_that_begins_or_ends_with_a_mark_is_doubted_in_a_scan_alone(shown, is_doubted):
    scanned, printed = (way.cell(1, 1, shown, readings=(way.reading(shown, one),)) for one in ("reader", TEXT_LAYER))
    assert [str(flag) for flag in weigh_edges("indicator", scanned, shown)] == [
        "uncertain_repair:indicator"
    ] * is_doubted
    assert not weigh_edges("indicator", printed, shown)
    assert not weigh_edges("agency", scanned, shown)


@pytest.mark.parametrize("text", ["Tống lượt khách du lịch", "Tỷ trong công nghiệp - xây dựng trong GRDP"])
def test_a_name_that_begins_as_none_does_is_doubted_however_sure_both_models_are(text):
    assert flags(read(text, confidence=1.0)) == ["uncertain_repair:indicator"]
    assert flags(read(text, confidence=1.0), field="agency") == []
