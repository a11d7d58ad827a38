"""TCVN3 and VNI in Unicode, as their fonts show them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chitieu.layers import Encoding
from chitieu.model import Run
from normalizers.data import read_csv
from normalizers.legacy import decode, decode_runs, draws_capitals, encoding_of_font, font_key


def shown(*runs: tuple[str, str]) -> str:
    fonts = {font for _, font in runs}
    encodings = {font_key(font): named for font in fonts if (named := encoding_of_font(font))}
    return "".join(run.text for run in decode_runs([Run(text, font) for text, font in runs], encodings))


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding.TCVN3),
        ("VnTime", Encoding.TCVN3),
        ("FBHPEL+.VnArialH,Bold", Encoding.TCVN3),
        ("VNI-Times", Encoding.VNI),
        ("ABCDEF+VNI-Helve,Bold", Encoding.VNI),
        ("Times New Roman,Bold", None),
        ("Vni", None),
        ("", None),
    ],
)
def test_the_font_names_the_encoding(font, encoding):
    assert encoding_of_font(font) == encoding


@pytest.mark.parametrize(
    ("font", "capitals"),
    [(".VnTimeH", True), ("VnTimeHBold", True), (".VnTimeH,Bold", True), (".VnTime", False), (".VnHelvetIns", False)],
)
def test_h_fonts_draw_capitals(font, capitals):
    assert draws_capitals(font) is capitals


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("Thñ t\u00adíng", "Thủ tướng"),  # pdfFactory
        ("Thñ t\u2212íng, \u2212íc ®¹t", "Thủ tướng, ước đạt"),  # Distiller
        ("Thñ t-íng, -íc ®¹t ®Çu t-", "Thủ tướng, ước đạt đầu tư"),  # WinAnsi
        ("Q§-UBND, KÕ - ho¹ch - n¨m", "QĐ-UBND, Kế - hoạch - năm"),
        ("x\u2219 héi", "xã hội"),
        ("10 \u2212 20 %", "10 \u2212 20 %"),
        ("Aµ §¶ng Uû", "À Đảng Uỷ"),
        ("t\u03bci nguyªn", "tài nguyên"),
    ],
)
def test_tcvn3(stored, printed):
    assert decode(stored, Encoding.TCVN3) == printed


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ÑOÄC LAÄP", "ĐỘC LẬP"),
        ("öôùc ñaït 15%", "ước đạt 15%"),
        ("thaúng kyû luaät", "thẳng kỷ luật"),
    ],
)
def test_vni(stored, printed):
    assert decode(stored, Encoding.VNI) == printed


@pytest.mark.parametrize("encoding", Encoding)
def test_every_letter_that_can_be_stored_comes_back(encoding):
    rows = read_csv(f"{encoding}.csv")
    assert len(rows) == 134
    assert all(decode(row["stored"], encoding) == row["printed"] for row in rows)


# A hyphen between letters may be an ư that a program made one.
@given(st.text(alphabet=st.characters(codec="ascii", exclude_characters="-")), st.sampled_from(Encoding))
def test_what_is_plain_stays(text, encoding):
    assert decode(text, encoding) == text


def test_each_run_goes_by_its_own_font():
    text = shown(("céng hoµ ", ".VnTimeH"), ("x∙ héi ", "ABCDEF+.VnTime"), ("µ ≥ 80 − 90", "Times New Roman"))
    assert text == "CỘNG HOÀ xã hội µ ≥ 80 − 90"


def test_subsets_of_one_font_are_read_together():
    assert shown(("n", ".VnTime"), ("−", "CCBODP+.VnTime"), ("íc", ".VnTime")) == "nước"
