"""Texts as scanners, office suites and old typewriter habits give them."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalizers.text import clean, clean_line, fold_marks, match_key, tokens, unknown_words

VIETNAMESE = st.text(
    alphabet='aăâeêioôơuưyđbcghklmnpqrstvx ÀáảãạấồộựỹỵÐðАеоΑ\u00ad\u200b\u00a0\u0300\u0301\u0302\u0323\n–-/%≥≤<>=~.,1230(&)"²'
)

KEPT = "0123456789≥≤<>=~±%"


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        (unicodedata.normalize("NFD", "Tỷ lệ số hóa"), "Tỷ lệ số hóa"),
        ("o\u0301\u0302", "ố"),
        ("Ðắk Lắk, ðiểm", "Đắk Lắk, điểm"),
        ("kinh\u00ad tế\u200b số\ufeff", "kinh tế số"),
        ("100\u00a0%\u202fGRDP", "100 % GRDP"),
        ("Sở  Tài   chính \n  Công an tỉnh ", "Sở Tài chính\nCông an tỉnh"),
        ("Tỷ lệ\r\nhộ", "Tỷ lệ\nhộ"),
        ("ТРHCM", "TPHCM"),
        ("⩾ 80 – 90 “R&D” hoá", "⩾ 80 – 90 “R&D” hoá"),
        ("\n\n", ""),
    ],
)
def test_clean_keeps_what_is_printed(given_text: str, expected: str) -> None:
    assert clean(given_text) == expected


def test_a_line_has_no_newline() -> None:
    assert clean_line("Sở Tài chính\n Công an tỉnh") == "Sở Tài chính Công an tỉnh"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tỷ lệ", "tỉ lệ"),
        ("Văn hoá", "văn hóa"),
        ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
        ("bác sỹ", "bác sĩ"),
        ("Quý IV", "quí iv"),
        ("cuả ngừơi tòan", "của người toàn"),
        ("Số doanh nghiệp/ 100.000 dân", "số doanh nghiệp / 100.000 dân."),
        ("km²", "km2"),
        ("9 – 10", "9-10"),
        ("≥80", "≥ 80"),
        ("“A”", '"A"'),
        ("công ty", "công ti"),
    ],
)
def test_spellings_of_one_text_have_one_key(first: str, second: str) -> None:
    assert match_key(first) == match_key(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("thể", "thế"),
        ("quý", "quỳ"),
        ("già", "giá"),
        ("tai", "tay"),
        ("hủy", "hỉ"),
        ("≥ 80", "> 80"),
        ("1.0", "10"),
        ("phía", "phi"),
    ],
)
def test_different_texts_have_different_keys(first: str, second: str) -> None:
    assert match_key(first) != match_key(second)


def test_marks_fold() -> None:
    assert fold_marks("Đăk Lăk – Ủy ban") == "dak lak – uy ban"


def test_tokens() -> None:
    assert tokens("Chi R&D, 5G: 1Gb/s km2") == ("Chi", "R&D", "5G", "1Gb", "s", "km2")


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ đóng góp của TFP (R&D, HDI, PII, GRDP) qua mạng 5G trên 1Gb/s.",
        "Văn phòng UBND tỉnh; NSNN, NSĐP; Sở KH&CN, QĐ-TTg",
        "rô bốt, chíp, Đăk Lăk, Kon Tum, logistics, internet, online, Make in Vietnam",
        "MỤC TIÊU ĐẾN NĂM 2030",
        "Nghị quyết số 57-NQ/TW; nước hợp vệ sinh m3/ngày đêm; kWh/người",
    ],
)
def test_ordinary_texts_have_no_unknown_words(text: str) -> None:
    assert unknown_words(text) == ()


@pytest.mark.parametrize("word", ["chị̉nh", "Bru", "nghiệpp", "tỉnhh", "khoc", "nghịêpp", "MỤCC", "t1nh", "hoạtđộng"])
def test_misreadings_are_unknown(word: str) -> None:
    assert unknown_words(f"Ủy ban {word} các cấp") == (word,)


@given(VIETNAMESE)
@example("a\u0309\u0300\u0302")
@example("a\u0300\u0302\u0301\u0306")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(VIETNAMESE)
def test_the_key_of_a_key_is_the_key(text: str) -> None:
    assert match_key(match_key(text)) == match_key(text)
    assert match_key(clean(text)) == match_key(text)


@given(VIETNAMESE)
def test_cleaning_keeps_every_figure_sign_of_comparison_and_letter(text: str) -> None:
    assert [char for char in clean(text) if char in KEPT] == [char for char in text if char in KEPT]
    assert letter_count(clean(text)) == letter_count(text)


@given(VIETNAMESE)
def test_keys_keep_every_figure_and_sign_of_comparison(text: str) -> None:
    kept = [char for char in match_key(text) if char in KEPT]
    assert kept == [char for char in text.replace("²", "2") if char in KEPT]


def letter_count(text: str) -> int:
    return sum(char.isalpha() for char in unicodedata.normalize("NFD", text))


@given(st.text())
def test_any_text_can_be_cleaned(text: str) -> None:
    assert clean(clean(text)) == clean(text)
