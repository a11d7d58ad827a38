"""Numbers of rows: `9.1`, `II`, `a)`, `-`; their grammar and their order."""

import re
from dataclasses import dataclass
from enum import StrEnum

from normalizers.text import clean_line

_SPECKS = "'\"`_|,;:·•"
_NUMBER = re.compile(r"(?:([IVX]{1,5})\s*\.\s*)?(\d{1,3}(?:\s*[.,]\s*\d{1,3})*)")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_LEADING_CODE = re.compile(
    r"((?:[IVX]+\.)?\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)]|[a-zđ]\)|"
    r"[IVX]{1,5}[.)]|[IVXivx|!lL1]{2,5}\.|[A-H][.)]|[-–+*•])\s+(?=\S)"
)
_BULLETS = frozenset("-–—+*•")
# The letters that a scanned `I` comes back as; only believed where the row can be nothing but a section.
_LOOKS_ROMAN = str.maketrans("lL1|!i[]ÌÍỊìíịvx", "IIIIIIIIIIIIIIVX")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "abcdđeghiklmnopqrstuvxy")


class CodeKind(StrEnum):
    NUMBER = "number"
    ROMAN = "roman"
    CAPITAL = "capital"
    LETTER = "letter"
    BULLET = "bullet"
    NONE = "none"
    OTHER = "other"


# What sections are numbered with.
ORDINALS = (CodeKind.ROMAN, CodeKind.CAPITAL)


@dataclass(frozen=True, slots=True)
class Code:
    """A row's number, clean; `path` holds the parts of `9.1` as numbers, `prefix` the Roman before them."""

    kind: CodeKind
    text: str
    path: tuple[int, ...] = ()
    prefix: str = ""

    @property
    def parent(self) -> str:
        return self.text.rpartition(".")[0] if len(self.path) > 1 else ""


NO_CODE = Code(CodeKind.NONE, "")


def read_code(text: str) -> Code:
    """The code that a code cell holds; OTHER, with its text as read, where it fits no grammar.

    >>> read_code("9. 1.").text
    '9.1'
    >>> read_code("a)").kind
    <CodeKind.LETTER: 'letter'>
    """
    line = clean_line(text)
    if line in _BULLETS:
        return Code(CodeKind.BULLET, line)
    bare = line.strip(_SPECKS + " ").removeprefix("(").rstrip(".)/ " + _SPECKS)
    if not bare:
        return NO_CODE if not line else Code(CodeKind.OTHER, line)
    if match := _NUMBER.fullmatch(bare):
        parts = re.findall(r"\d+", match[2])
        prefix = f"{match[1]}." if match[1] else ""
        return Code(CodeKind.NUMBER, prefix + ".".join(parts), tuple(map(int, parts)), match[1] or "")
    if _ROMAN.fullmatch(bare):
        return Code(CodeKind.ROMAN, bare)
    if re.fullmatch(r"[A-HĐ]", bare):
        return Code(CodeKind.CAPITAL, bare)
    if re.fullmatch(r"[a-zđ]", bare):
        return Code(CodeKind.LETTER, bare)
    return Code(CodeKind.OTHER, bare)


def bullet_mark(code: Code) -> str:
    """The mark of a bullet, all dashes alike; empty for other codes."""
    return ("-" if code.text in "-–—" else code.text) if code.kind is CodeKind.BULLET else ""


def split_code(text: str) -> tuple[Code, str]:
    """The code that stands before a title in the same cell, and the title: `9.1. Tỷ lệ…`, `- Nông thôn`, `I. Đến…`.

    >>> code, title = split_code("ii. Đến năm 2030")
    >>> as_roman(code), title
    ('II', 'Đến năm 2030')
    """
    match = _LEADING_CODE.match(text)
    if not match:
        return NO_CODE, text
    return read_code(match[1]), text[match.end() :]


def as_roman(code: Code) -> str:
    """The Roman number that a code is or looks like; empty where it looks like none."""
    roman = code.text.replace(" ", "").translate(_LOOKS_ROMAN)
    return roman if roman and _ROMAN.fullmatch(roman) else ""


def roman_value(roman: str) -> int:
    """The number that a Roman number stands for.

    >>> roman_value("XIV")
    14
    """
    values = [_ROMAN_VALUES[letter] for letter in roman]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def follows(code: Code, before: Code | None) -> bool:
    """Whether a code is one that may stand right after another: `10` or `9.1` after `9`, `1` at the start."""
    return code.path in _next_paths(before)


def with_lost_dots(code: Code, before: Code | None) -> Code | None:
    """The code that may stand right after another and has the same digits: `11.1` for `111` after `11`."""
    if code.prefix:
        return None
    digits = "".join(map(str, code.path))
    same = [path for path in _next_paths(before) if "".join(map(str, path)) == digits]
    return read_code(".".join(map(str, same[0]))) if len(same) == 1 and code.path != same[0] else None


def _next_paths(before: Code | None) -> set[tuple[int, ...]]:
    if before is None or before.kind is not CodeKind.NUMBER:
        return {(1,), (1, 1)}
    path = before.path
    return {(*path[:depth], path[depth] + 1) for depth in range(len(path))} | {(*path, 1)}


def letter_follows(letter: str, before: str) -> bool:
    """Whether a letter is the next of the Latin or the Vietnamese alphabet; `a` follows nothing."""
    if not before:
        return letter == "a"
    return any(before + letter in alphabet for alphabet in _ALPHABETS)


def lost_letter(letter: str, before: str) -> str:
    """The letter that should stand between two; empty where the second does not come later in any alphabet."""
    for alphabet in reversed(_ALPHABETS):
        at, last = alphabet.find(letter), alphabet.find(before) if before else -1
        if at > last + 1 and letter in alphabet:
            return alphabet[last + 1]
    return ""


_CAPITALS = "ABCDEGHIKLMNOPQ"


def ordinal_value(text: str, kind: CodeKind) -> int:
    """The place of a Roman number or a capital letter in its order, from 1; 0 where it has none."""
    if kind is CodeKind.CAPITAL:
        return _CAPITALS.find(text) + 1 if len(text) == 1 else 0
    return roman_value(text) if text and _ROMAN.fullmatch(text) else 0


def ordinal_text(value: int, kind: CodeKind) -> str:
    """The Roman number or capital letter at a place.

    >>> ordinal_text(14, CodeKind.ROMAN)
    'XIV'
    """
    if kind is CodeKind.CAPITAL:
        return _CAPITALS[value - 1]
    tens, ones = divmod(value, 10)
    return "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]
