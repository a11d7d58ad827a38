"""Is a text layer to be believed: each kind told by its evidence."""

import pytest

from chitieu.layers import Encoding, LayerKind
from chitieu.model import Run, TextLayer
from normalizers.data import read_csv
from normalizers.legibility import judge, judge_any_language, settle

PROSE = (
    "Ủy ban nhân dân tỉnh Cao Bằng ban hành Kế hoạch thực hiện Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 "
    "của Bộ Chính trị về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia ....... "
)
ENGLISH = "The committee shall report every year to the council on how the targets of this plan have been reached " * 2
# Out of the layers that office scanners without Vietnamese write.
GARBAGE = "UY NUAN DAN THANH Ho cui tvtrNu rUpnAp VA Chuong h6 trq ph6p lf li6n nghiQp nho vd wa CQNG HOA XA HQI CHU "
NO_MARKS = "CONG HOA XA HOI CHU NGHIA VIET NAM Doc lap - Tu do - Hanh phuc cua tinh ban nhan dan thanh pho " * 2


def layer(text: str, font: str = "Times New Roman", **facts: object) -> TextLayer:
    return TextLayer((Run(text, font),), **facts)  # type: ignore[arg-type]


def stored(text: str, encoding: Encoding) -> str:
    forms = {row["printed"]: row["stored"] for row in read_csv(f"{encoding}.csv")}
    return "".join(forms.get(char, char) for char in text)


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (layer(PROSE), LayerKind.SOUND),
        (layer("1 2 3 4,5 6.789 12 % 13 14 15"), LayerKind.SOUND),
        (layer("Hà Nội"), LayerKind.SOUND),
        (layer(PROSE, picture_share=1.0), LayerKind.OCR_SOUND),
        (layer(GARBAGE, picture_share=1.0), LayerKind.OCR_GARBAGE),
        (layer(NO_MARKS, picture_share=0.97), LayerKind.OCR_GARBAGE),
        (
            layer("SAO Y; 01/02/2026", picture_share=1.0, print_count=900, unlayered_count=880, is_spread=True),
            LayerKind.STAMP,
        ),
        (layer("SAO Y; 01/02/2026", print_count=900, unlayered_count=880, is_spread=True), LayerKind.STAMP),
        (TextLayer(picture_share=1.0), LayerKind.NONE),
        (layer("\ue012\ue013 \ue014" * 20), LayerKind.UNUSABLE),
        (layer("abc " * 20, unmapped_share=0.9), LayerKind.UNUSABLE),
        (layer(PROSE, picture_share=0.3, print_count=900, unlayered_count=300, is_spread=True), LayerKind.PARTIAL),
        # a seal and a signature
        (layer(PROSE, picture_share=0.05, print_count=900, unlayered_count=120, is_spread=False), LayerKind.SOUND),
        (layer(ENGLISH), LayerKind.FOREIGN),
        (layer(stored(PROSE, Encoding.TCVN3), "ABCDEF+.VnTime"), LayerKind.TCVN3),
        (layer(stored(PROSE, Encoding.VNI), "VNI-Times"), LayerKind.VNI),
    ],
)
def test_every_kind_is_told(found, kind):
    assert judge(found).kind == kind


@pytest.mark.parametrize("encoding", Encoding)
def test_a_font_without_a_telling_name_is_told_by_its_content(encoding):
    verdict = judge(layer(stored(PROSE, encoding), "Arial"))
    assert (verdict.kind.value, dict(verdict.encodings)) == (encoding.value, {"Arial": encoding})


def test_unicode_in_a_font_with_the_name_of_a_legacy_one_stays():
    verdict = judge(layer(PROSE, ".VnTime"))
    assert (verdict.kind, verdict.encodings) == (LayerKind.SOUND, ())


def test_fonts_of_one_page_are_judged_each_by_itself():
    verdict = judge(TextLayer((Run(stored(PROSE, Encoding.TCVN3), ".VnTime"), Run(PROSE, "Times New Roman"))))
    assert (verdict.kind, dict(verdict.encodings)) == (LayerKind.TCVN3, {".VnTime": Encoding.TCVN3})


def test_the_evidence_is_given():
    found = judge(layer(GARBAGE, picture_share=1.0)).evidence
    assert found.words > 20
    assert found.syllables < 0.6
    assert found.picture == 1.0


def test_the_picture_settles_what_is_hardly_vietnamese():
    foreign = layer(ENGLISH)
    verdict = judge(foreign)
    assert (
        settle(verdict, foreign, ["the committee shall repont", "every year to the council"]).kind == LayerKind.FOREIGN
    )
    seen = settle(verdict, foreign, ["ủy ban nhân dân tỉnh", "kế hoạch phát triển"])
    assert (seen.kind, seen.evidence.agreement) == (LayerKind.UNUSABLE, 0.0)
    assert settle(verdict, foreign, []).kind == LayerKind.UNUSABLE


def test_where_any_language_may_stand_none_is_asked_for():
    assert judge_any_language(layer(ENGLISH)).kind == LayerKind.SOUND
    assert judge_any_language(layer("\ue012\ue013 \ue014" * 20)).kind == LayerKind.UNUSABLE
