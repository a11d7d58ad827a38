"""Pieces of value texts: signs, comparison words, numbers, ranges, and what follows them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from normalizers.numbers import parse_number
from normalizers.text import clean_line, is_syllable, tokens, unknown_words

# As typed on keyboards and drawn by fonts: shared domain notes, values.csv
_AT_LEAST = re.compile(r"[⩾≧≽]|> ?[\u0332\u0333]|> =|>=|=>|＞=")
_AT_MOST = re.compile(r"[⩽≦≼]|< ?[\u0332\u0333]|< =|<=|=<|＜=")
_RANGE_SIGN = r"(?:[-‐‑‒–—−÷~]|đến|tới|và)"
_NUMBER = r"\d+(?:[.,]\d+)*(?: \d+(?:[.,]\d+)*)*"
_RANGE = re.compile(rf"({_NUMBER})(?P<unit>(?: ?[%‰])?)\s*(?P<sign>{_RANGE_SIGN})\s*({_NUMBER})")
_SINGLE = re.compile(_NUMBER)
# May be a number, may be a misread sign before one: `≥ 800` → `2 800`; `9-10` → `9.10`.
_MISREAD_SIGN = re.compile(r"\d \d{3}|[1-9]\d*\.\d?0")
_WORDS_AT_LEAST = "tối thiểu|ít nhất|không dưới|không thấp hơn|không ít hơn|không nhỏ hơn|≥"
_WORDS_AT_MOST = "tối đa|nhiều nhất|không quá|không vượt quá|không trên|không cao hơn|không lớn hơn|≤"
_COMPARATOR = re.compile(
    rf"(?:(?P<ge>{_WORDS_AT_LEAST})|(?P<le>{_WORDS_AT_MOST})|(?P<gt>trên|hơn|lớn hơn|cao hơn|vượt|>)"
    r"|(?P<lt>dưới|nhỏ hơn|thấp hơn|ít hơn|<)|(?P<about>khoảng|xấp xỉ|gần|~|≈)|(?P<eq>=|bằng))(?![^\W\d_]) ?"
)
# `ít nhất một khu`, not `ít nhất một phần ba`; `năm` is a year.
_FIGURE_OF = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_IN_WORDS = re.compile(
    rf"(?<![^\W\d_])({_WORDS_AT_LEAST}|{_WORDS_AT_MOST}) ({'|'.join(_FIGURE_OF)})"
    r"(?= (?!(?:mươi|trăm|ngh[iì]n|ngàn|triệu|tỷ|tỉ|phần|số|nửa|một|hai|ba|bốn|năm|sáu|bảy|tám|chín)(?![^\W\d_]))"
    r"[^\W\d_])"
)
_SIGN_OF = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<", "about": "~", "eq": "="}
_FROM_ON = re.compile(r"(.*?) ?\btrở (lên|xuống)\b ?(.*)")
# `Phần đầu`, `Phân đấu`: how scanned seeds misspell it
_MODAL = re.compile(
    r"(?P<word>ph[ấầâ]n đ[ấầâ]u|duy trì|giữ vững|giữ|đạt được|đạt|mức|ở mức|lên|"
    r"giảm xuống còn|giảm còn|giảm xuống|xuống còn|xuống|còn|tăng lên|có)(?![^\W\d_]) ?"
)
_QUALIFIER_OF = {"xuống": "giảm", "còn": "giảm", "giữ vững": "duy trì", "giữ": "duy trì", "tăng lên": "tăng"}
_SILENT = frozenset({"mức", "ở mức", "lên", "có", "đạt được"})
COMPARISONS = re.compile(
    r"[<>=≥≤±~≈|*_\\]|\b(tối thiểu|tối đa|ít nhất|nhiều nhất|không quá|không dưới|khoảng"
    r"|trở lên|trở xuống|phần trăm|mươi|trăm)\b"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or range as written: `high` None for a single number."""

    low: Decimal
    high: Decimal | None
    rest: str


def fold_signs(text: str) -> str:
    """The text in one line and lower case, one sign for every spelling of `≥` and `≤`, maths signs `$` off."""
    line = clean_line(text).strip("$ ").lower()
    return _AT_MOST.sub("≤", _AT_LEAST.sub("≥", line)).replace("％", "%")


def with_figures(text: str) -> str:
    """The text (lower case) with a small number in words, behind a word that compares, in figures.

    >>> with_figures("có ít nhất một khu công nghệ thông tin"), with_figures("ít nhất một phần ba")
    ('có ít nhất 1 khu công nghệ thông tin', 'ít nhất một phần ba')
    """
    return _IN_WORDS.sub(lambda found: f"{found[1]} {_FIGURE_OF[found[2]]}", text)


def take_modals(text: str) -> tuple[str, str]:
    """The words before a value (`phấn đấu đạt`) as one qualifier, and what follows them."""
    qualifier = ""
    while match := _MODAL.match(text):
        qualifier = qualifier or _qualifier_of(match["word"])
        text = text[match.end() :]
    return qualifier, text


def _qualifier_of(word: str) -> str:
    if word in _SILENT:
        return ""
    if word.startswith("ph"):
        return "phấn đấu"
    return "giảm" if word.startswith("giảm") else _QUALIFIER_OF.get(word, word)


def take_comparator(text: str) -> tuple[str, str]:
    """The comparator (`>=`, …; "" where none is written) in front of a text, and what follows it."""
    match = _COMPARATOR.match(text)
    if match is None or match.lastgroup is None:
        return "", text
    return _SIGN_OF[match.lastgroup], text[match.end() :]


def take_from_on(text: str) -> tuple[str, str]:
    """`>=` for `trở lên`, `<=` for `trở xuống`, "" for neither; and the text without these words and their `từ`."""
    match = _FROM_ON.fullmatch(text)
    if match is None:
        return "", text
    rest = f"{match[1]} {match[3]}".strip()
    return (">=" if match[2] == "lên" else "<="), rest.removeprefix("từ ")


def take_amount(text: str) -> Amount | None:
    """The number or range in front of a text; None where it is not certain."""
    for opening in ("từ ", "giữa "):
        if text.startswith(opening):
            return _take_range(text.removeprefix(opening), opening)
    return _take_range(text, "") if _RANGE.match(text) else _take_single(text)


def _take_range(text: str, opening: str) -> Amount | None:
    match = _RANGE.match(text)
    if match is None or (match["sign"] == "và") != (opening == "giữa "):
        return None
    low, high = _certain_number(match[1]), _certain_number(match[4])
    rest = text[match.end() :]
    if low is None or high is None or not low < high or high > 1000 * max(low, Decimal(1)):
        return None
    has_unit_twice_or_never = not match["unit"] or rest.lstrip().startswith(match["unit"].strip())
    return Amount(low, high, rest) if has_unit_twice_or_never else None


def _take_single(text: str) -> Amount | None:
    match = _SINGLE.match(text)
    number = _certain_number(match[0]) if match else None
    return None if match is None or number is None else Amount(number, None, text[match.end() :])


def _certain_number(text: str) -> Decimal | None:
    return None if _MISREAD_SIGN.fullmatch(text) else parse_number(text)


def is_plain_prose(text: str) -> bool:
    """Whether the text is ordinary Vietnamese with nothing that is counted or compared in it."""
    words = tokens(text)
    if not words or re.search(r"\d", text) or COMPARISONS.search(text):
        return False
    return not unknown_words(text) and all(len(word) > 1 or is_syllable(word) for word in words)
