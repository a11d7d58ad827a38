"""The reader's second model: what it confirms needs no other reader, what it contradicts needs a person."""

from chitieu.model import Box, Cell, Reading, Region, Run
from normalizers.agreement import witness_agrees, witness_differs
from normalizers.evidence import weigh
from normalizers.mended import Mended

REGION = (Region(1, Box(0, 0, 10, 10)),)


def read(text: str, *seconds: str, witness: str | None, confidence: float = 0.999) -> Cell:
    first = Reading((Run(text),), "reader", confidence, (), witness)
    further = tuple(Reading((Run(second),), "tesseract", 0.9) for second in seconds)
    return Cell(0, 0, 1, 1, REGION, (first, *further))


def kinds(cell: Cell, field: str = "value_text") -> list[str]:
    return [flag.kind.value for flag in weigh(field, cell, Mended(cell.text), is_exact=True)]


def test_two_models_that_agree_outweigh_tesseract():
    assert kinds(read("1.250,5", "1.2505", witness="1.250,5")) == []


def test_an_unsure_reader_is_not_helped_by_its_witness():
    assert kinds(read("1.250,5", "1.2505", witness="1.250,5", confidence=0.9)) == ["readers_disagree"]


def test_a_witness_that_differs_is_heard_where_no_other_reader_was_asked():
    assert kinds(read("80", witness="60")) == ["readers_disagree"]


def test_signs_that_tesseract_cannot_write_need_the_witness():
    assert kinds(read("≥ 80", "> 80", witness="> 80")) == ["readers_disagree"]
    assert kinds(read("> 36", ">36", witness="≥ 36")) == ["readers_disagree"]
    assert kinds(read("≥ 80", "> 80", witness="≥ 80")) == []
    assert kinds(read("‰", "%", witness="%"), "unit") == ["readers_disagree"]


def test_a_reader_that_two_others_confirm_needs_no_witness():
    assert kinds(read("80", "80", witness="60")) == []


def test_without_a_witness_nothing_is_said():
    alone = read("80", witness=None).readings[0]
    assert not witness_agrees(alone, least_confidence=0.5)
    assert not witness_differs(alone)
