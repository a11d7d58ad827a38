"""Which characters of the reader's alphabet differ by their marks alone: `a`, `á`, `ấ`; `d`, `đ`."""

import unicodedata


def mark_variants(alphabet: str) -> tuple[tuple[int, ...], ...]:
    """For each character of the alphabet the places of the others with the same base letter.

    >>> mark_variants("aáAdđ1")
    ((1,), (0,), (), (4,), (3,), ())
    """
    bases = [_base(char) for char in alphabet]
    places: dict[str, list[int]] = {}
    for place, base in enumerate(bases):
        places.setdefault(base, []).append(place)
    return tuple(
        tuple(other for other in places[base] if other != place) if char.isalpha() else ()
        for place, (char, base) in enumerate(zip(alphabet, bases, strict=True))
    )


def _base(char: str) -> str:
    return {"đ": "d", "Đ": "D"}.get(char) or unicodedata.normalize("NFD", char)[0]
