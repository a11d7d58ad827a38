"""Abbreviations: those of the catalogues are known, others are strange."""

import pytest

from normalizers.acronyms import strange_acronyms


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Chỉ số năng lực cạnh tranh cấp tỉnh (PCI)", ()),
        ("Chỉ số năng lực cạnh tranh cấp tỉnh (POI)", ("POI",)),
        ("Tốc độ tăng trưởng CFDP bình quân", ("CFDP",)),
        ("Mục tiêu của giai đoạn II", ()),
        ("Trạm y tế có bác sĩ làm việc thường xuyên X", ("X",)),
        ("Tỷ lệ trẻ sơ sinh được tiêm viêm gan B", ()),
        ("TỐC ĐỘ TĂNG TRƯỞNG", ()),
    ],
)
def test_abbreviations_that_no_catalogue_has_are_strange(text: str, strange: tuple[str, ...]) -> None:
    assert strange_acronyms(text) == strange
