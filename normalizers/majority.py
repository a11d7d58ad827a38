"""Words of the first reading that two others have otherwise, and alike.

Where lines are set tight the second model also sees the marks that may be another line's (extractors/lines.py), and
another engine cuts its lines itself: what both have is seldom what the first reader, too, was shown.
"""

from collections.abc import Sequence

from chitieu.model import Reading, Rival
from normalizers.agreement import WITNESS
from normalizers.text import is_syllable, match_key
from normalizers.wording import PUNCTUATION, Word, advantage, is_respelling, support, words_beside, words_of

# Of faint print tesseract guesses, and writes the letters without the marks that are lost.
OPINION_CONFIDENCE = 0.3
# How much better other marks must fit (a logarithm) where the models give them hardly a chance.
FAINT_ADVANTAGE = 1.0


def is_own_opinion(second: Reading) -> bool:
    """Whether a reading comes from another engine, that does not guess."""
    return second.engine != WITNESS and second.confidence >= OPINION_CONFIDENCE


def outvoted(text: str, seconds: tuple[Reading, ...]) -> tuple[Word, str] | None:
    """The first word that the second model and another engine have with other marks, alike, and how they write it.

    The language must not prefer what the first reader has. Numbers and signs are no words.
    """
    seen = next((words_beside(text, second.text) for second in seconds if second.engine == WITNESS), {})
    engines = [words_beside(text, second.text) for second in seconds if is_own_opinion(second)]
    for word in words_of(text):
        instead = seen.get(word.start, "")
        if not differs_in_marks(word.text, instead) or support(word, instead) < support(word):
            continue
        if any(match_key(words.get(word.start, "")) == match_key(instead) for words in engines):
            return word, instead
    return None


def differs_in_marks(word: str, other: str) -> bool:
    """Whether two words have other marks on the same letters; what is no Vietnamese, also another letter (`nhuên`)."""
    if is_respelling(word, other):
        return match_key(word) != match_key(other)
    return bool(other) and len(word) == len(other) and not is_syllable(word) and is_syllable(other) and word.isalpha()


def second_guesses_of_others(text: str, readings: tuple[Reading, ...]) -> tuple[tuple[str, str], ...]:
    """The words of which another reader has the first reader's own second guess, with that guess.

    Others may guess themselves, but hardly what the reader, too, thought of. Another engine's counts where legal texts
    set it more often beside these neighbours; anybody's where they never set what the reader has. Of other marks that
    the models see but faintly all other engines must be sure, and the language.
    """
    engines = [words_beside(text, other.text) for other in readings[1:] if other.engine != WITNESS]
    others = [words_beside(text, readings[0].witness or ""), *engines]
    guesses = _by_word(readings[0].rivals)
    faint = _by_word(readings[0].mark_rivals)
    found = []
    for word in words_of(text):
        for instead in guesses.get(word.text, ()):
            is_known = support(word) > 0
            is_likelier = support(word, instead) > support(word)
            if (not is_known and _have(others, word, instead)) or (is_likelier and _have(engines, word, instead)):
                found.append((word.text, instead))
        for instead in faint.get(word.text, ()):
            have_all = bool(engines) and all(_have([words], word, instead) for words in engines)
            if have_all and advantage(word, instead) >= FAINT_ADVANTAGE:
                found.append((word.text, instead))
    return tuple(dict.fromkeys(found))


def _by_word(rivals: Sequence[Rival]) -> dict[str, list[str]]:
    """What may stand for each word, of those that differ in marks."""
    guesses: dict[str, list[str]] = {}
    for rival in rivals:
        read, instead = rival.read.strip(PUNCTUATION), rival.instead.strip(PUNCTUATION)
        if differs_in_marks(read, instead):
            guesses.setdefault(read, []).append(instead)
    return guesses


def _have(others: Sequence[dict[int, str]], word: Word, instead: str) -> bool:
    return any(match_key(words.get(word.start, "")) == match_key(instead) for words in others)
