"""Fonts that hold every letter of Vietnamese and the signs of targets, in the weights that decisions use."""

import subprocess

from benchmarks.maker.stock import Stock

# How often each is drawn: most decisions are set in Times New Roman, whose metrics Tinos and TeX Gyre Termes have.
FONTS = {
    Stock.DEVELOPMENT: {
        "Tinos": 8, "FreeSerif": 3, "Linux Libertine O": 2, "Gentium Plus": 2, "Charis SIL": 2, "DejaVu Serif": 1,
        "Arimo": 2, "Carlito": 1, "Andika": 1, "Roboto": 1,
    },
    Stock.EVALUATION: {
        "TeX Gyre Termes": 11, "TeX Gyre Schola": 2, "TeX Gyre Pagella": 2, "Noto Serif": 2, "TeX Gyre Bonum": 1,
        "TeX Gyre Heros": 2, "Open Sans": 1, "Lato": 1,
    },
}  # fmt: skip
# Sets of development from this seed on draw from these too: the older ones stay as they are.
MORE_FONTS_FROM_SEED = 50
MORE_FONTS = {"FreeSans": 3, "DejaVu Sans": 1, "Linux Biolinum O": 1, "Gentium Book Plus": 1, "Inter": 1}
# The bold italic of these lacks letters, or is not there at all.
WITHOUT_BOLD_ITALIC = frozenset({"Linux Libertine O", "Linux Biolinum O"})
# These lack ≥ and ≤; like Word, the browser takes them from the font named second.
WITHOUT_SIGNS = {"Noto Serif": "TeX Gyre Termes"}
# Of the same size in points, these are a good deal larger or wider than Times New Roman.
WIDE_FONTS = frozenset(
    {
        "DejaVu Serif", "DejaVu Sans", "Andika", "Charis SIL", "Arimo", "Roboto", "FreeSans", "Inter",
        "TeX Gyre Schola", "TeX Gyre Bonum", "Noto Serif",
        "TeX Gyre Heros", "Open Sans",
    }
)  # fmt: skip
_VOWELS = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
LETTERS = f"{_VOWELS}{_VOWELS.lower()}Đđ≥≤–“”‰%"
_STYLES = frozenset({"Regular", "Bold", "Italic"})


def fonts_of(stock: Stock, seed: int) -> dict[str, int]:
    """The fonts of a set, and how often each is drawn."""
    has_more = stock is Stock.DEVELOPMENT and seed >= MORE_FONTS_FROM_SEED
    return FONTS[stock] | MORE_FONTS if has_more else FONTS[stock]


def font_family(font: str) -> str:
    """The font as CSS names it, with the one that its missing signs come from."""
    return ",".join(f"'{name}'" for name in (font, WITHOUT_SIGNS.get(font, "")) if name)


def find_styles(font: str) -> frozenset[str]:
    """The styles of an installed font that have all letters; `Book` counts as regular, oblique as italic."""
    letters = LETTERS.replace("≥", "").replace("≤", "") if font in WITHOUT_SIGNS else LETTERS
    codes = " ".join(f"{ord(letter):x}" for letter in letters)
    command = ["fc-list", f"{font}:charset={codes}", "style"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    names = {line.split("=")[1].split(",")[0] for line in output.splitlines()}
    return frozenset("Regular" if name == "Book" else name.replace("Oblique", "Italic") for name in names)


def is_complete(font: str) -> bool:
    """Whether a font has all letters in all styles that documents use."""
    used = _STYLES if font in WITHOUT_BOLD_ITALIC else _STYLES | {"Bold Italic"}
    return find_styles(font) >= used
