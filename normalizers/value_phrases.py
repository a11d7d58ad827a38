"""Values in words: yes and no, dates, trends, deferral to guidance, ordinary prose."""

import re
from functools import lru_cache
from itertools import pairwise

from chitieu.model import ValueKind
from normalizers.lexicon import bigram_count
from normalizers.text import match_key, tokens
from normalizers.value_grammar import fold_signs, is_plain_prose, with_figures

_YES_NO = frozenset(
    match_key(text)
    for text in ("Đạt", "Có", "Không", "Chưa", "Hoàn thành", "Cơ bản hoàn thành", "Đã hoàn thành", "Chưa hoàn thành",
                 "Không đạt", "Chưa đạt", "Đạt chuẩn", "Đạt yêu cầu")
)  # fmt: skip
_LEVELS = frozenset(match_key(text) for text in ("Tốt", "Khá", "Cao", "Mạnh", "Nhanh", "Thấp", "Giỏi"))
_TREND_WORDS = frozenset(match_key(text) for text in ("Tăng", "Giảm", "Ổn định"))
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DATE = re.compile(
    r"(?:(?:đến |trước |sau |trong |hết |cuối |đầu |từ |hoàn thành |hoàn thành trước |hoàn thành trong )*"
    rf"(?:ngày )?(?:năm {_YEAR}|{_DAY}[/.-]{_MONTH}[/.-]{_YEAR}|quý (?:[1-4]|i{{1,3}}|iv)[/-]{_YEAR}"
    rf"|quý (?:[1-4]|i{{1,3}}|iv) năm {_YEAR}"
    rf"|(?:tháng )?{_MONTH}[/-]{_YEAR}|tháng {_MONTH} năm {_YEAR}|giai đoạn {_YEAR} ?[-–] ?{_YEAR}))"
    r"|h[àằ]ng (?:năm|quý|tháng)|thường xuyên"
)
_TREND = re.compile(r"(?:phấn đấu )?(?:duy trì|tăng|giảm|giữ|ổn định)\b.*")
_DEFERRED = re.compile(
    r"(?:(?:triển khai|thực hiện|phấn đấu|hoàn thành|đạt) )?"
    r"theo (?:hướng dẫn|quy định|kế hoạch|chỉ đạo|chỉ tiêu|phân công|lộ trình|quyết định|nghị quyết|yêu cầu"
    r"|mục tiêu)\b.*"
)
# What prose may name with digits: years, documents, generations of networks.
_NAMED_DIGITS = re.compile(
    rf"(?:năm|giai đoạn) {_YEAR}(?: ?[-–] ?{_YEAR})?"
    rf"|(?:số )?\d+/(?:{_YEAR}/)?[a-zđ]+(?:[-/][a-zđ&]+)+|số \d+-[a-zđ]+/[a-zđ]+|\b[2-6]g\b"
)


@lru_cache(maxsize=4096)
def read_phrase(text: str) -> ValueKind | None:
    """Kind of a value in words (lower case), None where it is none that is understood."""
    key = match_key(text)
    if key in _YES_NO:
        return ValueKind.YES_NO
    if _DATE.fullmatch(text):
        return ValueKind.DATE
    if key in _TREND_WORDS:
        return ValueKind.TREND
    if key in _LEVELS:
        return ValueKind.QUALITATIVE
    return _kind_of_prose(text)


def is_said_in_words(text: str) -> bool:
    """Whether a text counts something in words, in a sentence: `Có ít nhất một khu công nghệ đi vào hoạt động`."""
    folded = fold_signs(text)
    return with_figures(folded) != folded and not re.search(r"\d", folded) and _reads_as_vietnamese(folded)


def _kind_of_prose(text: str) -> ValueKind | None:
    prose = _NAMED_DIGITS.sub(" ", text)
    if not is_plain_prose(prose) or not _reads_as_vietnamese(prose):
        return None
    if _DEFERRED.fullmatch(text):
        return ValueKind.DEFERRED
    return ValueKind.TREND if _TREND.fullmatch(text) else ValueKind.QUALITATIVE


def _reads_as_vietnamese(prose: str) -> bool:
    """Whether enough neighbours among the words are known as neighbours: chance syllables are not."""
    words = [word for word in tokens(prose) if word.isalpha()]
    pairs = list(pairwise(words))
    known = sum(bigram_count(first, second) > 0 for first, second in pairs)
    return len(pairs) > 0 and known >= len(pairs) * (0.5 if len(pairs) < 8 else 0.3)
