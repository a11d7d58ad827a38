"""Counts of syllables and pairs."""

import pytest

from normalizers.lexicon import bigram_count, is_syllable, syllable_count


@pytest.mark.parametrize("word", ["tỷ", "tỉ", "hoá", "hóa", "Nghiệp", "uỷ", "quốc", "kĩ", "kỹ"])
def test_every_spelling_is_a_syllable(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["tỉnhh", "khoc", "bru", "chị̉nh", ""])
def test_misreadings_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_common_pairs_count_more() -> None:
    assert bigram_count("thế", "mạnh") > bigram_count("thể", "mạnh")
    assert bigram_count("hoá", "đơn") == bigram_count("hóa", "đơn") > 0
    assert syllable_count("của") > syllable_count("cùa")
