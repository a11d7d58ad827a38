"""Units whose strokes were misread."""

import pytest

from normalizers.unit_repair import unit_by_letters, unit_of_seconds
from tests.normalizers.way import reading


@pytest.mark.parametrize(
    ("first", "second", "unit"),
    [
        ("Triệu đồng] ha", "Triệu đồng/ha", "Triệu đồng/ha"),
        ("Bác sĩIvạn dân", "Bác sĩ/vạn dân", "Bác sĩ/vạn dân"),
        ("Triệu đồng/ha", "Triệu đồng/hạ", ""),
        ("%‰", "%", ""),
        ("Triệu đông] ha", "Triệu đồng/ha", ""),
        ("Chậu] năm", "Chậu cây/năm", ""),
        ("", "%", ""),
    ],
)
def test_only_strokes_give_way_to_a_known_unit(first: str, second: str, unit: str) -> None:
    assert unit_of_seconds(first, [reading(second, engine="tesseract")]) == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("tý đồng", "tỷ đồng"),
        ("Triêu đồng/người", "triệu đồng/người"),
        ("tỷ đồng", ""),
        ("ty aồng", ""),
        ("Còn", ""),
        ("", ""),
    ],
)
def test_a_unit_with_the_letters_of_one_known_unit_is_that(text: str, unit: str) -> None:
    assert unit_by_letters(text).lower() == unit
