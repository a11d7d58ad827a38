"""Signs that only one reader sees are specks; signs are never set, and never taken from beside a number."""

import pytest

from chitieu.model import Reading, Run
from normalizers.mended import Mended
from normalizers.stray_signs import settle_signs
from normalizers.unit_repair import unit_by_letters
from normalizers.wording import words_beside


def settled(text: str, *others: str, field: str = "indicator") -> Mended:
    return settle_signs(field, Mended(text), tuple(Reading((Run(other),), "other", 0.9) for other in others))


@pytest.mark.parametrize(
    ("read", "others", "became"),
    [
        ("kết quả giải / quyết thủ tục", ("kết quả giải quyết thủ tục",) * 2, "kết quả giải quyết thủ tục"),
        ("Tốc- độ tăng", ("Tốc độ tăng", "Tốc. độ tăng"), "Tốc độ tăng"),
        # a colon between two words that always go together is a speck, whoever else sees it
        ("giải quyết thủ: tục", ("giải quyết thủ tục", "giải quyết thủ: tục"), "giải quyết thủ tục"),
        ("Sở Y tế +", ("Sở Y tế", "Sở Y tế"), "Sở Y tế"),
    ],
)
def test_a_sign_that_others_do_not_see_goes_and_that_is_recorded(read, others, became):
    mended = settled(read, *others)
    assert (mended.text, [repair.read for repair in mended.repairs], mended.flags) == (became, [read], ())


@pytest.mark.parametrize(
    ("read", "others"),
    [
        ("Sở Y tế, Sở Tài chính", ("Sở Y tế, Sở Tài chính", "Sở Y tế Sở Tài chính")),
        ("hoạt động 24/7 trong năm", ("hoạt động 247 trong năm",) * 2),
        ("Trung du và miền núi", ("Trung du: và miền núi",) * 2),
        ("Bưu chính - Viễn thông", ("Bưu chính – Viễn thông", "Bưu chính Viễn thông")),
    ],
)
def test_a_sign_that_another_reader_sees_stays_and_none_is_set(read, others):
    assert settled(read, *others) == Mended(read)


def test_a_sign_on_which_two_readers_differ_is_doubted():
    mended = settled("Sở Y tế; Bệnh viện", "Sở Y tế Bệnh viện")
    assert (mended.text, [str(flag) for flag in mended.flags]) == ("Sở Y tế; Bệnh viện", ["uncertain_repair:indicator"])


def test_values_and_units_are_left_alone():
    assert settled("tỷ / đồng", "tỷ đồng", "tỷ đồng", field="unit").text == "tỷ / đồng"


def test_words_of_two_readings_are_laid_side_by_side():
    assert words_beside("chung cư cũ", "Chung cư cư") == {0: "Chung", 6: "cư", 9: "cư"}
    assert words_beside("số hộ nghèo", "số, hộ cận nghèo") == {0: "số", 3: "hộ", 6: "nghèo"}


@pytest.mark.parametrize(
    ("read", "unit"),
    [("Lít người/ ngày đêm", "lít/người/ngày đêm"), ("Triệu đồng ha", "triệu đồng/ha"), ("% năm", ""), ("Cấy", "")],
)
def test_a_unit_gets_its_lost_strokes_back(read, unit):
    assert unit_by_letters(read) == unit


def test_a_slash_in_a_wide_space_is_doubted_whoever_else_sees_it():
    read = "bình quân của / người / dân / vùng cao"
    mended = settled(read, read, "bình quân của người dân vùng cao")
    assert mended.text == "bình quân của người dân / vùng cao"
    assert [flag.detail for flag in mended.flags] == ["/ → ∅"]
    assert settled("Xã/phường đạt chuẩn", "Xã/phường đạt chuẩn", "Xã phường đạt chuẩn").flags == ()
