"""Every text in both languages, with the same things filled in."""

import string

import pytest

from chitieu.errors import ChitieuError, error_of_reason
from chitieu.layers import LayerKind
from chitieu.messages import FLAGS, TEXTS, decimal_text, explain_flag, text
from chitieu.model import FlagKind
from chitieu.settings import Language
from chitieu.store import DocumentState


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_both_languages_say_the_same(key: str) -> None:
    vi, en = TEXTS[key]
    assert vi
    assert en
    assert fields(vi) == fields(en)


def test_every_reason_for_doubt_is_explained() -> None:
    assert set(FLAGS) == set(FlagKind)
    assert all(explain_flag(kind, language) for kind in FlagKind for language in Language)


def test_every_state_has_a_name() -> None:
    assert {f"state_{state}" for state in DocumentState} <= set(TEXTS)


def test_every_kind_of_text_layer_has_a_name() -> None:
    assert {f"layer_{kind}" for kind in LayerKind} <= set(TEXTS)


@pytest.mark.parametrize("error", ChitieuError.__subclasses__())
def test_every_error_has_its_own_reason_and_words(error: type[ChitieuError]) -> None:
    assert error_of_reason(error.reason) is error
    assert {error.vi, error.en}.isdisjoint({ChitieuError.vi, ChitieuError.en})


def test_decimals_are_written_as_the_language_writes_them() -> None:
    assert text("seconds", Language.VI, seconds=1234.56) == "1234,6 giây"
    assert text("seconds", Language.EN, seconds=1234.56) == "1234.6 s"
    assert [decimal_text(2.7, digits, Language.VI) for digits in (0, 1, 2)] == ["3", "2,7", "2,70"]
