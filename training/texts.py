"""Texts of lines as decisions print them: pieces of known phrases, chains of words, values, codes, symbols.

All of it comes from what the project ships (normalizers/data) and from the grammar below. One phrase in ten, and every
chain through one word pair in ten, is kept for the measure: training never sees it.
"""

import csv
import gzip
import random
import re
import zlib
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

from normalizers.tones import place_tone
from training.alphabet import is_written

_DATA = Path(__file__).resolve().parents[1] / "normalizers" / "data"
_HELD_OUT_SHARE = 10
_COLUMNS = {
    "indicators.csv": ("name_vi", "variants"),
    "nq03_cp_phuluc1.csv": ("chi_tieu", "don_vi", "ket_qua", "co_quan"),
    "agencies.csv": ("full_vi", "variants", "abbr"),
    "units.csv": ("vi_unit", "variants"),
    "values.csv": ("text",),
    "provinces_2025.csv": ("new_name",),
    "document_types.csv": ("name",),
}
_OPENINGS = ("", "", "", "- ", "+ ", "a) ", "b) ", "1. ", "2.1. ", "• ", "* ", "– ")
# Narrow letters beside each other are the hardest to count.
_CAPITALS = "ABCDĐEGHIIIKLMNOPQRSTUVXY"
_BROKEN = (" ≥", " ≤", "; ≥", "; ≤", " >", " <", "; >", "; <")
_LONE = (
    "-",
    "-",
    "–",
    "x",
    "X",
    "+",
    "/",
    "./.",
    "…",
    "I",
    "II",
    "A",
    "B",
    "%",
    "‰",
    "1",
    "2",
    "•",
    "*",
    "a)",
    "≥",
    "≤",
)
# What a sentence ends with: chains and pieces of phrases have no end of their own.
_ENDS = (".", ".", ".", ".", ";", ";", ";", ",", ":", "./.", ")")
_MARKS = (",", ",", ",", ";", ":", ".", " -", " và", " /")


def is_held_out(text: str) -> bool:
    """Whether a phrase belongs to the slice of text that is kept for the measure."""
    return zlib.crc32(text.casefold().encode()) % _HELD_OUT_SHARE == 0


class Texts:
    """A stream of texts; `unseen`: of the slice that training never sees, else of the rest."""

    def __init__(self, seed: int, *, unseen: bool = False) -> None:
        self._chance = random.Random(seed)
        self._phrases = tuple(text for text in _phrases() if is_held_out(text) == unseen)
        self._chains = _chains(unseen=unseen)
        self._starts = sorted(self._chains)
        self._ways: dict[Callable[[], str], float] = {
            self._piece_of_phrase: 0.28,
            self._chain: 0.19,
            self._syllables: 0.09,
            self._value: 0.25,
            self._code: 0.08,
            self._symbol: 0.05,
            self._foreign: 0.04,
            self._period: 0.04,
            self._list_of_numbers: 0.01,
            self._lone: 0.03,
        }

    def next(self) -> str:
        """The text of a line, one to some fourteen words, every character of it in the alphabet."""
        while True:
            way = self._chance.choices(list(self._ways), weights=list(self._ways.values()))[0]
            text = re.sub(r"\s+", " ", way()).strip()
            if text and is_written(text):
                return self._ended(text)

    def _ended(self, text: str) -> str:
        """Some lines end as sentences do: real ones lost their last stop."""
        is_open = " " in text and text[-1].isalnum() and self._chance.random() < 0.12
        return text + self._chance.choice(_ENDS) if is_open else text

    def _piece_of_phrase(self) -> str:
        words = self._chance.choice(self._phrases).split()
        count = min(len(words), self._count())
        start = self._chance.randrange(len(words) - count + 1)
        return self._cased(" ".join(self._respelled(word) for word in words[start : start + count]))

    def _chain(self) -> str:
        words = [self._chance.choice(self._starts)]
        for _ in range(self._count() - 1):
            followers = self._chains.get(words[-1])
            words.append(self._chance.choices(*followers)[0] if followers else self._chance.choice(self._starts))
        return self._chance.choice(_OPENINGS) + self._cased(self._marked([self._respelled(word) for word in words]))

    def _syllables(self) -> str:
        """Syllables without any sense: what is read must come from the ink."""
        words = self._chance.choices(_syllables(), k=self._count())
        return self._cased(self._marked([self._respelled(word) for word in words]))

    def _marked(self, words: list[str]) -> str:
        """Words with marks, brackets, numbers and abbreviations among them."""
        parts = []
        for word in words:
            dice = self._chance.random()
            if dice < 0.07:
                word += self._chance.choice(_MARKS)
            elif dice < 0.1:
                word = f"({word})" if dice < 0.085 else f"“{word}”"
            elif dice < 0.14:
                word += f" {self._number()}"
            elif dice < 0.17:
                word = self._acronym()
            parts.append(word)
        # A value that goes on in the next line: `Nam Á; ≤`.
        broken = self._chance.choice(_BROKEN) if self._chance.random() < 0.02 else ""
        return " ".join(parts) + broken

    def _acronym(self) -> str:
        """One that offices use, or any letters: `IIP` and `IP` differ in ink alone."""
        if self._chance.random() < 0.5:
            return self._chance.choice(_forms("letters"))
        return "".join(self._chance.choices(_CAPITALS, k=self._chance.randrange(2, 6)))

    def _count(self) -> int:
        return self._chance.choices(range(1, 15), weights=(6, 9, 12, 13, 13, 12, 10, 8, 5, 4, 3, 2, 2, 1))[0]

    def _cased(self, text: str) -> str:
        dice = self._chance.random()
        if dice < 0.13:
            return text.upper()
        if dice < 0.2:
            return text.title()
        return text[:1].upper() + text[1:] if dice < 0.6 else text

    def _respelled(self, word: str) -> str:
        """`hoà` and `hóa`: old and new places of the tone alike."""
        if self._chance.random() < 0.5 or word != word.lower():
            return word
        return place_tone(word)

    def _value(self) -> str:
        form, unit = self._chance.choice(_forms("value")), self._chance.choice(_forms("unit"))
        return form.format(self._number(), self._number()) + unit

    def _number(self) -> str:
        chance = self._chance
        kind = chance.random()
        if kind < 0.3:
            return str(chance.randrange(100))
        if kind < 0.36:
            return f"{chance.randrange(10):02d}"
        if kind < 0.52:
            return f"{chance.randrange(130)},{chance.randrange(10 ** chance.choice((1, 1, 2, 2, 3)))}"
        if kind < 0.58:
            return f"{chance.randrange(100)}.{chance.randrange(10 ** chance.choice((1, 2)))}"
        if kind < 0.72:
            return f"{chance.randrange(10 ** chance.choice((4, 5, 6, 7))):,}".replace(",", ".")
        if kind < 0.76:
            return f"{chance.randrange(100_000):,}".replace(",", ".") + f",{chance.randrange(100)}"
        if kind < 0.84:
            return str(chance.randrange(2020, 2051))
        if kind < 0.92:
            return str(5 * chance.randrange(0, 40))
        return "".join(chance.choices("0123456789", k=chance.choice((3, 4, 5, 6))))

    def _code(self) -> str:
        chance = self._chance
        number = chance.randrange(1, 100 if chance.random() < 0.6 else 10)
        roman, letter = chance.choice(_forms("roman")), chance.choice("abcdđeghikl")
        return chance.choice(_forms("code")).format(
            n=number, s=chance.randrange(1, 20), t=chance.randrange(1, 9), r=roman, a=letter, b=chance.choice("ABCD")
        )

    def _period(self) -> str:
        year, (day, month) = self._chance.randrange(2020, 2052), self._day()
        return self._chance.choice(_forms("period")).format(year, year + 5, month, day)

    def _symbol(self) -> str:
        number, year, (day, month) = self._chance.randrange(1, 4000), self._chance.randrange(2015, 2032), self._day()
        kind, body = self._chance.choice(_forms("kind")), self._chance.choice(_forms("body"))
        return self._chance.choice(_forms("symbol")).format(n=number, k=kind, b=body, d=day, m=month, y=year)

    def _day(self) -> tuple[str, int]:
        return f"{self._chance.randrange(1, 32):02d}", self._chance.randrange(1, 13)

    def _foreign(self) -> str:
        words = self._chance.choices(_forms("foreign"), k=self._chance.choice((1, 1, 2)))
        if self._chance.random() < 0.6:
            words.insert(self._chance.randrange(len(words) + 1), self._chain())
        return " ".join(words)

    def _lone(self) -> str:
        """A sign, a letter or a short number alone in its cell."""
        return self._chance.choice((*_LONE, str(self._chance.randrange(30)), self._number()))

    def _list_of_numbers(self) -> str:
        return self._chance.choice((" ", "; ", ", ")).join(self._number() for _ in range(self._chance.randrange(2, 6)))


@cache
def _forms(use: str) -> tuple[str, ...]:
    """What is listed for a use; what stands there twice is drawn twice as often."""
    with (Path(__file__).parent / "forms.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["form"] for row in csv.DictReader(file) if row["use"] == use)


@cache
def _phrases() -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name, columns in _COLUMNS.items():
        with (_DATA / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for text in (part.strip() for column in columns for part in row[column].split(";")):
                    if text and "..." not in text and "mark" not in text:
                        found[text] = None
    return tuple(found)


def _chains(*, unseen: bool) -> dict[str, tuple[list[str], list[float]]]:
    """Words with those that follow them, as often as the square root of how often they do."""
    followers: dict[str, list[tuple[str, float]]] = defaultdict(list)
    with gzip.open(_DATA / "bigrams_min3.tsv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            pair, count = line.rstrip("\n").split("\t")
            if is_held_out(pair) == unseen:
                first, _, second = pair.partition(" ")
                followers[first].append((second, int(count) ** 0.5))
    return {word: ([other for other, _ in pairs], [weight for _, weight in pairs]) for word, pairs in followers.items()}


@cache
def _syllables() -> tuple[str, ...]:
    with (_DATA / "syllables_vi.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(row["token_old_style"] for row in csv.DictReader(file, delimiter="\t"))
