"""Pages that are hard to draw: pictures that lie, things that draw themselves, bombs, what runs by itself."""

from benchmarks.nasty.raw import READ, STOPPED, TEXT, UNREADABLE, Case, assemble, file_of, flate, objects, stream, zeros

WITHIN_LIMITS = READ | UNREADABLE | STOPPED | {"too_large"}
DRAW = b"q 500 0 0 700 40 40 cm /X1 Do Q"


def with_picture(width: int, height: int, data: bytes, filters: bytes, extra: bytes = b"") -> bytes:
    """A page that shows one picture."""
    says = b"/Type /XObject /Subtype /Image /Width %d /Height %d %s %s" % (width, height, filters, extra)
    return with_form(stream(data, says))


def with_form(body: bytes, content: bytes = DRAW) -> bytes:
    """A page that draws object 6."""
    return assemble(objects(stream(content), resources=b"/XObject << /X1 6 0 R >>", more=[body]))


def drawn(content: bytes) -> bytes:
    return assemble(objects(flate(content)))


def bomb(mib: int) -> bytes:
    """A page whose content is so many spaces, small on the disk."""
    return assemble(objects(stream(zeros(mib * 2**20, b" "), b"/Filter /FlateDecode")))


def bomb_in_a_bomb() -> bytes:
    """Compressed twice: a few kilobytes become gigabytes."""
    once = zeros(2**32, b" ")
    return assemble(
        objects(flate(once, b"").replace(b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]", 1))
    )


def grid(lines: int) -> bytes:
    """So many rules across and as many down."""
    across = b"".join(
        b"40 %.2f m 555 %.2f l S\n" % (40 + 760 * at / lines, 40 + 760 * at / lines) for at in range(lines)
    )
    down = b"".join(b"%.2f 40 m %.2f 800 l S\n" % (40 + 515 * at / lines, 40 + 515 * at / lines) for at in range(lines))
    return drawn(b"0.2 w\n" + across + down)


def words(count: int) -> bytes:
    """So many words, one over the other."""
    return drawn(b"BT /F1 6 Tf 40 700 Td " + b"(tu) Tj 0.01 0 Td " * count + b"ET")


FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X1 6 0 R >> >>"
TYPE3 = (
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 65 "
    b"/Widths [9] /Encoding << /Differences [65 /A] >> /CharProcs << /A 6 0 R >> "
    b"/Resources << /Font << /F1 5 0 R >> >> >>"
)
LAUNCH = b"/OpenAction << /S /Launch /F (calc.exe) >> /AA << /WC << /S /JavaScript /JS (while(1);) >> >>"
ANNOTATION = (
    b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (b) /Rect [0 0 1e9 1e9] "
    b"/Parent 6 0 R /Kids [6 0 R] /AP << /N 6 0 R >> >>"
)
FAX = b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns %d /Rows %d >>"

CASES: list[Case] = [
    file_of(
        "picture-is-no-jpeg", lambda: with_picture(900, 900, b"no picture" * 99, b"/Filter /DCTDecode"), WITHIN_LIMITS
    ),
    file_of(
        "picture-is-no-jpx", lambda: with_picture(900, 900, b"no picture" * 99, b"/Filter /JPXDecode"), WITHIN_LIMITS
    ),
    file_of(
        "picture-is-no-jbig2",
        lambda: with_picture(900, 900, b"no picture" * 99, b"/Filter /JBIG2Decode"),
        WITHIN_LIMITS,
    ),
    file_of(
        "picture-too-short",
        lambda: with_picture(2000, 2000, b"\0" * 50, b"/ColorSpace /DeviceGray /BitsPerComponent 8"),
        WITHIN_LIMITS,
    ),
    file_of(
        "fax-of-a-billion-columns",
        lambda: with_picture(10**9, 10, b"\0" * 99, FAX % (10**9, 10), b"/BitsPerComponent 1"),
        WITHIN_LIMITS,
    ),
    file_of(
        "picture-below-nothing",
        lambda: with_picture(-5, -5, b"\0" * 99, b"/ColorSpace /DeviceGray /BitsPerComponent 8"),
        WITHIN_LIMITS,
    ),
    file_of("picture-of-no-known-filter", lambda: with_picture(9, 9, b"\0" * 99, b"/Filter /Rot13"), WITHIN_LIMITS),
    file_of("form-draws-itself", lambda: with_form(stream(DRAW + TEXT, FORM)), READ | UNREADABLE),
    file_of(
        "letter-draws-itself",
        lambda: assemble([*objects(stream(b"BT /F1 9 Tf (AAA) Tj ET"))[:4], TYPE3, stream(b"BT /F1 1 Tf (A) Tj ET")]),
        WITHIN_LIMITS,
    ),
    file_of(
        "font-is-noise",
        lambda: assemble(
            [
                *objects()[:4],
                b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor 6 0 R >>",
                b"<< /Type /FontDescriptor /FontFile2 7 0 R >>",
                stream(b"\0\1\0\0" + b"\xff" * 5000),
            ]
        ),
        WITHIN_LIMITS,
    ),
    file_of("font-is-missing", lambda: assemble([*objects()[:4], b"null"]), WITHIN_LIMITS),
    file_of(
        "operators-of-no-language", lambda: drawn(b"BT ) ] >> foo bar 1 2 3 baz Tj ET \xff\xfe" * 500), WITHIN_LIMITS
    ),
    file_of("states-never-given-back", lambda: drawn(b"q " * 300_000 + TEXT), READ),
    file_of("states-given-back-too-often", lambda: drawn(b"Q " * 300_000 + TEXT), READ),
    file_of("numbers-without-end", lambda: drawn(b"9" * 100_000 + b" 0 m " + b"-" * 9999 + b" S " + TEXT), READ),
    file_of("runs-a-program", lambda: assemble(objects(catalog=LAUNCH)), READ),
    file_of(
        "a-form-that-is-its-own-parent",
        lambda: assemble(
            objects(
                page=b"/MediaBox [0 0 595 842] /Annots [6 0 R 6 0 R]",
                catalog=b"/AcroForm << /Fields [6 0 R] >>",
                more=[ANNOTATION],
            )
        ),
        READ,
    ),
    file_of(
        "bookmarks-in-a-circle",
        lambda: assemble(
            objects(
                catalog=b"/Outlines 6 0 R",
                more=[b"<< /First 6 0 R /Last 6 0 R /Next 6 0 R /Parent 6 0 R /Title (o) >>"],
            )
        ),
        READ,
    ),
    file_of("grid-of-80-by-80", lambda: grid(80), WITHIN_LIMITS),
    file_of("grid-of-1500-by-1500", lambda: grid(1500), WITHIN_LIMITS, is_heavy=True),
    file_of("20000-words-in-one-place", lambda: words(20_000), WITHIN_LIMITS),
    file_of("a-million-words-in-one-place", lambda: words(1_000_000), WITHIN_LIMITS, is_heavy=True),
    file_of("bomb-of-100-mib", lambda: bomb(100), WITHIN_LIMITS),
    file_of("bomb-of-3-gib", lambda: bomb(3072), WITHIN_LIMITS, is_heavy=True),
    file_of("bomb-in-a-bomb", bomb_in_a_bomb, WITHIN_LIMITS, is_heavy=True),
    file_of(
        "picture-of-30000-by-30000",
        lambda: with_picture(
            30_000, 30_000, zeros(900_000_000), b"/Filter /FlateDecode /ColorSpace /DeviceGray /BitsPerComponent 8"
        ),
        WITHIN_LIMITS,
        is_heavy=True,
    ),
    file_of(
        "picture-of-100000-by-100000",
        lambda: with_picture(
            100_000, 100_000, zeros(1_250_000_000), b"/Filter /FlateDecode /ColorSpace /DeviceGray /BitsPerComponent 1"
        ),
        WITHIN_LIMITS,
        is_heavy=True,
    ),
]
