"""What a born-digital page draws and does not show is not there."""

from pathlib import Path

import pytest

from extractors.digital_page import read_digital
from extractors.page_content import PageContent
from extractors.pdf import describe_page, open_pdf

XS, YS = (40.0, 160.0, 280.0), (300.0, 330.0, 360.0)
TABLE = "".join(f"{XS[0]} {y} m {XS[-1]} {y} l S\n" for y in YS) + "".join(
    f"{x} {YS[0]} m {x} {YS[-1]} l S\n" for x in XS
)
WORDS = "".join(
    f"BT /F1 11 Tf {x + 5} {y + 10} Td ({text}) Tj ET\n"
    for (x, y), text in zip(
        ((x, y) for y in YS[1::-1] for x in XS[:2]), ("Alpha", "Beta", "Gamma", "Delta"), strict=True
    )
)
LOWER = "1 0 0 1 0 -200 cm"
HIDDEN = {
    "clipped": f"q 0 250 500 150 re W n\n{LOWER}\n{TABLE}{WORDS}Q\n",
    "below the page": f"q 1 0 0 1 0 -400 cm\n{TABLE}{WORDS}Q\n",
    "white on white": f"q 1 g 1 G\n{LOWER}\n{TABLE}{WORDS}Q\n",
    "under a white box": f"q {LOWER}\n{TABLE}{WORDS}Q q 1 g 0 50 500 150 re f Q\n",
}


def read(content: str, folder: Path) -> PageContent:
    stream = f"0.5 w\n{content}".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 400] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, start=1))
    path = folder / "drawn.pdf"
    path.write_bytes(b"%PDF-1.4\n" + body + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF\n")
    with open_pdf(path) as pdf:
        return read_digital(pdf, describe_page(pdf, 1))


def test_a_table_that_is_shown_is_read(tmp_path):
    (table,) = read(TABLE + WORDS, tmp_path).tables
    assert [cell.text for cell in table.cells] == ["Alpha", "Beta", "Gamma", "Delta"]


@pytest.mark.parametrize("kind", HIDDEN)
def test_a_table_that_is_not_shown_is_none(kind, tmp_path):
    content = read(TABLE + WORDS + HIDDEN[kind], tmp_path)
    assert [cell.text for table in content.tables for cell in table.cells] == ["Alpha", "Beta", "Gamma", "Delta"]
    assert content.lines == ()


def test_a_word_of_which_a_clip_shows_the_upper_ends_alone_is_none(tmp_path):
    clipped = "q 0 127.5 500 40 re W n\nBT /F1 11 Tf 45 120 Td (bdhk) Tj ET\nQ\n"
    content = read(TABLE + WORDS + clipped, tmp_path)
    assert content.lines == ()
    shown = read(TABLE + WORDS + clipped.replace("127.5", "120"), tmp_path)
    assert [line.text for line in shown.lines] == ["bdhk"]
