"""Text layers of every kind, made from one document of the maker, are known for what they are."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from benchmarks.identity.cases import identity_of, make_cases
from benchmarks.maker import layers
from benchmarks.maker.content import make_decision
from benchmarks.maker.damage import QUALITIES
from benchmarks.maker.looks import FULL_RULES
from benchmarks.maker.model import Decision, Rules
from benchmarks.maker.page import page_html
from benchmarks.maker.printing import print_pdf
from benchmarks.maker.scans import scan_pdf
from chitieu.layers import Encoding, LayerKind
from extractors.layer import examine_layer
from extractors.pdf import open_pdf
from normalizers.legibility import judge

Made = tuple[Decision, Path, Path]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A decision, printed and scanned."""
    folder = tmp_path_factory.mktemp("made")
    decision = replace(make_decision(91, 0, FULL_RULES, "seed5"), has_body=True)
    digital, scan = folder / "digital.pdf", folder / "scan.pdf"
    print_pdf(page_html(decision), digital)
    scan_pdf(digital, scan, QUALITIES["low"], 1)
    return decision, digital, scan


def kinds(path: Path) -> list[LayerKind]:
    with open_pdf(path) as pdf:
        return [judge(examine_layer(pdf, number)).kind for number in range(1, pdf.page_count + 1)]


Write = Callable[[Made, Path], None]
CASES: list[tuple[Write, LayerKind, LayerKind]] = [
    (lambda made, to: layers.write_sound_layer(made[2], made[1], to), LayerKind.OCR_SOUND, LayerKind.OCR_SOUND),
    (
        lambda made, to: layers.write_garbage_layer(made[2], made[1], to, 1),
        LayerKind.OCR_GARBAGE,
        LayerKind.OCR_GARBAGE,
    ),
    (lambda made, to: layers.write_stamp_layer(made[2], to), LayerKind.STAMP, LayerKind.NONE),
    (lambda made, to: layers.write_legacy(made[1], to, Encoding.TCVN3), LayerKind.TCVN3, LayerKind.TCVN3),
    (lambda made, to: layers.write_legacy(made[1], to, Encoding.VNI), LayerKind.VNI, LayerKind.VNI),
    (lambda made, to: layers.write_pasted(made[0], made[1], to), LayerKind.PARTIAL, LayerKind.PARTIAL),
]


@pytest.mark.parametrize(("write", "first", "rest"), CASES)
def test_kinds(made: Made, tmp_path: Path, write: Write, first: LayerKind, rest: LayerKind) -> None:
    write(made, tmp_path / "made.pdf")
    found = kinds(tmp_path / "made.pdf")
    assert found == [first, *[rest] * (len(found) - 1)]


def test_dashed_rules_are_no_print_without_words(made: Made, tmp_path: Path) -> None:
    decision = replace(made[0], look=replace(made[0].look, rules=Rules.DASHED))
    print_pdf(page_html(decision), tmp_path / "dashed.pdf")
    assert set(kinds(tmp_path / "dashed.pdf")) == {LayerKind.SOUND}


def test_letters_that_pdfium_takes_for_lines_of_their_own_are_words(tmp_path: Path) -> None:
    decision = replace(make_decision(91, 4, FULL_RULES, "nested"), has_body=True)
    print_pdf(page_html(decision), tmp_path / "parted.pdf")
    assert set(kinds(tmp_path / "parted.pdf")) == {LayerKind.SOUND}


def test_a_legacy_layer_looks_the_same_and_reads_as_such_fonts_do(made: Made, tmp_path: Path) -> None:
    layers.write_legacy(made[1], tmp_path / "old.pdf", Encoding.TCVN3)
    pages = []
    for path in (made[1], tmp_path / "old.pdf"):
        with pypdfium2.PdfDocument(str(path)) as document:
            pages.append((document[0].render(scale=1).to_numpy().copy(), document[0].get_textpage().get_text_range()))
    (picture, text), (same, stored) = pages
    assert (picture == same).all()
    assert "Độc lập" in text
    assert "§éc lËp" in stored


def test_the_cases_say_what_is_true_of_them(tmp_path: Path) -> None:
    found = {case.name: case for case in make_cases(tmp_path, 91, 1, scans=("office",))}
    decision = replace(make_decision(91, 0, FULL_RULES, "seed5"), has_body=True)
    assert found["digital"].identities == (identity_of(decision),)
    (draft,) = found["draft"].identities
    assert (draft.number, draft.date) == ("/" + decision.number.partition("/")[2], "")
    assert all(case.path.exists() and case.kinds for case in found.values())
