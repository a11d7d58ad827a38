"""A text drawn as one line of print: grey paper with ink, its baseline, and the em that the line cutter would see."""

import unicodedata
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extractors.arrays import Grey
from extractors.blobs import CAP_HEIGHT_EM, X_HEIGHT_EM
from training.typefaces import FALLBACKS, Face, find_faces, load, signs_of

# Grave, acute, tilde, hook: the marks that Times New Roman sets above a circumflex, Tinos beside it.
_TONES = {"\u0300": "è", "\u0301": "é", "\u0303": "ẽ", "\u0309": "ẻ"}
_ROOFS = "\u0302\u0306"
_SMALL_DIGITS = {"²": "2", "³": "3", "₂": "2"}


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is set. Lengths in em: `spacing` between letters, `rule_at` above the baseline (None: no rule)."""

    face: Face
    size_px: float
    ink: int = 20
    spacing: float = 0.0
    stacks_marks: bool = False
    is_underlined: bool = False
    rule_at: float | None = None
    raises_digits: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """Grey picture; `baseline` in rows from the top; `em` as the line cutter takes it from heights of letters.

    `columns`: from where to where the print goes; None where there is none.
    """

    grey: Grey
    baseline: float
    em: float
    columns: tuple[int, int] | None = None


def draw_line(text: str, style: Style) -> Drawn:
    """Draw a text on white, with an em of room above, half an em below and at the sides."""
    size = style.size_px
    room, baseline = round(0.6 * size), round(1.6 * size)
    canvas = Image.new("L", (round(size * (1.2 + (0.95 + style.spacing) * (len(text) + 2))), round(2.4 * size)), 255)
    draw = ImageDraw.Draw(canvas)
    is_plain = not (style.spacing or style.stacks_marks or style.raises_digits) and _has_all(style.face, text)
    end = (
        _draw_run(draw, text, style, room, baseline) if is_plain else _draw_letters(canvas, text, style, room, baseline)
    )
    _draw_rules(draw, style, room, round(end), baseline)
    grey = np.asarray(canvas)[:, : round(end) + room]
    columns = room, grey.shape[1] - room
    return Drawn(np.ascontiguousarray(grey), float(baseline), seen_em(style.face) * size, columns)


def _has_all(face: Face, text: str) -> bool:
    return all(ord(char) in signs_of(face) for char in text)


def _draw_run(draw: ImageDraw.ImageDraw, text: str, style: Style, left: float, baseline: float) -> float:
    font = load(style.face, style.size_px)
    draw.text((left, baseline), text, fill=style.ink, font=font, anchor="ls")
    return left + font.getlength(text)


def _draw_letters(canvas: Image.Image, text: str, style: Style, left: float, baseline: float) -> float:
    """Letter by letter: letter-spaced, with tone marks stacked, with signs of another font."""
    draw = ImageDraw.Draw(canvas)
    x = left
    for char in text:
        font = load(_face_for(style.face, char), style.size_px)
        if style.stacks_marks and _is_stacked(char):
            _draw_stacked(canvas, char, font, style, (x, baseline))
        elif style.raises_digits and char in _SMALL_DIGITS:
            small = load(style.face, 0.62 * style.size_px)
            lift = -0.16 if char == "₂" else 0.36
            draw.text(
                (x, baseline - lift * style.size_px), _SMALL_DIGITS[char], fill=style.ink, font=small, anchor="ls"
            )
            x += small.getlength("2") + style.spacing * style.size_px
            continue
        else:
            draw.text((x, baseline), char, fill=style.ink, font=font, anchor="ls")
        x += font.getlength(char) + style.spacing * style.size_px
    return x


def _face_for(face: Face, char: str) -> Face:
    """The face itself, or the first fallback that has a sign which it lacks."""
    if ord(char) in signs_of(face):
        return face
    others = (find_faces(name)["regular"] for name in FALLBACKS)
    return next((other for other in others if ord(char) in signs_of(other)), face)


def _is_stacked(char: str) -> bool:
    parts = unicodedata.normalize("NFD", char)
    return len(parts) == 3 and any(part in _ROOFS for part in parts) and any(part in _TONES for part in parts)


def _draw_stacked(
    canvas: Image.Image, char: str, font: ImageFont.FreeTypeFont, style: Style, place: tuple[float, float]
) -> None:
    """A letter with its tone mark above its roof, as Times New Roman has it: ế is ê with the acute of é over it."""
    parts = unicodedata.normalize("NFD", char)
    tone = next(part for part in parts if part in _TONES)
    below = unicodedata.normalize("NFC", parts.replace(tone, ""))
    draw = ImageDraw.Draw(canvas)
    draw.text(place, below, fill=style.ink, font=font, anchor="ls")
    mark = _mark_of(_TONES[tone], font)
    if mark is None:
        return
    left, top, right, _ = draw.textbbox(place, below, font=font, anchor="ls")
    at = round((left + right - mark.width) / 2), round(top - 0.8 * mark.height)
    canvas.paste(style.ink, (at[0], max(0, at[1])), mark)


def _mark_of(letter: str, font: ImageFont.FreeTypeFont) -> Image.Image | None:
    """The tone mark of a small letter as a mask: its print above the letter itself."""
    size = round(font.size)
    tile = Image.new("L", (2 * size, 2 * size), 0)
    ImageDraw.Draw(tile).text((size // 2, 1.6 * size), letter, fill=255, font=font, anchor="ls")
    top = round(1.6 * size + font.getbbox("e", anchor="ls")[1]) - 1
    box = tile.crop((0, 0, 2 * size, top)).getbbox()
    return tile.crop(box) if box else None


def _draw_rules(draw: ImageDraw.ImageDraw, style: Style, left: int, right: int, baseline: int) -> None:
    width = max(1, round(style.size_px / 20))
    if style.is_underlined:
        y = baseline + round(0.11 * style.size_px)
        draw.line((left, y, right, y), fill=style.ink, width=width)
    if style.rule_at is not None:
        y = baseline - round(style.rule_at * style.size_px)
        draw.line((0, y, draw.im.size[0], y), fill=style.ink, width=width)


def seen_em(face: Face) -> float:
    """What the line cutter takes for the em, as a share of the font's own: it goes by the heights of letters."""
    small, tall = _height(face, "x"), _height(face, "H")
    return float(0.5 * small / X_HEIGHT_EM + 0.5 * tall / CAP_HEIGHT_EM)


def _height(face: Face, letter: str) -> float:
    font = load(face, 100.0)
    return -font.getbbox(letter, anchor="ls")[1] / 100
