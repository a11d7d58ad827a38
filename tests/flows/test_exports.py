"""The two decisions as another OCR system wrote them down: every row, every misreading mended or flagged."""

from pathlib import Path

import pytest

from chitieu.archive import archive_copy
from chitieu.inbox import Intake, inspect_pdf, list_files
from chitieu.layers import LayerKind
from chitieu.model import Extraction, FlagKind
from flows.stages import extract_document

# Misread in the files → what stands in the decisions.
MENDED = {
    ("cao-bang-1139", "I", "3"): "Một số lĩnh vực có thế mạnh đạt trình độ khá",
    ("cao-bang-1139", "I", "22"): "Phấn đấu ≥ 3",
    ("cao-bang-1139", "II", "3"): "Phấn đấu 01 doanh nghiệp trở lên",
    ("cao-bang-1139", "II", "4"): "Phấn đấu ≥ 2",
    ("cao-bang-1139", "II", "5"): "Phấn đấu ≥ 01",
    ("lai-chau-skhcn", "I", "17"): "tăng dần theo yêu cầu",
    ("lai-chau-skhcn", "II", "2"): "Phòng Bưu chính",
}


@pytest.fixture(scope="module", params=["cao-bang-1139", "lai-chau-skhcn"])
def read(request, samples) -> tuple[str, Extraction]:
    path = samples / "exports" / f"{request.param}.txt"
    return request.param, extract_document(path, path.name, "0" * 16, threads=1, report=lambda *_: None)


def test_every_row_comes_out(read):
    name, extraction = read
    assert len(extraction.indicators) == {"cao-bang-1139": 46, "lai-chau-skhcn": 20}[name]
    assert {indicator.period for indicator in extraction.indicators} == {"2030", "2045"}
    assert {page.legibility.kind for page in extraction.pages} == {LayerKind.EXPORT}


def test_every_misreading_is_mended_with_its_reason(read):
    name, extraction = read
    rows = {(name, one.section_code, one.code): one for one in extraction.indicators}
    for key, text in MENDED.items():
        if key[0] == name:
            row = rows[key]
            assert text in f"{row.indicator} {row.value_text} {row.agency}"
            assert any(repair.why for repair in row.repairs)


def test_what_is_not_mended_is_flagged_and_hardly_anything_else(read):
    name, extraction = read
    flagged = [indicator.code for indicator in extraction.indicators if indicator.flags]
    assert flagged == (["20.2"] if name == "cao-bang-1139" else [])  # Độn đốc


def test_the_caption_gives_the_identity(read):
    name, extraction = read
    document = extraction.document
    if name == "cao-bang-1139":
        assert (document.number, document.date.isoformat()) == ("1139/QĐ-UBND", "2025-07-09")
        assert document.issuer == "Ủy ban nhân dân tỉnh Cao Bằng"
    else:
        assert (document.number, document.date) == ("/KH-SKHCN", None)
        assert {flag.kind for flag in document.flags} == {FlagKind.BLANK_NUMBER, FlagKind.BLANK_DATE}


def test_sources_are_lines_of_the_file(read, samples):
    name, extraction = read
    lines = (samples / "exports" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    for indicator in extraction.indicators:
        source = next(source for source in indicator.sources if source.field == "indicator")
        box = source.regions[0].box
        assert lines[int(box.top) - 1].split("\t")[int(box.left)] in source.readings[0].text


def test_an_export_is_taken_in_like_any_document(samples, tmp_path):
    (intake,) = list_files([samples / "exports" / "lai-chau-skhcn.txt"], 1)
    assert isinstance(intake, Intake)
    copy = archive_copy(intake.path, intake.sha256, tmp_path)
    assert copy.suffix == ".txt"
    assert inspect_pdf(copy, 1, 10).page_count == 1
    assert [type(file) for file in list_files([Path(samples / "exports")], 1)] == [Intake, Intake]
