"""Fonts of Debian's packages that lines are set in, and the two that only the measure is set in."""

import subprocess
from dataclasses import dataclass
from functools import cache

from PIL import ImageFont

# How often each is drawn. Decisions are set in Times New Roman, whose metrics Tinos and Liberation Serif have; what
# else stands in offices' machines follows. Digits and commas differ most between fonts: so many are worth it.
TRAINING = {
    "Tinos": 26, "Liberation Serif": 10, "FreeSerif": 10, "Arimo": 8, "FreeSans": 6, "Carlito": 6,
    "Linux Libertine O": 5, "DejaVu Sans": 4, "DejaVu Serif": 4, "Gentium Plus": 3, "Gentium Book Plus": 3,
    "Charis SIL": 4, "Roboto": 4, "Noto Sans": 4, "Inter": 3, "Linux Biolinum O": 2, "Andika": 2,
    "CMU Serif": 5, "CMU Concrete": 3, "CMU Bright": 2, "Latin Modern Roman": 3, "Latin Modern Sans": 2,
    "Vollkorn": 2, "Yrsa": 2, "Rasa": 2, "Cantarell": 2, "Clear Sans": 2, "Roboto Slab": 3,
    "Roboto Condensed": 2, "Manrope": 1, "Quicksand": 1, "Comfortaa": 1, "M PLUS 1": 1, "Jura": 1, "Cousine": 2,
    "FreeMono": 1, "TeX Gyre Adventor": 1, "TeX Gyre Cursor": 1, "Doulos SIL": 2, "Gentium Book Basic": 1,
    "EB Garamond": 3, "CMU Sans Serif": 3, "CMU Typewriter Text": 1, "Noto Sans Display": 1,
    "League Spartan": 1, "JetBrains Mono": 1, "Latin Modern Mono Prop": 1, "Liberation Sans": 4,
}  # fmt: skip
# The frozen documents' fonts are in no training line: these two stand for them in the measure of lines.
HELD_OUT = {"TeX Gyre Termes": 3, "Open Sans": 1}
# Signs that a font lacks are taken from the first of these, as office software does.
FALLBACKS = ("Tinos", "DejaVu Sans")
_VOWELS = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_LETTERS = f"{_VOWELS}{_VOWELS.lower()}Đđ0123456789%"
_REGULAR = frozenset({"regular", "book", "medium", "roman", "10 regular", "12 regular"})
_STYLES = {
    "bold": frozenset({"bold", "10 bold", "semibold"}),
    "italic": frozenset({"italic", "oblique", "10 italic", "12 italic"}),
    "bold italic": frozenset({"bold italic", "bold oblique", "bolditalic", "boldoblique"}),
}


@dataclass(frozen=True, slots=True)
class Face:
    """One style of a font: its file, and the place in the file where it holds several."""

    family: str
    path: str
    index: int


@cache
def find_faces(family: str) -> dict[str, Face]:
    """The installed faces of a font that have all of Vietnamese, by `regular`, `bold`, `italic`, `bold italic`."""
    codes = " ".join(f"{ord(letter):x}" for letter in _LETTERS)
    command = ["fc-list", f"{family}:charset={codes}", "--format", "%{file}\t%{index}\t%{style[0]}\t%{family[0]}\n"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, Face] = {}
    for path, index, style, name in sorted(line.split("\t") for line in output.splitlines()):
        kind = _kind(style.lower())
        if kind and name.startswith(family):
            found.setdefault(kind, Face(family, path, int(index) & 0xFFFF))
    return found


def _kind(style: str) -> str:
    if style in _REGULAR:
        return "regular"
    return next((kind for kind, names in _STYLES.items() if style in names), "")


def missing(families: dict[str, int]) -> list[str]:
    """Fonts that are not installed, or not with all of Vietnamese."""
    return [family for family in families if "regular" not in find_faces(family)]


@cache
def load(face: Face, size_px: float) -> ImageFont.FreeTypeFont:
    """A face at a size (em in pixels), without hinting's help."""
    return ImageFont.truetype(face.path, size_px, index=face.index, layout_engine=ImageFont.Layout.BASIC)


@cache
def signs_of(face: Face) -> frozenset[int]:
    """Code points that a face has."""
    command = ["fc-query", "--index", str(face.index), "--format", "%{charset}", face.path]
    ranges = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    spans = [[int(end, 16) for end in span.split("-")] for span in ranges]
    return frozenset(code for span in spans for code in range(span[0], span[-1] + 1))
