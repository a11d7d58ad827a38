"""What print hardly has in a scanned text: spellings, commas and quotes out of place. Each is said, none is changed.

The language alone proves nothing: of fifteen printed words in a row, one is beyond all doubt for every fortieth time
(text layers of real decisions). It counts as far as the reader is unsure, or not of one mind with the others.
"""

import re
from dataclasses import replace
from math import log

from normalizers.canonical import indicator_beginnings
from normalizers.lexicon import bigram_count, is_syllable, syllable_count
from normalizers.text import clean_line, fold_marks, match_key
from normalizers.tones import place_tone
from normalizers.wording import advantage, one_mark_away, support, words_of

# Logarithms of how much better another spelling fits: beyond doubt; where the reader is not sure; where readers differ.
OVERWHELMING, STRONG, SLIGHT = 5.0, 4.0, 2.0
# Two words that a mark parts go together so often that there is none; `kinh tế, xã hội` has 0.7, `đô, thị` 5.6.
ONE_TERM = 4.0
# How many times as often legal texts have the word a mark away.
FAR_MORE_FREQUENT = 10
# Of words that go together by chance this logarithm is 0.
_CHANCE = 6.0

_QUOTES = re.compile(r"[\"“”]")
_LONE_QUOTE = re.compile(r"[“‘](?=\s|$)|(?<=[\w,]) ?[”](?=\w)")
_STOP_INSIDE = re.compile(r"\d\. (?=[^\W\d_A-ZÀ-ỸĐ])|[,;:]{2,}|\s[,;:.](?=\s)|\s[*_|^~`](?=\s|$)")
_PARTED = re.compile(r"([^\W\d_]+)(?:[,:;./]\s?| [-–—] )(?=([^\W\d_]+))")
_FIRST_WORD_PARTED = re.compile(r"(?i:số|tỷ|tỉ|tổng|mức)[,;:.](?=\s?[^\W\d_])")
_LONE_LETTER = re.compile(r"(?<![^\s(])[^\W\d_](?=\s|$)")
_WORD = re.compile(r"[^\W\d_]+")
_UNITS = frozenset("mglh")
# What letters tell apart, beside what the bigrams of decisions have.
_NAMED_BY_LETTERS = frozenset(
    {"vitamin", "gan", "cúm", "lớp", "mức", "khối", "bảng", "mẫu", "biểu", "lô", "cổng", "án"}
)
_MIXED_GROUPS = (re.compile(r"\d \d{3}(?!\d)"), re.compile(r"\d\.\d{3}(?!\d)"))


def unlikely_words(text: str, least: float) -> tuple[tuple[str, str], ...]:
    """The words of which another spelling, one mark away, fits so much better, with that spelling.

    >>> unlikely_words("chất thải rắn được thủ gom", 5.0)
    (('thủ', 'thu'),)
    """
    found = []
    for line in re.split(r"[\n;]", text):
        for word in words_of(line):
            # Capitals begin names, of which the language knows little.
            if word.neighbours and word.text.islower():
                options = ((advantage(word, other), other) for other in one_mark_away(word.text.lower()))
                gain, instead = max(options, default=(0.0, ""))
                # One neighbour alone tells little: `Số sản phẩm`, for `cơ sở sản xuất` is everywhere.
                if gain >= (least if word.neighbours == 2 else OVERWHELMING):
                    found.append((word.text, place_tone(instead)))
    return tuple(found)


def rare_words(text: str) -> tuple[tuple[str, str], ...]:
    """The words that stand nowhere beside either neighbour, with a far more frequent one a mark away.

    A sign only where the reader is not quite sure: 38 of 1,361 rows of faxes that nothing else flagged have one.

    >>> rare_words("Số phiện giao dịch việc làm"), rare_words("Số phiên giao dịch việc làm")
    ((('phiện', 'phiên'),), ())
    """
    found = []
    for line in re.split(r"[\n;]", text):
        for word in words_of(line):
            if word.neighbours == 2 and word.text.islower() and not support(word):
                instead = max(one_mark_away(word.text), key=syllable_count, default="")
                if syllable_count(instead) >= FAR_MORE_FREQUENT * (syllable_count(word.text) + 1):
                    found.append((word.text, place_tone(instead)))
    return tuple(found)


def strange_starts(text: str) -> tuple[tuple[str, str], ...]:
    """The word one mark away from how names of indicators begin, with the usual one, where it fits no neighbour.

    Of 2,211 names as printed none has one.

    >>> strange_starts("Tống lượt khách"), strange_starts("Tỷ trong công nghiệp"), strange_starts("Thú y")
    ((('Tống', 'tổng'),), (('trong', 'trọng'),), ())
    """
    words = words_of(text)
    keys = tuple(match_key(word.text) for word in words)
    starts = [start for start in indicator_beginnings() if len(start) <= len(keys)]
    if any(keys[: len(start)] == start for start in starts):
        return ()
    for start in starts:
        strange = [index for index, key in enumerate(start) if key != keys[index]]
        if len(strange) == 1 and fold_marks(keys[strange[0]]) == fold_marks(start[strange[0]]):
            word = words[strange[0]]
            if not support(replace(word, after="") if word.before else word):
                return ((word.text, start[strange[0]]),)
    return ()


def stray_marks(text: str) -> tuple[str, ...]:
    """Quotes without a mate, marks where no sentence or part of it ends, two kinds of thousands in one text.

    >>> stray_marks("phát “triển công nghệ"), stray_marks("dưới 1. tuổi"), stray_marks("xây dựng đô, thị thông minh")
    (('“',), ('1. ',), ('đô, thị',))
    >>> stray_marks("đầu tư trực - tiếp"), stray_marks("kinh tế - xã hội"), stray_marks("69 050 - 81.619")
    (('trực - tiếp',), (), ('9 050',))
    >>> stray_marks("số vụ tai/nạn giao thông"), stray_marks("Số, mô hình tiêu biểu"), stray_marks("người/km vuông")
    (('tai/nạn',), ('Số,',), ())
    >>> stray_marks("Đạt yêu cầu A"), stray_marks("do tỉnh quản Ý"), stray_marks("bệnh viện hạng A, nhà ở")
    (('A',), ('Ý',), ())
    """
    line = clean_line(text)
    found = [match[0] for pattern in (_LONE_QUOTE, _STOP_INSIDE) for match in pattern.finditer(line)]
    quotes = _QUOTES.findall(line)
    if len(quotes) % 2 and not found:
        found.append(quotes[0])
    found += [match[0] for match in [_FIRST_WORD_PARTED.match(line)] if match]
    found += [match[0] for match in _LONE_LETTER.finditer(line) if _is_stray(line, match.start(), match.end())]
    found += [f"{match[0]}{match[2]}" for match in _PARTED.finditer(line) if _is_one_term(match[1], match[2])]
    blanks, stops = (pattern.search(line) for pattern in _MIXED_GROUPS)
    return (*found, blanks[0]) if blanks and stops else tuple(found)


def _is_stray(line: str, start: int, end: int) -> bool:
    """Whether a letter by itself is no word, and never stands beside those that it stands beside."""
    letter, before, after = line[start:end], _WORD.findall(line[:start])[-1:], _WORD.findall(line[end:])[:1]
    if letter in _UNITS or (is_syllable(letter) and not (letter.isupper() and start)):
        return False
    known = [bigram_count(*pair) for pair in [(*before, letter), (letter, *after)] if len(pair) == 2]
    return not any(known) and match_key(" ".join(before)) not in _NAMED_BY_LETTERS


def _is_one_term(first: str, second: str) -> bool:
    together = bigram_count(first, second)
    apart = log(1 + syllable_count(first.lower())) + log(1 + syllable_count(second.lower()))
    return together > 0 and second[:1].islower() and log(1 + together) - apart / 2 + _CHANCE >= ONE_TERM
