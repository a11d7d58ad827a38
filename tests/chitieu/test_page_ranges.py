import pytest

from chitieu.page_ranges import ALL_PAGES, parse_pages


@pytest.mark.parametrize(
    ("text", "pages"), [("3", [3]), ("3-5", [3, 4, 5]), ("1,3-5", [1, 3, 4, 5]), (" 1 , 3 – 4 ", [1, 3, 4])]
)
def test_pages_are_named_one_by_one_or_as_ranges(text: str, pages: list[int]) -> None:
    ranges = parse_pages(text)
    assert ranges is not None
    assert [page for page in range(1, 9) if page in ranges] == pages
    assert ranges.last == pages[-1]


@pytest.mark.parametrize("text", ["", "0", "5-3", "a", "1-", "-3", "1,,2", "1;2", "9999999", "1.5"])
def test_what_names_no_pages_is_refused(text: str) -> None:
    assert parse_pages(text) is None


def test_without_ranges_every_page_is_named() -> None:
    assert 1 in ALL_PAGES
    assert 2000 in ALL_PAGES
