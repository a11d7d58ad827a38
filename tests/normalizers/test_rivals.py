"""What the reader's second guess, a second reading and the language say together about a word."""

from dataclasses import replace

import pytest

from chitieu.model import Cell, Reading, Rival, Role, Run
from normalizers.data import read_csv
from normalizers.evidence import deserves_second_reading, weigh
from normalizers.repair import mend_cell
from normalizers.wording import doubtful_words
from tests.normalizers import way


def read(text: str, *seconds: str, confidence: float = 0.999, rivals: tuple[Rival, ...] = ()) -> Cell:
    first = Reading((Run(text),), "reader", confidence, rivals)
    return replace(
        way.cell(1, 1, text), readings=(first, *(Reading((Run(second),), "tesseract", 0.9) for second in seconds))
    )


def test_the_second_guess_is_taken_where_the_language_agrees() -> None:
    cell = read("hệ sinh thái đối mới sáng tạo", rivals=(Rival("đối", "đổi", 0.3),), confidence=0.7)
    mended = mend_cell("indicator", cell)
    assert mended.text == "hệ sinh thái đổi mới sáng tạo"
    assert [repair.read for repair in mended.repairs] == ["hệ sinh thái đối mới sáng tạo"]


def test_a_likely_second_guess_that_fits_as_well_is_doubted() -> None:
    cell = read("Tỷ lệ dân số có số sức khỏe", rivals=(Rival("số", "sổ", 0.45),), confidence=0.5)
    assert mend_cell("indicator", cell).flags


def test_a_second_guess_never_changes_a_digit() -> None:
    assert mend_cell("value_text", read("≥ 80", rivals=(Rival("80", "60", 0.49),), confidence=0.51)).text == "≥ 80"


def test_an_odd_word_becomes_what_the_second_reading_has() -> None:
    mended = mend_cell("indicator", read("nhân tố tống hợp (TFP)", "nhân tố tổng hợp (TFP)"))
    assert mended.text == "nhân tố tổng hợp (TFP)"
    assert mended.repairs
    assert not mended.flags


def test_words_that_the_language_leaves_no_room_for_are_doubted_though_both_readers_agree() -> None:
    assert mend_cell("indicator", read("nhân tố tống hợp (TFP)", "nhân tố tống hợp (TFP)")).flags


def test_a_rare_phrase_that_goes_together_is_left_alone() -> None:
    mended = mend_cell("value_text", read("Một số lĩnh vực có thế mạnh", "Một số lĩnh vực có thế mạnh"))
    assert mended.text == "Một số lĩnh vực có thế mạnh"
    assert not mended.flags


@pytest.mark.parametrize(
    ("text", "became"),
    [
        ("SởY tế", "Sở Y tế"),
        ("Bộ Khoa học vàCông nghệ", "Bộ Khoa học và Công nghệ"),
        ("Tốc độ tăng GRDP", "Tốc độ tăng GRDP"),
        ("Tỷ lệ eKYC", "Tỷ lệ eKYC"),
    ],
)
def test_a_capital_inside_a_word_begins_another(text: str, became: str) -> None:
    assert mend_cell("agency", read(text)).text == became


@pytest.mark.parametrize("text", ["Tỷ lệ' lao động", "Tỉ lệ ‘xử lý văn bản"])
def test_a_quote_without_its_mate_is_a_speck(text: str) -> None:
    assert not set(mend_cell("indicator", read(text)).text) & set("‘’'")


def test_a_stop_before_a_small_letter_is_doubted() -> None:
    assert mend_cell("indicator", read("tài khoản giao. dịch ngân hàng", confidence=0.7)).flags


def test_an_agency_of_one_sign_is_none() -> None:
    cell = read("%")
    assert [str(flag) for flag in weigh("agency", cell, mend_cell("agency", cell), is_exact=False)] == [
        "not_vietnamese:agency"
    ]


def test_a_word_that_is_no_syllable_is_doubted_unless_a_second_reading_has_it() -> None:
    alone, confirmed = read("đường truyền intermnet", "đường truyền internet"), read("vốn FDI Zumwa", "vốn FDI Zumwa")
    assert weigh("indicator", alone, mend_cell("indicator", alone), is_exact=False)
    assert not weigh("indicator", confirmed, mend_cell("indicator", confirmed), is_exact=False)


@pytest.mark.parametrize(
    ("role", "text", "is_wanted"),
    [
        (Role.UNIT, "%", True),
        (Role.VALUE, "≥ 80", True),
        (Role.VALUE, "Đạt mức khá trong khu vực trung du và miền núi phía Bắc", False),
        (Role.INDICATOR, "Tỷ lệ hộ nghèo", False),
        (Role.INDICATOR, "nhân tố tống hợp", True),
        (Role.AGENCY, "Sở Khoa học và Công nghệ", False),
        (Role.CODE, "II", False),
    ],
)
def test_numbers_and_odd_words_deserve_a_second_reading(role: Role, text: str, is_wanted: bool) -> None:
    assert deserves_second_reading(role, text) is is_wanted


def test_hardly_any_printed_text_is_doubted() -> None:
    texts = {row["chi_tieu"] for row in read_csv("nq03_cp_phuluc1.csv")}
    assert sum(bool(doubtful_words(text)) for text in texts) <= 0.03 * len(texts)


def test_a_word_that_three_readers_spell_in_three_ways_is_mended_and_doubted() -> None:
    text = "Tỷ suất tử vong ở trẻ em so với số trẻ đe ra sống"
    disputed = mend_cell("indicator", read(text, text.replace("đe", "để"), text.replace("đe", "đề")))
    assert [flag.detail for flag in disputed.flags] == ["đề → để"]
    assert mend_cell("indicator", read(text, text.replace("đe", "đề"), text.replace("đe", "đề"))).flags == ()


def test_a_set_phrase_that_other_engines_have_too_is_not_mended_back() -> None:
    misread = "Một số lĩnh vực có thể mạnh đạt trình độ khá"
    printed = misread.replace("thể", "thế")
    cell = read(misread, printed, printed, confidence=0.89)
    cell = replace(cell, readings=(replace(cell.readings[0], witness=misread), *cell.readings[1:]))
    assert mend_cell("value_text", cell).text == printed
