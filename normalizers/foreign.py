"""Words of a text that are no Vietnamese, and that nothing vouches for."""

from chitieu.model import Cell, Flag, FlagKind, Reading
from normalizers.repair import TEXT_LAYER
from normalizers.text import is_syllable, tokens, unknown_words
from normalizers.wording import one_mark_away, words_beside, words_of

# Above this share of words unknown (and two of them) a text is no Vietnamese.
UNKNOWN_SHARE = 0.34
# An indicator or a body with fewer letters is none.
LEAST_LETTERS = 2
_WORDY_FIELDS = ("indicator", "agency", "coagency")
_MARKS = ".,;:()[]\"'“”/-"


def foreign_words(field: str, cell: Cell, text: str) -> tuple[Flag, ...]:
    """Words that are no Vietnamese: of a text layer a good many; of an image each that no second reading confirms, or
    that the reader's own second guess has as Vietnamese.
    """
    unknown, words = unknown_words(text), tokens(text)
    if field in _WORDY_FIELDS and text and sum(char.isalpha() for char in text) < LEAST_LETTERS:
        return (Flag(FlagKind.NOT_VIETNAMESE, field, text),)
    if cell.readings[0].engine != TEXT_LAYER:
        confirmed = {word for second in cell.readings[1:] for word in tokens(second.text)}
        # What looks alike both models take alike: theirs is no word for a spelling that a mark makes Vietnamese.
        confirmed |= {word for word in tokens(cell.readings[0].witness or "") if not one_mark_away(word.lower())}
        confirmed -= _read_otherwise(text, cell.readings[1:])
        guessed = {rival.read.strip(_MARKS) for rival in cell.readings[0].rivals if not unknown_words(rival.instead)}
        alone = tuple(word for word in unknown if word not in confirmed or word in guessed)
        return (Flag(FlagKind.NOT_VIETNAMESE, field, " ".join(alone)),) if alone else ()
    if len(unknown) < 2 or len(unknown) < UNKNOWN_SHARE * len(words):
        return ()
    return (Flag(FlagKind.NOT_VIETNAMESE, field, " ".join(unknown)),)


def _read_otherwise(text: str, engines: tuple[Reading, ...]) -> set[str]:
    """The words of a text in whose place another engine has a Vietnamese word."""
    beside = [words_beside(text, engine.text) for engine in engines]
    places = ((word.text, [words.get(word.start, "") for words in beside]) for word in words_of(text))
    return {word for word, theirs in places if any(other and other != word and is_syllable(other) for other in theirs)}
