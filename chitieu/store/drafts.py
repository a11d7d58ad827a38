"""Documents whose number or date is blank: of which decision each is a scan, and which of them are one text.

Issuer, title and appendix have to be the same, and nothing that a document does say otherwise. It is put to the
decision of which it has half of the rows; else to an earlier draft that says the same, values and all. Others are
looked up by their rows, not gone through one by one: a thousand drafts cost ten times what a hundred cost.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from chitieu.store.scans import SAME_TITLE, Row, Version, have_same_rows, have_same_text

RAREST_ROWS, MOST_COMPARED = 5, 20
_Fits = Callable[[Version, Version], bool]


class RowIndex:
    """Documents by their rows, accents, capitals and spaces aside; each with the group that it belongs to."""

    def __init__(self) -> None:
        self._holders: dict[Row, list[str]] = {}
        self._known: dict[str, tuple[Version, list[Version]]] = {}

    def add(self, version: Version, group: list[Version]) -> None:
        self._known[version.document_id] = (version, group)
        for row in _bare_rows(version):
            self._holders.setdefault(row, []).append(version.document_id)

    def nearest(self, version: Version) -> Iterator[tuple[Version, list[Version]]]:
        """The documents with the most of a document's rarest rows in common, and their groups; the first of equals."""
        held = [self._holders[row] for row in _bare_rows(version) if row in self._holders]
        rarest = sorted(held, key=len)[:RAREST_ROWS]
        counted = Counter(document_id for holders in rarest for document_id in holders)
        yield from (self._known[document_id] for document_id, _ in counted.most_common(MOST_COMPARED))


def _bare_rows(version: Version) -> list[Row]:
    return list(dict.fromkeys(Row(row.code, row.period, _bare(row.words)) for row in version.rows))


def _bare(words: str) -> str:
    """A text without accents and spaces; `đ` goes with its bar."""
    return "".join(unicodedata.normalize("NFD", words).encode("ascii", "ignore").decode("ascii").split())


class Titles:
    """Indexes of one issuer's documents by appendix and title, which may be misread."""

    def __init__(self) -> None:
        self._indexes: dict[tuple[str, str], RowIndex] = {}

    def add(self, version: Version, group: list[Version]) -> None:
        name = version.name
        self._indexes.setdefault((name.plain_appendix, name.plain_title), RowIndex()).add(version, group)

    def group_of(self, version: Version, titles: Collection[str], fits: _Fits) -> list[Version] | None:
        """The group of the nearest document under one of these titles that fits; None where there is none."""
        for title in titles:
            index = self._indexes.get((version.name.plain_appendix, title))
            for other, group in index.nearest(version) if index else ():
                if fits(version, other):
                    return group
        return None


def put_drafts(
    groups: Sequence[list[Version]], drafts: Sequence[Version], near: Mapping[str, Collection[str]]
) -> list[list[Version]]:
    """Put each draft of one issuer to the decision that it is a scan of; the others in groups of the same text.

    `near`: the titles that the title of each draft may be.
    """
    signed, unsigned = Titles(), Titles()
    others: list[list[Version]] = []
    for group in groups:
        for version in group:
            signed.add(version, group)
    for draft in drafts:
        titles = near[draft.name.plain_title]
        own = signed.group_of(draft, titles, _is_draft_of) or unsigned.group_of(draft, titles, _is_same_draft)
        if own is None:
            others.append(own := [])
        own.append(draft)
        if not any(one.name.is_whole for one in own):
            unsigned.add(draft, own)
    return others


def near_titles(wanted: Collection[str], known: Collection[str]) -> Mapping[str, list[str]]:
    """The titles that each of some may be, itself first; an empty one is none."""
    found: dict[str, list[str]] = {}
    for title in wanted:
        like = process.extract(title, known, scorer=fuzz.ratio, score_cutoff=SAME_TITLE, limit=None) if title else []
        found[title] = [one for one, *_ in sorted(like, key=lambda match: (-match[1], match[0]))]
    return found


def _is_draft_of(draft: Version, signed: Version) -> bool:
    return draft.name.leaves_open(signed.name) and have_same_rows(draft.rows, signed.rows)


def _is_same_draft(later: Version, earlier: Version) -> bool:
    is_one = later.name.leaves_open(earlier.name) or earlier.name.leaves_open(later.name)
    return is_one and have_same_text(later.rows, earlier.rows)
