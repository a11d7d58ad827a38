"""What stays in the inbox, in words for people."""

from collections.abc import Iterable, Sequence

from chitieu.looking import FOREIGN, PASSING, Left, shown_path
from chitieu.messages import text
from chitieu.settings import Language

SHOWN_NAMES = 20


def needing_somebody(left: Iterable[Left]) -> list[Left]:
    """The files that stay until somebody does something about them."""
    return [one for one in left if one.reason not in (*PASSING, *FOREIGN)]


def left_lines(left: Iterable[Left], language: Language) -> list[str]:
    """What stays in the inbox, and why."""
    return [f"{shown_path(one.path)}: {text(f'left_{one.reason}', language)}" for one in left]


def shortened_list(lines: Sequence[str], language: Language) -> list[str]:
    """The lines, not more than a screen of them."""
    more = len(lines) - SHOWN_NAMES
    return [*lines[:SHOWN_NAMES], text("and_more", language, count=more)] if more > 0 else list(lines)
