"""A word that hardly stands where it was read, and how other readers spell it there."""

from normalizers.text import match_key
from normalizers.wording import Doubt, Word, is_respelling, support


def third_spellings(doubt: Doubt, printed: str, theirs: list[dict[int, str]]) -> list[str]:
    """What others have there that is neither what was read nor what it becomes, and stands beside its neighbours."""
    known = {_letter_key(doubt.word.text), _letter_key(printed)}
    others = dict.fromkeys(words.get(doubt.word.start, "") for words in theirs)
    return [
        other
        for other in others
        if _letter_key(other) not in known and is_respelling(doubt.word.text, other) and support(doubt.word, other)
    ]


def printed_as(doubt: Doubt, theirs: list[dict[int, str]]) -> str:
    """The likelier spelling as the first of the other readers that has it there writes it; empty where none has."""
    key = _letter_key(doubt.instead)
    there = (words.get(doubt.word.start, "") for words in theirs)
    return next((word for word in there if _letter_key(word) == key), "")


def is_same(word: Word, theirs: dict[int, str]) -> bool:
    """Whether another reading has the word in its place."""
    return _letter_key(theirs.get(word.start, "")) == _letter_key(word.text)


def _letter_key(word: str) -> str:
    """A word blind to the place of its tone mark alone: small letters and capitals are told apart."""
    return match_key(word) if word.islower() else match_key(word).capitalize()
