"""Several decisions in one file, parted where it is certain that another one begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from chitieu.model import Flag, FlagKind, Line
from extractors.heading import above_tables
from extractors.page_content import PageContent
from flows.identity import FileNotes
from flows.page_reading import ReadPage
from normalizers.bundles import find_start
from normalizers.heads import read_head

# A head stands in the upper part of its page.
MAX_HEAD_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Part:
    """The pages of one document of a file; `doubts` are pages on which another may begin."""

    pages: tuple[ReadPage, ...]
    doubts: tuple[int, ...] = ()

    @property
    def contents(self) -> list[PageContent]:
        return [page.content for page in self.pages if page.content]

    @property
    def flags(self) -> tuple[Flag, ...]:
        return tuple(Flag(FlagKind.BUNDLE, detail=str(page)) for page in self.doubts)

    def own(self, notes: FileNotes, *, is_first: bool) -> FileNotes:
        """The signatures on its pages; what stands on no page is the first document's."""
        numbers = {page.summary.page for page in self.pages}
        signatures = (one for one in notes.signatures if (one.region.page in numbers if one.region else is_first))
        return FileNotes(tuple(signatures), notes.title if is_first else "")


def part_documents(pages: Sequence[ReadPage]) -> list[Part]:
    """The documents of a file in the order of its pages."""
    parts = [Part(tuple(pages[:1]))]
    numbers = _numbers(pages[0].content) if pages else []
    for page in pages[1:]:
        start = find_start(_head_lines(page.content), numbers) if page.content else None
        if start and start.is_certain:
            parts.append(Part((page,)))
            numbers.append(start.number)
        else:
            last = parts[-1]
            doubts = (*last.doubts, page.summary.page) if start else last.doubts
            parts[-1] = Part((*last.pages, page), doubts)
    return parts


def document_id_of(file_id: str, place: int) -> str:
    """The id of a file's document with this place, from 1: further ones get `-2`, `-3`."""
    return file_id if place == 1 else f"{file_id}-{place}"


def _head_lines(content: PageContent) -> tuple[Line, ...]:
    height = content.facts.width if content.pose and content.pose.quarter_turns % 2 else content.facts.height
    return tuple(line for line in above_tables(content) if line.region.box.top <= MAX_HEAD_SHARE * height)


def _numbers(content: PageContent | None) -> list[str]:
    claims = read_head(_head_lines(content)).claims if content else ()
    return [claim.value for claim in claims if claim.field == "document_number" and claim.value[:1].isdigit()]
