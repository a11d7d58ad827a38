"""Units whose strokes were misread."""

import pytest

from normalizers.unit_repair import unit_of_seconds
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
