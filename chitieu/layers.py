"""What the text layer of a page is worth."""

from dataclasses import dataclass
from enum import StrEnum


class LayerKind(StrEnum):
    """What a page's text layer is; the words for people are in `chitieu.messages`."""

    SOUND = "sound"  # born digital, Unicode
    TCVN3 = "tcvn3"
    VNI = "vni"
    FOREIGN = "foreign"  # born digital, and hardly Vietnamese
    UNUSABLE = "unusable"  # born digital, its letters have no Unicode or a wrong one
    PARTIAL = "partial"  # words for one half of the page, a picture for the other
    OCR_SOUND = "ocr_sound"  # a scan with some scanner's words
    OCR_GARBAGE = "ocr_garbage"
    STAMP = "stamp"  # a scan with the words of a signature or copy mark alone
    NONE = "none"
    BLANK = "blank"
    EXPORT = "export"  # a text file of another OCR system


class Encoding(StrEnum):
    """Encodings of Vietnamese from before Unicode, told by the font."""

    TCVN3 = "tcvn3"
    VNI = "vni"


# Kinds of which the words are taken; of the others the page is read as a picture.
BELIEVED = frozenset({LayerKind.SOUND, LayerKind.TCVN3, LayerKind.VNI, LayerKind.FOREIGN})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the verdict on a layer rests on; shares are 0..1. `agreement`: words of the picture that the layer has."""

    words: int = 0
    syllables: float = 0.0
    marks: float = 0.0
    picture: float = 0.0
    unlayered: float = 0.0
    unmapped: float = 0.0
    agreement: float | None = None


@dataclass(frozen=True, slots=True)
class Legibility:
    """The verdict on a page's text layer. `encodings` are those of its fonts, by name, where they are not Unicode."""

    kind: LayerKind
    evidence: Evidence = Evidence()
    encodings: tuple[tuple[str, Encoding], ...] = ()

    @property
    def is_believed(self) -> bool:
        return self.kind in BELIEVED
