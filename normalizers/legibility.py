"""Is a page's text layer to be believed: a verdict with its evidence.

A layer has words whatever they are worth: a scanner's OCR without Vietnamese (`CQNG HOA XA HQI`), the words of a
signature mark on a scan, letters of a font that says nothing of their Unicode, TCVN3 and VNI.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from chitieu.layers import Encoding, Evidence, LayerKind, Legibility
from chitieu.model import Run, TextLayer
from normalizers.legacy import decode, decode_runs, encoding_of_font, font_key
from normalizers.text import clean_line, tokens, unknown_words

# A picture that covers less of the page is a logo, a seal or a table pasted into the text.
MIN_SCAN_COVER = 0.5
# A scanner's picture covers more of the page than this; one that is pasted below a caption leaves the margins.
FULL_COVER = 0.88
# A seal, a logo or a signature mark covers less.
LEAST_COVER = 0.1
# In the domain notes (garbage 0.35, sound scanner's OCR above 0.85): below this a layer is no Vietnamese.
MIN_SYLLABLES = 0.6
# Of 100 letters of Vietnamese 25 carry a mark or are đ; without any, `cong hoa xa hoi` is made of syllables too.
MIN_MARKS = 0.08
# Fewer words than these tell nothing of the language.
MIN_WORDS = 12
# A font's name is believed unless decoding leaves fewer syllables; its content where it makes so many more.
MIN_GAIN = 0.3
MAX_UNMAPPED = 0.1
# Print without words: so much of a page's is a table pasted as a picture, not a seal, a logo and a signature.
MIN_UNLAYERED, MIN_UNLAYERED_SHARE = 40, 0.08
# Of a page whose words are a stamp, nearly all print is without; `Ký bởi: …` and `SAO Y; …` take some 20 words.
STAMP_SHARE, MAX_STAMP_WORDS = 0.6, 30
# Of a few words of the picture, so many stand in a layer that says what the page shows.
MIN_AGREEMENT = 0.5

_LETTERS = re.compile(r"[^\W\d_]")
_MARKED = re.compile(r"[à-ỹăđĩũơư]", re.IGNORECASE)
# Private use, replacement, control characters; pdfminer's `(cid:12)`.
_UNMAPPED = re.compile(r"[\ue000-\uf8ff\ufffd\x01-\x08\x0e-\x1f]|\(cid:\d+\)")


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words of a text are: how many, how many of them syllables or known, share of letters with marks."""

    count: int
    syllables: float
    marks: float

    @property
    def is_vietnamese(self) -> bool:
        return self.syllables >= MIN_SYLLABLES and self.marks >= MIN_MARKS


def judge(layer: TextLayer) -> Legibility:
    """The verdict on the layer of a page of a Vietnamese document.

    FOREIGN, that is born digital and hardly Vietnamese, is for `settle` to decide with words read from the picture.
    """
    encodings = find_encodings(layer.runs)
    words = _words("".join(run.text for run in decode_runs(layer.runs, encodings)))
    kind = _kind(layer, words, encodings)
    return Legibility(
        kind, _evidence(layer, words), tuple(encodings.items()) if kind in (LayerKind.TCVN3, LayerKind.VNI) else ()
    )


def judge_any_language(layer: TextLayer) -> Legibility:
    """The verdict on the layer of a page in whatever language: by what needs no language to tell."""
    verdict = judge(layer)
    return replace(verdict, kind=LayerKind.SOUND) if verdict.kind is LayerKind.FOREIGN else verdict


def settle(verdict: Legibility, layer: TextLayer, read: Iterable[str]) -> Legibility:
    """The verdict on a page that is hardly Vietnamese, with what was read from its picture.

    Where the picture says what the layer says it is another language; else the font has a wrong Unicode.
    """
    seen = [word for text in read for word in tokens(clean_line(text).lower()) if len(word) > 2 and word.isalpha()]
    known = set(tokens(clean_line(layer.text).lower()))
    agreement = round(sum(word in known for word in seen) / len(seen), 3) if seen else 0.0
    kind = LayerKind.FOREIGN if agreement >= MIN_AGREEMENT else LayerKind.UNUSABLE
    return replace(verdict, kind=kind, evidence=replace(verdict.evidence, agreement=agreement))


def find_encodings(runs: Iterable[Run]) -> dict[str, Encoding]:
    """The fonts whose text is in a legacy encoding, by their names, else by what it becomes when it is decoded."""
    texts: dict[str, str] = {}
    for run in runs:
        texts[font_key(run.font or "")] = f"{texts.get(font_key(run.font or ''), '')} {run.text}"
    found = {font: _encoding(font, text) for font, text in texts.items()}
    return {font: encoding for font, encoding in found.items() if encoding}


def _encoding(font: str, text: str) -> Encoding | None:
    as_it_is = _words(text)
    named = encoding_of_font(font)
    if named:
        return named if _words(decode(text, named)).syllables >= as_it_is.syllables else None
    if as_it_is.count < MIN_WORDS or as_it_is.is_vietnamese:
        return None
    tried = {encoding: _words(decode(text, encoding)) for encoding in Encoding}
    best = max(tried, key=lambda encoding: tried[encoding].syllables)
    is_better = tried[best].is_vietnamese and tried[best].syllables >= as_it_is.syllables + MIN_GAIN
    return best if is_better else None


def _words(text: str) -> _Words:
    found = [word for word in tokens(clean_line(text)) if _LETTERS.search(word)]
    letters = _LETTERS.findall(text)
    known = len(found) - sum(1 for word in unknown_words(clean_line(text)) if _LETTERS.search(word))
    share = known / len(found) if found else 0.0
    return _Words(len(found), round(share, 3), round(len(_MARKED.findall(text)) / len(letters), 3) if letters else 0.0)


def _kind(layer: TextLayer, words: _Words, encodings: Mapping[str, Encoding]) -> LayerKind:
    """What a layer is; a page without any is NONE, whether it is blank was seen before."""
    if not layer.text.strip():
        return LayerKind.NONE
    has_bare_print = layer.unlayered_count >= MIN_UNLAYERED and layer.is_spread
    is_pasted = LEAST_COVER <= layer.picture_share < FULL_COVER and words.count > MIN_WORDS
    may_be_stamp = not is_pasted and (layer.picture_share >= MIN_SCAN_COVER or words.count <= MAX_STAMP_WORDS)
    if has_bare_print and may_be_stamp and layer.unlayered_share >= STAMP_SHARE:
        return LayerKind.STAMP
    is_partial = has_bare_print and layer.unlayered_share >= MIN_UNLAYERED_SHARE
    if layer.picture_share >= MIN_SCAN_COVER and not (is_pasted and is_partial):
        return LayerKind.OCR_SOUND if words.is_vietnamese else LayerKind.OCR_GARBAGE
    if _unmapped(layer) > MAX_UNMAPPED:
        return LayerKind.UNUSABLE
    if is_partial:
        return LayerKind.PARTIAL
    if words.count >= MIN_WORDS and not words.is_vietnamese:
        return LayerKind.FOREIGN
    return LayerKind(_main_encoding(layer.runs, encodings) or LayerKind.SOUND)


def _unmapped(layer: TextLayer) -> float:
    """Share of the characters that have no Unicode."""
    text = "".join(layer.text.split())
    found = sum(len(match) for match in _UNMAPPED.findall(text))
    return max(layer.unmapped_share, found / len(text) if text else 0.0)


def _main_encoding(runs: Iterable[Run], encodings: Mapping[str, Encoding]) -> Encoding | None:
    """The legacy encoding of the largest part of the text that is in one."""
    sizes: dict[Encoding, int] = {}
    for run in runs:
        encoding = encodings.get(font_key(run.font or ""))
        if encoding:
            sizes[encoding] = sizes.get(encoding, 0) + len(run.text)
    return max(sizes, key=lambda encoding: sizes[encoding], default=None)


def _evidence(layer: TextLayer, words: _Words) -> Evidence:
    return Evidence(
        words=words.count,
        syllables=words.syllables,
        marks=words.marks,
        picture=layer.picture_share,
        unlayered=round(layer.unlayered_share, 3),
        unmapped=round(_unmapped(layer), 3),
    )
