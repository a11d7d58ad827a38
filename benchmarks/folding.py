"""What the measure is blind to: letter case, placement of tone marks, kinds of dashes, spaces round signs."""

import re
import unicodedata
from functools import cache

_ONE_SIGN = str.maketrans("“”–—‑−⩾≧≦\u00a0", '""----≥≥≤ ')
# The mark stands on the first vowel in the old style (hòa), on the second in the new (hoà).
_OLD_STYLE = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_NEW_STYLE_END = re.compile(r"\b(\w*?)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?=\W|$)")
_TIGHTER = (
    (re.compile(r"([≥≤<>])\s*"), r"\1"),
    (re.compile(r"\s*-\s*"), "-"),
    (re.compile(r"\s+([,;.:%])"), r"\1"),
    (re.compile(r"\s*/\s*"), "/"),
)


def _to_old_style(match: re.Match[str]) -> str:
    onset, rhyme = match.groups()
    # in `quý` the u belongs to the consonant: the mark has one place only
    return match[0] if onset.endswith("q") else onset + _OLD_STYLE[rhyme]


@cache
def fold(text: str) -> str:
    """Give the form in which two spellings of the same text are equal.

    >>> fold("Hoá chất  – ≥ 80 %.")
    'hóa chất-≥80%'
    """
    folded = unicodedata.normalize("NFC", text).translate(_ONE_SIGN)
    folded = re.sub(r"\s+", " ", folded).strip().casefold()
    folded = _NEW_STYLE_END.sub(_to_old_style, folded)
    for spaced, tight in _TIGHTER:
        folded = spaced.sub(tight, folded)
    return folded.strip(" .;,")


def fold_agencies(text: str) -> frozenset[str]:
    """Give the agencies of a cell, in whatever order they stand."""
    return frozenset(folded for part in re.split(r"[;\n]", text) if (folded := fold(part)))
