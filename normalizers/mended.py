"""A cell's text after repair."""

from dataclasses import dataclass, replace

from chitieu.model import Flag, Repair
from normalizers.wording import Word, words_of


@dataclass(frozen=True, slots=True)
class Mended:
    """A cell's text after repair. `is_consensus`: the column says it so often that a misreading is out of question."""

    text: str
    repairs: tuple[Repair, ...] = ()
    flags: tuple[Flag, ...] = ()
    is_consensus: bool = False


def without_settled(mended: Mended) -> Mended:
    """Without the doubts about words that have given way to their likelier spelling since."""
    texts = {word.text for word in words_of(mended.text)}
    return replace(mended, flags=tuple(flag for flag in mended.flags if not _is_settled(flag, texts)))


def _is_settled(flag: Flag, texts: set[str]) -> bool:
    word, arrow, instead = flag.detail.partition(" → ")
    return bool(arrow) and word.isalpha() and word not in texts and instead in texts


def respelled(mended: Mended, word: Word, spelling: str, field: str, why: str) -> Mended:
    """The text with a word of it written otherwise, on record."""
    end = word.start + len(word.text)
    text = mended.text[: word.start] + spelling + mended.text[end:]
    return replace(mended, text=text, repairs=(*mended.repairs, Repair(field, mended.text, text, why)))
