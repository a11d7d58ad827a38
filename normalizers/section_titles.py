"""Which rows are titles of sections."""

from functools import cache

from chitieu.model import Role
from chitieu.open_ends import is_left_open
from normalizers.cells import key_words
from normalizers.codes import CodeKind, as_roman, roman_value
from normalizers.data import read_words
from normalizers.periods import find_period
from normalizers.placed import PlacedRow, has_only_title, has_values
from normalizers.rows import cells_of
from normalizers.text import clean_line, fold_marks, match_key
from normalizers.wording import Word, support, words_of

# What stands behind `chỉ tiêu` (targets) in a title and not behind `chi tiêu` (spending).
_BEHIND_TARGETS = frozenset({"về", "đến", "cụ", "chủ", "giai", "năm", "phát"})


def roman_titles(shapes: tuple[PlacedRow, ...]) -> frozenset[int]:
    """The rows with nothing but a title whose numbers are I, II, III in this order, or look like it (`1`, `11`, `l`).

    After one that only looks like it the numbers of the rows start again, unless no row has one. None where there is
    only one title: `1` may be a group's number.
    """
    found: list[int] = []
    is_unnumbered = all(shape.code.kind is CodeKind.NONE for shape in shapes if has_values(shape.raw))
    for index, shape in enumerate(shapes):
        roman = as_roman(shape.code) if shape.title and has_only_title(shape.raw) else ""
        is_sure = shape.code.kind is CodeKind.ROMAN or is_unnumbered or starts_again_after(shapes, index)
        if roman and is_sure and roman_value(roman) == len(found) + 1:
            found.append(index)
    return frozenset(found) if len(found) > 1 else frozenset()


def plain_titles(shapes: tuple[PlacedRow, ...]) -> frozenset[int]:
    """The rows with nothing but a title and no number, between records whose numbers go on from one to the other.

    What is left of a row cut in two looks alike, but begins in capitals only by chance, and seldom twice: one alone is
    left in doubt.
    """
    found = [index for index in range(1, len(shapes) - 1) if _is_plain_title(*shapes[index - 1 : index + 2])]
    return frozenset(found) if len(found) > 1 else frozenset()


def _is_plain_title(before: PlacedRow, shape: PlacedRow, after: PlacedRow) -> bool:
    is_title = shape.code.kind is CodeKind.NONE and has_only_title(shape.raw) and not shape.raw.is_doubtful
    if not is_title or not shape.title[:1].isupper() or goes_on(before.title):
        return False
    numbers = [row.code.path for row in (before, after) if row.code.kind is CodeKind.NUMBER and has_values(row.raw)]
    return len(numbers) == 2 and len(numbers[0]) == 1 and numbers[1] in ((numbers[0][0] + 1,), (1,))


def goes_on(text: str) -> bool:
    """Whether a text ends where none does: at a comma, in a bracket, after a word that another follows.

    >>> goes_on("Tỷ lệ hộ nghèo ở các"), goes_on("Thu ngân sách (không kể"), goes_on("Tỷ lệ hộ nghèo")
    (True, True, False)
    """
    words = key_words(text)
    return is_left_open(text) or (bool(words) and words[-1] in _joining_words())


@cache
def _joining_words() -> frozenset[str]:
    return frozenset(key_words(" ".join(read_words("joining_words.txt"))))


def starts_again_after(shapes: tuple[PlacedRow, ...], index: int) -> bool:
    """Whether the next row with a number is numbered 1."""
    coded = next((later for later in shapes[index + 1 : index + 4] if later.code.kind is not CodeKind.NONE), None)
    return coded is not None and coded.code.path == (1,)


def is_section(shape: PlacedRow, following: PlacedRow | None, *, starts_again: bool) -> bool:
    """Whether a row is a section's title: nothing else is printed in it, and its number or words are a section's.

    `following` is the row below it; `starts_again` where the next row with a number is numbered 1.
    """
    if not has_only_title(shape.raw) or not shape.title:
        return False
    if following is not None and len(following.code.path) > 1 and following.code.path != (1, 1):
        # `2.1` under it: a group whose `2` was misread.
        return False
    if shape.code.kind in (CodeKind.ROMAN, CodeKind.CAPITAL):
        return True
    if shape.code.kind is CodeKind.NONE:
        return _reads_as_title(shape)
    if shape.code.kind is CodeKind.OTHER and _is_wide(shape) and find_period(shape.title):
        return True
    # A scanned `I` comes back as `1`, `l` or `L`, under a pen as anything: then the rows start again with 1.
    is_unread = bool(as_roman(shape.code)) or shape.code.kind is CodeKind.OTHER
    return starts_again and is_unread and _begins_like_section(shape.title)


def with_usual_start(title: str) -> str:
    """A section's title whose first words are misread by their marks, as such titles begin; else as it is.

    `Chi tiêu` (spending) alone is left where a noun stands behind it.

    >>> with_usual_start("Vê kinh tế"), with_usual_start("Nhóm chi tiêu xã hội"), with_usual_start("CHI TIÊU VỀ Y TẾ")
    ('Về kinh tế', 'Nhóm chỉ tiêu xã hội', 'CHỈ TIÊU VỀ Y TẾ')
    >>> with_usual_start("Chi tiêu công"), with_usual_start("Vé tàu"), with_usual_start("Về đích nông thôn mới")
    ('Chi tiêu công', 'Vé tàu', 'Về đích nông thôn mới')
    """
    title = clean_line(title)
    words = words_of(title)
    keys = [match_key(word.text) for word in words]
    for start in sorted((phrase.split() for phrase in _section_words()), key=len, reverse=True):
        read = keys[: len(start)]
        if read == start:
            return title
        if fold_marks(" ".join(read)) == fold_marks(" ".join(start)) and _is_surely(start, words, keys[len(start) :]):
            return _respelled(title, words, start)
    return title


def usual_start(title: str) -> frozenset[str]:
    """The words with which a title begins as titles of sections do, as printed; none where it begins otherwise.

    >>> sorted(usual_start("Các chỉ tiêu về kinh tế")), sorted(usual_start("Nông nghiệp"))
    (['Các', 'chỉ', 'tiêu'], [])
    """
    words = words_of(title)
    keys = [match_key(word.text) for word in words]
    lengths = [len(start) for start in map(str.split, _section_words()) if keys[: len(start)] == start]
    return frozenset(word.text for word in words[: max(lengths, default=0)])


def _is_surely(start: list[str], words: tuple[Word, ...], behind: list[str]) -> bool:
    if start == ["chỉ", "tiêu"]:
        return not behind or behind[0] in _BEHIND_TARGETS
    if len(start) > 1:
        return True
    # A word alone is one only where it goes with the next and what was read does not.
    word, other = words[0], start[0]
    return bool(word.after) and not support(word) and support(word, other) > 0


def _respelled(title: str, words: tuple[Word, ...], start: list[str]) -> str:
    """The title with its first words in another spelling, capitals kept."""
    for word, other in zip(words, start, strict=False):
        if len(word.text) == len(other):
            kept = "".join(b.upper() if a.isupper() else b for a, b in zip(word.text, other, strict=True))
            title = title[: word.start] + kept + title[word.start + len(kept) :]
    return title


def _reads_as_title(shape: PlacedRow) -> bool:
    if shape.raw.is_doubtful or shape.title[:1].islower():
        return False
    return _is_wide(shape) or _begins_like_section(shape.title) or shape.title.isupper()


def _is_wide(shape: PlacedRow) -> bool:
    return any(cell.col_span > 1 for _, cell in cells_of(shape.raw, Role.INDICATOR))


def _begins_like_section(title: str) -> bool:
    words = " ".join(key_words(title)) + " "
    return bool(find_period(title)) or any(words.startswith(f"{start} ") for start in _section_words())


@cache
def _section_words() -> tuple[str, ...]:
    lines = read_words("section_words.txt")
    return tuple(" ".join(key_words(line)) for line in lines)
