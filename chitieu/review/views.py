"""What the page shows of a row: its fields with their doubts, readings and meanings, and where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chitieu.corrections import regions_of
from chitieu.dataset.remarks import flag_detail
from chitieu.messages import explain_flag
from chitieu.model import Box, Correction, Flag, FlagKind, Indicator, Region
from chitieu.review.choices import Candidates, Choice, choices_of
from chitieu.review.meanings import Meaning, meaning_of
from chitieu.review.words import word
from chitieu.reviewed import ROW
from chitieu.settings import Language
from chitieu.store import ReviewRow
from normalizers.lessons import same_row

# In the order of the printed columns; what a row has none of and no doubt about is shown folded.
SHOWN_FIELDS = ("code", "indicator", "unit", "value_text", "period", "agency", "coagency", "note", "section")
MERGED_FIELDS = ("unit", "agency")
OWN_FIELDS = frozenset({"code", "indicator", "value_text"})
ALWAYS_SHOWN = frozenset({"code", "indicator", "unit", "value_text", "period", "agency"})


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a row as the page shows it."""

    name: str
    label: str
    text: str
    read: str
    doubts: tuple[str, ...]
    choices: tuple[Choice, ...]
    meaning: Meaning
    regions: tuple[Region, ...]
    is_folded: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A correction as the page tells of it."""

    field: str
    seen: str
    text: str
    reviewer: str
    reason: str
    made_at: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as the page shows it; `doubts` are those about the row as a whole."""

    position: int
    version: str
    record_id: str
    page: int
    path: str
    status: str
    put_off: str
    is_open: bool
    doubts: tuple[str, ...]
    fields: tuple[FieldView, ...]
    regions: tuple[Region, ...]
    said: tuple[Said, ...] = field(default=())


def row_view(
    row: ReviewRow,
    said: Sequence[Correction],
    before: Mapping[str, Sequence[Correction]],
    language: Language,
    scans: Sequence[tuple[str, ReviewRow]] = (),
    above: Mapping[str, str] | None = None,
) -> RowView:
    """`said`: what people said of this row; `before`: by field, what they made of such a text anywhere.

    `scans`: rows that they confirmed on other scans of the decision, each with the name of its file; `above`: what the
    cells above say of fields that are empty.
    """
    one = row.indicator
    other = same_row(row.as_read, [there.indicator for _, there in scans])
    file = next((file for file, there in scans if there.indicator is other), "")
    origin = word("other_scan", language, file=file)
    elsewhere = {name: [(str(getattr(other, name)), origin)] for name in SHOWN_FIELDS} if other else {}
    over = above or {}
    stands = [
        field_view(row, name, before.get(name, ()), language, elsewhere.get(name, ()), over.get(name, ""))
        for name in SHOWN_FIELDS
    ]
    named = {name for name in SHOWN_FIELDS if any(flag.field == name for flag in one.flags)}
    own = tuple(flag for flag in one.flags if flag.field not in named)
    return RowView(
        position=row.position,
        version=row.version,
        record_id=one.record_id,
        page=one.page,
        path=" › ".join(part for part in (one.section_code or one.section, one.group, one.code) if part),
        status=row.status,
        put_off=row.put_off,
        is_open=bool(one.flags) and row.status not in ("accepted", "rejected"),
        doubts=doubts_said(own, language),
        fields=tuple(stands),
        regions=bands_of(one),
        said=tuple(Said(c.field, c.seen, c.text, c.reviewer, c.reason, c.made_at) for c in said),
    )


def bands_of(row: Indicator) -> tuple[Region, ...]:
    """Where a row stands on its pages: as high as its own cells are, for others may be merged over many rows."""
    regions = list(dict.fromkeys(region for source in row.sources for region in source.regions))
    own = [region for source in row.sources if source.field in OWN_FIELDS for region in source.regions]
    return tuple(_band(page, own or regions, regions) for page in sorted({region.page for region in own or regions}))


def _band(page: int, own: Sequence[Region], regions: Sequence[Region]) -> Region:
    high = [region.box for region in own if region.page == page]
    top, bottom = min(box.top for box in high), max(box.bottom for box in high)
    beside = [r.box for r in regions if r.page == page and r.box.top < bottom and r.box.bottom > top]
    return Region(page, Box(min(box.left for box in beside), top, max(box.right for box in beside), bottom))


def field_view(
    row: ReviewRow, name: str, before: Sequence[Correction], language: Language, elsewhere: Candidates, above: str = ""
) -> FieldView:
    one, text = row.indicator, str(getattr(row.indicator, name))
    doubts = doubts_said([flag for flag in one.flags if flag.field == name], language)
    return FieldView(
        name=name,
        label=word(f"field_{name}", language),
        text=text,
        read=str(getattr(row.as_read, name)),
        doubts=doubts,
        choices=choices_of(row, name, before, language, elsewhere, above) if doubts else (),
        meaning=meaning_of(one, name, language),
        regions=regions_of(one, name) if name in {source.field for source in one.sources} else (),
        is_folded=name not in ALWAYS_SHOWN and not text and not doubts,
    )


def doubts_said(flags: Sequence[Flag], language: Language) -> tuple[str, ...]:
    """The reasons for doubts, each once: what they are about follows, as of the columns of a header that is not clear.

    >>> columns = [Flag(FlagKind.HEADER_NOT_UNDERSTOOD, detail=title) for title in ("2O26", "2O27")]
    >>> doubts_said([*columns, Flag(FlagKind.NO_PERIOD)], Language.EN)
    ('The column header is not understood: 2O26; 2O27', 'The target year or period is not known')
    """
    details: dict[FlagKind, dict[str, None]] = {}
    for flag in flags:
        details.setdefault(flag.kind, {}).update({flag_detail(flag, language): None} if flag.detail else {})
    said = ((explain_flag(kind, language), about) for kind, about in details.items())
    return tuple(f"{words}: {'; '.join(about)}" if about else words for words, about in said)


def left_blank(row: Indicator) -> tuple[str, ...]:
    """The empty fields whose cell may be merged with the one above: nothing shows it where no rules are drawn."""
    empty = {flag.field for flag in row.flags if flag.kind is FlagKind.EMPTY_FIELD}
    return tuple(name for name in MERGED_FIELDS if name in empty and not getattr(row, name))


def text_above(row: Indicator, name: str, rows: Sequence[Indicator]) -> str:
    """What the nearest of the rows above in its section, in printed order, says of a field; empty where none does."""
    of_section = (one for one in reversed(rows) if (one.section_code, one.section) == (row.section_code, row.section))
    return next((text for one in of_section if (text := str(getattr(one, name)))), "")


def doubtful_fields(row: Indicator) -> tuple[str, ...]:
    """The fields that flags are about, in the order of the page."""
    named = {flag.field for flag in row.flags if flag.kind is not FlagKind.UNREADABLE}
    return tuple(name for name in SHOWN_FIELDS if name in named)


def about_row(row: Indicator, said: Sequence[Correction]) -> tuple[Correction, ...]:
    """Corrections whose place is that of a field of this row."""
    places = {region for source in row.sources for region in source.regions}
    return tuple(c for c in said if places & set(c.regions) and (c.field == ROW or c.field in SHOWN_FIELDS))
