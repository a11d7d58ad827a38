"""Several decisions in one file become several documents, where that is certain."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.maker.printing import print_pdf
from chitieu.model import Extraction
from chitieu.store import open_store
from flows.bundles import document_id_of
from flows.stages import extract_document
from tests.builders import DOCUMENT_ID, extraction

HEAD = """<div style='display:flex;text-align:center'><div style='width:42%'><b>ỦY BAN NHÂN DÂN<br>TỈNH CAO BẰNG</b><br>
Số: {number}</div><div style='width:58%'><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b><br>
<i>Cao Bằng, {date}</i></div></div><p style='text-align:center'><b>{type}<br>Về việc giao chỉ tiêu</b></p><p>Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;</p><p>Điều 1. Giao chỉ
tiêu kinh tế - xã hội cho các sở, ban, ngành và các xã, phường trên địa bàn tỉnh theo bảng sau.</p>"""
TABLE = """<table border=1 style='border-collapse:collapse;width:100%'><tr><th>STT<th>Chỉ tiêu<th>Đơn vị<th>Năm 2030
<tr><td>1<td>{name}<td>%<td>≥ {value}<tr><td>2<td>Tỷ lệ hộ nghèo<td>%<td>≤ 3</table>"""
DATE = "ngày 09 tháng 7 năm 2025"


def page(number: str, name: str, value: int, *, date: str = DATE, kind: str = "QUYẾT ĐỊNH", note: str = "") -> str:
    table = TABLE.format(name=name, value=value)
    return f"<div style='break-after:page'>{note}{HEAD.format(number=number, date=date, type=kind)}{table}</div>"


@pytest.fixture
def extract(tmp_path: Path):
    def read(*pages: str) -> list[Extraction]:
        path = tmp_path / "bundle.pdf"
        print_pdf(f"<!doctype html><meta charset='utf-8'>{''.join(pages)}", path)
        found = extract_document(path, path.name, DOCUMENT_ID, threads=1, report=lambda *_: None)
        return [found, *found.further]

    return read


def test_two_decisions_are_two_documents(extract):
    rest = f"<div style='break-after:page'>{TABLE.format(name='Tỷ lệ che phủ rừng', value=60)}</div>"
    first, second = extract(page("12/QĐ-UBND", "Tỷ lệ đô thị hóa", 40), rest, page("13/QĐ-UBND", "Tỷ lệ lao động", 70))
    assert [one.document.document_id for one in (first, second)] == [DOCUMENT_ID, f"{DOCUMENT_ID}-2"]
    assert [one.document.number for one in (first, second)] == ["12/QĐ-UBND", "13/QĐ-UBND"]
    assert [[summary.page for summary in one.pages] for one in (first, second)] == [[1, 2], [3]]
    assert [row.indicator for row in second.indicators] == ["Tỷ lệ lao động", "Tỷ lệ hộ nghèo"]
    assert {row.record_id.startswith(f"{DOCUMENT_ID}-2-") for row in second.indicators} == {True}
    assert {row.page for row in second.indicators} == {3}
    assert not any("bundle" in str(flag) for one in (first, second) for flag in one.document.flags)


@pytest.mark.parametrize(
    ("second", "flags"),
    [
        (page("    /QĐ-UBND", "Tỷ lệ lao động", 70, date="ngày    tháng    năm 2025"), ["bundle"]),
        (page("13/QĐ-UBND", "Tỷ lệ lao động", 70, date="ngày    tháng    năm 2025"), ["bundle"]),
        (page("12/QĐ-UBND", "Tỷ lệ lao động", 70), []),
        (page("13/BC-UBND", "Tỷ lệ lao động", 70, kind="BÁO CÁO", note="<p>Mẫu số 01</p>"), []),
    ],
)
def test_what_may_be_another_document_is_flagged_and_stays(extract, second, flags):
    (only,) = extract(page("12/QĐ-UBND", "Tỷ lệ đô thị hóa", 40), second)
    assert [str(flag) for flag in only.document.flags if str(flag) == "bundle"] == flags
    assert len(only.indicators) == 4


def test_a_plan_that_the_decision_issues_is_part_of_it(extract):
    note = "<p>(Kèm theo Quyết định số 12/QĐ-UBND ngày 09/7/2025 của UBND tỉnh Cao Bằng)</p>"
    plan = page("45/KH-UBND", "Tỷ lệ lao động", 70, kind="KẾ HOẠCH", note=note)
    assert len(extract(page("12/QĐ-UBND", "Tỷ lệ đô thị hóa", 40), plan)) == 1


def test_the_store_keeps_each_and_forgets_what_is_there_no_more(tmp_path):
    second = extraction(document_id_of(DOCUMENT_ID, 2), "bundle.pdf")
    both = replace(extraction(DOCUMENT_ID, "bundle.pdf"), further=(second,))
    with open_store(f"sqlite:///{tmp_path}/store.sqlite") as store:
        store.record_received(DOCUMENT_ID, DOCUMENT_ID * 4, "bundle.pdf")
        for _ in range(2):
            store.save_extraction(both, "1", 1.0)
            with store.snapshot() as snapshot:
                assert [(one.document.document_id, one.rows) for one in snapshot.documents()] == [
                    (DOCUMENT_ID, len(both.indicators)), (f"{DOCUMENT_ID}-2", len(second.indicators)),
                ]  # fmt: skip
                assert snapshot.further(DOCUMENT_ID) == (f"{DOCUMENT_ID}-2",)
            assert store.waiting() == []
        store.save_extraction(replace(both, further=()), "2", 1.0)
        with store.snapshot() as snapshot:
            assert [one.document.document_id for one in snapshot.documents()] == [DOCUMENT_ID]
