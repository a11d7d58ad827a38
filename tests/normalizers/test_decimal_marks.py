"""Commas that a scan made stops of are commas again, where the column has them."""

import pytest

from normalizers.decimal_marks import agree_on_marks, join_broken
from normalizers.mended import Mended

COMMAS = ("7,5", "≥ 12,25", "1.250,5", "88,0 - 90,5", "0,623", "3,1", "4,7")


def agreed(*texts: str, layers: frozenset[int] = frozenset()) -> list[str]:
    cells = {(0, at, 3): Mended(text) for at, text in enumerate(texts)}
    found = agree_on_marks(cells, {(0, at, 3) for at in layers})
    return [mended.text for mended in found.values()]


@pytest.mark.parametrize(
    ("read", "printed"),
    [("146.4", "146,4"), ("≥ 66.25", "≥ 66,25"), ("0.623", "0,623"), ("từ 7.5 đến 8.5", "từ 7,5 đến 8,5")],
)
def test_a_stop_before_decimals_is_a_comma_where_the_others_have_one(read, printed):
    assert agreed(*COMMAS, read)[-1] == printed


@pytest.mark.parametrize("read", ["1.250", "12.500.000", "12.5.2030", "12/2030", "1.250,5", "10.623", "5", "1.2345"])
def test_thousands_and_dates_keep_their_stops(read):
    assert agreed(*COMMAS, read)[-1] == read


def test_a_column_with_stops_before_decimals_keeps_them():
    texts = ("7.5", "8.25", "9.5", "7,5", "8,5", "9,1")
    assert agreed(*texts) == list(texts)


def test_what_a_text_layer_says_is_what_is_printed():
    assert agreed(*COMMAS, "7.5", layers=frozenset({len(COMMAS)}))[-1] == "7.5"


def test_the_repair_is_recorded_and_asks_nobody():
    cells = {(0, at, 3): Mended(text) for at, text in enumerate((*COMMAS, "7.5"))}
    (mended,) = [one for one in agree_on_marks(cells, set()).values() if one.repairs]
    assert (mended.repairs[0].read, mended.repairs[0].became, mended.flags) == ("7.5", "7,5", ())


def doubted(*texts: str, layers: frozenset[int] = frozenset()) -> list[str]:
    cells = {(0, at, 3): Mended(text) for at, text in enumerate(texts)}
    found = agree_on_marks(cells, {(0, at, 3) for at in layers})
    return [mended.text for mended in found.values() if mended.flags]


def test_white_where_the_others_have_a_stop_is_doubted():
    assert doubted("39.850", "≥ 41.200", "43.000", "39 850") == ["39 850"]
    assert doubted("39.850", "≥ 41.200", "từ 39.850 đến 41 200") == ["từ 39.850 đến 41 200"]
    assert agreed("39.850", "≥ 41.200", "43.000", "39 850")[-1] == "39 850"


def test_a_column_that_parts_thousands_by_white_asks_nobody():
    assert doubted("39 850", "41 200", "43.000") == []
    assert doubted("39.850", "41.200", "43.000", "năm 2030 500 hộ", "12 nhóm") == []
    assert doubted("39.850", "41.200", "43.000", "39 850", layers=frozenset({3})) == []


@pytest.mark.parametrize(
    ("read", "printed"),
    [("1.158.50\n0", "1.158.500"), ("≥ 12.5 00", "≥ 12.500"), ("1.158.500\n- 1.171.24\n1", "1.158.500\n- 1.171.241")],
)
def test_a_number_broken_at_the_columns_edge_is_whole(read, printed):
    found = join_broken(Mended(read))
    assert found.text == printed
    assert [repair.read for repair in found.repairs] == [read]


@pytest.mark.parametrize("read", ["1.158.500 0", "12.50 00", "7.5 đến 8.5", "12.5.2030 1", "1.158 500", "12,50 0"])
def test_what_is_no_broken_number_stays(read):
    assert join_broken(Mended(read)) == Mended(read)
