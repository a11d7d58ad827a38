"""Headers and section titles with the years that they set."""

import pytest

from normalizers.periods import find_period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Mục tiêu đến năm 2030", "2030"), ("Đến hết năm 2026", "2026"), ("Tầm nhìn đến năm 2045", "2045"),
        ("Tầm nhìn 2045", "2045"), ("Thực hiện 2025", "2025"), ("KH năm 2026", "2026"), ("Năm 2030", "2030"), ("2030", "2030"),
        ("Mục tiêu giai đoạn 2026 - 2030", "2026-2030"), ("Giai đoạn 2026–2030", "2026-2030"),
        ("từ năm 2026 đến năm 2030", "2026-2030"), ("MỤC TIÊU\nĐẾN NĂM 2030", "2030"), ("Năm 2030 (so với năm 2025)", "2030"),
        ("Mục tiêu đến năm 2030, tầm nhìn đến năm 2045", ""), ("Năm 2025, năm 2026", ""), ("Chỉ tiêu", ""), ("", ""),
        ("Số 1139/QĐ-UBND", ""), ("Quyết định số 33/2022/NQ-HĐND", ""), ("ngày 09/7/2025", ""), ("2030-2026", ""),
        ("2.030 hộ", ""), ("20300", ""), ("Năm 2O30", ""), ("Năm 1030", ""), ("Năm 2026-2030 và 2045", ""),
    ],
)  # fmt: skip
def test_periods_of_titles(text: str, period: str) -> None:
    assert find_period(text) == period
