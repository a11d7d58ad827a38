"""Units that no catalogue has: plain nouns are new, what is nearly a known unit is doubted."""

import pytest

from normalizers.new_units import is_plain_noun


@pytest.mark.parametrize("text", ["Bản tin", "Thùng", "Phiên chợ", "Buổi/tháng", "Trạm sạc"])
def test_a_plain_noun_is_a_unit(text: str) -> None:
    assert is_plain_noun(text)


@pytest.mark.parametrize(
    "text", ["Tỷ đống", "Lao đông", "Giường bênh", "km3", "Bản t1n", "", "12", "xyz", "Doanh nghiêp"]
)
def test_a_known_unit_misread_and_no_words_are_none(text: str) -> None:
    assert not is_plain_noun(text)
