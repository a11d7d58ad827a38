"""Indicators of the seeds and of NQ03, and near misses."""

import csv
from pathlib import Path

import pytest

from normalizers.canonical import find_indicator
from normalizers.data import read_csv

_SEED_MAP = Path(__file__).parents[1] / "data" / "seed_map.csv"
with _SEED_MAP.open(encoding="utf-8", newline="") as _file:
    _SEED_ROWS = [row for row in csv.DictReader(_file) if row["indicator_id"]]


@pytest.mark.parametrize("row", _SEED_ROWS, ids=lambda row: f"{row['sample']} {row['row']}")
def test_every_row_of_the_seeds(row: dict[str, str]) -> None:
    assert find_indicator(row["indicator_text"]) == row["indicator_id"]


@pytest.mark.parametrize("row", read_csv("nq03_cp_phuluc1.csv"), ids=lambda row: row["tt"])
def test_every_row_of_nq03(row: dict[str, str]) -> None:
    assert find_indicator(row["chi_tieu"]) == row["indicator_id"]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Tỷ lệ hộ nghèo", "soc.poverty_rate"), ("tỉ lệ sử dụng DVCTT", "adm.online_service_use"),
        ("Tỷ lệ giao dich không dùng tiền mặt", "fin.cashless"), ("GRDP bình quân đầu người", "eco.grdp_per_capita"),
        ("TỶ LỆ ĐÔ THỊ HOÁ", "urb.urbanisation"),
    ],
)  # fmt: skip
def test_spellings_and_misreadings(text: str, indicator: str) -> None:
    assert find_indicator(text) == indicator


@pytest.mark.parametrize(
    "text",
    ["", "Tỷ lệ hộ cận nghèo", "Tỷ lệ thanh toán không dùng tiền mặt trong y tế", "Tổng kim ngạch nhập khẩu", "Dịch vụ",
     "Tốc độ tăng thu ngân sách nhà nước trên địa bàn", "Tỷ lệ trường học đạt chuẩn quốc gia mức độ 2",
     "Số bác sĩ trên 1.000 dân", "Quy mô kinh tế số lõi", "Tỷ lệ giao dịch tiền mặt", "Chỉ số đổi mới sáng tạo",
     "Tỷ lệ sử dụng dịch vụ công trực tuyến của doanh nghiệp", "Thu nhập bình quân đầu người"],
)  # fmt: skip
def test_near_misses_are_none(text: str) -> None:
    assert find_indicator(text) == ""
