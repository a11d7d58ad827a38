"""Vietnamese from before Unicode: TCVN3 and VNI, told by the font, decoded run by run.

Both store a byte or two for a letter and leave it to the font to draw it: the text layer of a PDF has `céng hoµ` for
`cộng hoà`. The tables are our own, `data/tcvn3.csv` and `data/vni.csv`: of VNI, the package viparse 0.1.31 lacks ẳ, ỵ.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import groupby

from chitieu.layers import Encoding
from chitieu.model import Run
from normalizers.data import read_csv
from normalizers.lexicon import is_syllable

_SUBSET = re.compile(r"^[A-Z]{6}\+")
# `.VnTime`, `.VnArialH`; Distiller drops the dot.
_TCVN3_FONT = re.compile(r"\.?Vn[A-Z]")
_VNI_FONT = re.compile(r"VNI[-\s]")
# `.VnTimeH`, `.VnArialH,Bold`, `VnTimeHBold`: what they store as small letters they draw as capitals.
_CAPITALS_FONT = re.compile(r"\.?Vn[A-Z][a-z]+(?:[A-Z][a-z]+)*H(?:$|[,\s-]|Bold|Italic)")
_LETTER = r"[^\W\d_]"
# What programs make of the soft hyphen (ư) and the middle dot (ã); signs too where no letter stands beside them.
_MINUS = re.compile(rf"(?<={_LETTER})\u2212|\u2212(?={_LETTER})|(?<=[\u00a1-\u00ff])\u2212|\u2212(?=[\u00a1-\u00ff])")
_BULLET = re.compile(rf"(?<={_LETTER})[\u2219\u2022]|[\u2219\u2022](?={_LETTER})")
# A font without Unicode of its own (WinAnsi) has a hyphen at the place of the soft one.
_HYPHENED = re.compile(rf"(?<![\w-]){_LETTER}*-{_LETTER}*(?![\w-])")
_GREEK_MU = str.maketrans({"\u03bc": "\u00b5", "\u2126": "\u00d8"})


def font_key(font: str) -> str:
    """A font's name without the mark of a subset."""
    return _SUBSET.sub("", font)


def encoding_of_font(font: str) -> Encoding | None:
    """The encoding that a font's name stands for; None of a Unicode font and of an unknown one.

    >>> encoding_of_font("FBHPEL+VnTimeH"), encoding_of_font("VNI-Times"), encoding_of_font("Times New Roman")
    (<Encoding.TCVN3: 'tcvn3'>, <Encoding.VNI: 'vni'>, None)
    """
    name = font_key(font)
    if _TCVN3_FONT.match(name):
        return Encoding.TCVN3
    return Encoding.VNI if _VNI_FONT.match(name) else None


def draws_capitals(font: str) -> bool:
    """Whether a TCVN3 font draws small letters as capitals."""
    return _CAPITALS_FONT.match(font_key(font)) is not None


def decode(text: str, encoding: Encoding) -> str:
    """Text of a legacy encoding in Unicode; to be called before soft hyphens are stripped and dashes folded.

    >>> decode("Sè : n−íc, x∙ héi", Encoding.TCVN3), decode("Coäng hoøa", Encoding.VNI)
    ('Số : nước, xã hội', 'Cộng hòa')
    """
    if encoding is Encoding.TCVN3:
        text = _BULLET.sub("\u00b7", _MINUS.sub("\u00ad", text.translate(_GREEK_MU)))
    table = _table(encoding)
    decoded = _stored(encoding).sub(lambda match: table[match[0]], text)
    return _HYPHENED.sub(_with_horn, decoded) if encoding is Encoding.TCVN3 else decoded


def _with_horn(match: re.Match[str]) -> str:
    """The word with ư for its hyphen, where that makes a syllable of what is none: `n-ớc`, not `QĐ-UBND`."""
    whole = match[0].replace("-", "ư")
    is_mended = len(whole) > 1 and is_syllable(whole) and not all(is_syllable(part) for part in match[0].split("-"))
    return whole if is_mended else match[0]


def decode_runs(runs: Iterable[Run], encodings: Mapping[str, Encoding]) -> tuple[Run, ...]:
    """The runs with those in fonts of these encodings as the font shows them.

    Subsets of one font are taken together: whether a minus is a ư shows in the letters beside it, and Distiller puts
    the two into different subsets.
    """
    return tuple(
        run
        for (encoding, in_capitals), part in groupby(runs, key=lambda run: _way(run, encodings))
        for run in (_decoded(list(part), encoding, str.upper if in_capitals else str) if encoding else part)
    )


def _way(run: Run, encodings: Mapping[str, Encoding]) -> tuple[Encoding | None, bool]:
    encoding = encodings.get(font_key(run.font or ""))
    return encoding, encoding is Encoding.TCVN3 and draws_capitals(run.font or "")


def _decoded(runs: list[Run], encoding: Encoding, drawn: Callable[[str], str]) -> tuple[Run]:
    return (Run(drawn(decode("".join(run.text for run in runs), encoding)), runs[0].font),)


@cache
def _table(encoding: Encoding) -> dict[str, str]:
    return {row["stored"]: row["printed"] for row in read_csv(f"{encoding}.csv")}


@cache
def _stored(encoding: Encoding) -> re.Pattern[str]:
    """Every stored form, the longest first: `ôù` before `ô`."""
    forms = sorted(_table(encoding), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, forms)))
