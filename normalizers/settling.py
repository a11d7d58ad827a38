"""Roles of columns settled: the words of the headers and what stands below them, held against each other."""

from dataclasses import dataclass, replace

from normalizers.cells import key_words
from normalizers.contents import (
    ENOUGH_CELLS,
    counts_rows,
    holds_agencies,
    holds_amounts,
    holds_codes,
    holds_measures,
    holds_names,
    holds_numbers,
    holds_units,
    names_measures,
    reads_like_agencies,
)
from normalizers.headers import caption_doubt, names_indicators
from normalizers.periods import find_period

_SUBJECTS = ("indicator", "weak", "goal")


@dataclass(frozen=True, slots=True)
class Draft:
    """A column on its way to a role: what its header said, and what stands below."""

    index: int
    path: tuple[str, ...]
    said: str
    body: tuple[str, ...]

    @property
    def title(self) -> str:
        return " / ".join(self.path)


Drafts = tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """The columns with all that can be said of them; `guessed` are those whose role is in doubt.

    `is_foreign`: the table is one of tasks, money or land.
    """

    drafts: Drafts
    guessed: Drafts
    is_foreign: bool


def settle(drafts: Drafts, caption: str) -> Settled:
    """Roles and doubts, once the table is known to be one of indicators or not."""
    drafts = _settle_bodies(_settle_shared(_settle_agencies(drafts)))
    drafts, unsure = _find_subject(drafts, caption)
    drafts = _settle_code(_settle_indicator(drafts))
    if _is_foreign(drafts, caption):
        return Settled(drafts, (), is_foreign=True)
    drafts, guessed = _find_values(drafts)
    return Settled(drafts, tuple(draft for draft in drafts if draft.index in unsure) + guessed, is_foreign=False)


def _said(drafts: Drafts) -> set[str]:
    return {draft.said for draft in drafts}


def _named(drafts: Drafts, found: Drafts, said: str) -> Drafts:
    return tuple(replace(draft, said=said) if draft in found else draft for draft in drafts)


def _settle_agencies(drafts: Drafts) -> Drafts:
    """`Đơn vị` is a unit, but not beside `ĐVT`, and not over the names of agencies or of anything else."""
    units = [draft for draft in drafts if draft.said == "unit"]
    plain = tuple(draft for draft in units if key_words(draft.title) == key_words("Đơn vị"))
    bodies = tuple(draft for draft in plain if len(units) > len(plain) or holds_agencies(draft.body))
    named = tuple(draft for draft in plain if draft not in bodies and reads_like_agencies(draft.body))
    others = tuple(draft for draft in plain if draft not in bodies + named and holds_names(draft.body))
    return _named(_named(drafts, bodies + named, "agency"), others, "")


def _settle_shared(drafts: Drafts) -> Drafts:
    """`KẾT QUẢ CƠ QUAN CẦN ĐẠT CHỦ TRÌ` over two columns, the rule between their titles lost: one holds bodies."""
    shared = [draft for draft in drafts if sum(draft.path == other.path for other in drafts) > 1]
    values = tuple(draft for draft in shared if draft.said == "value" and len(draft.body) >= ENOUGH_CELLS)
    bodies = tuple(draft for draft in values if reads_like_agencies(draft.body))
    is_clear = len(bodies) == 1 and len(values) > 1 and "agency" not in _said(drafts)
    return _named(drafts, bodies, "agency") if is_clear else drafts


def _settle_bodies(drafts: Drafts) -> Drafts:
    """Columns without a title that is known, by what can be nothing else: numbers of rows, units, bodies."""
    tests = (("code", counts_rows), ("unit", holds_units), ("agency", reads_like_agencies))
    for said, test in tests:
        unknown = (draft for draft in drafts if not draft.said and len(draft.body) >= ENOUGH_CELLS)
        found = tuple(draft for draft in unknown if test(draft.body))[:1] if said not in _said(drafts) else ()
        drafts = _named(drafts, found, said)
    return drafts


def _find_subject(drafts: Drafts, caption: str) -> tuple[Drafts, frozenset[int]]:
    """Where no title names the column of indicators (or only titles over values do), that column by its texts.

    In doubt (the index is given back) where the texts do not begin like indicators and not all else is understood.
    """
    if any(draft.said in _SUBJECTS and not holds_amounts(draft.body) for draft in drafts):
        return drafts, frozenset()
    texts = tuple(draft for draft in drafts if _may_be_subject(draft, drafts))
    best = max(texts, key=lambda draft: (round(names_measures(draft.body), 1), _length(draft)), default=None)
    if best is None or not _is_supported(best, drafts, caption):
        return drafts, frozenset()
    is_sure = best.said != "foreign" and (
        names_measures(best.body) >= 0.5 or (len(texts) == 1 and {"code", "unit"} <= _said(drafts))
    )
    is_sure = is_sure and len(best.body) >= ENOUGH_CELLS
    return _named(drafts, (best,), "indicator"), frozenset(() if is_sure else {best.index})


def _may_be_subject(draft: Draft, drafts: Drafts) -> bool:
    """Whether a column holds names of indicators; the more its title speaks of other things, the plainer they must."""
    if len(draft.body) < ENOUGH_CELLS:
        return draft.said == "" and bool(draft.body)
    if not holds_names(draft.body):
        return False
    least = {"": 0.0, "value": 0.0, "ignored": 0.5, "foreign": 0.6}
    is_one_of_many = draft.said == "foreign" and sum(one.said == "foreign" for one in drafts) > 1
    return draft.said in least and not is_one_of_many and names_measures(draft.body) >= least[draft.said]


def _is_supported(best: Draft, drafts: Drafts, caption: str) -> bool:
    """Whether the other columns are those of a table of indicators: values, and units or a caption that says so."""
    others = [draft for draft in drafts if draft != best]
    has_values = any(d.said in ("value", *_SUBJECTS) or (not d.said and holds_amounts(d.body)) for d in others)
    has_unit = any(draft.said == "unit" for draft in others)
    if not has_values or caption_doubt(caption) or any(draft.said == "foreign" for draft in others):
        return False
    if best.said == "foreign":
        has_numbers = any(holds_amounts(draft.body) for draft in others if draft.said in ("value", *_SUBJECTS))
        return has_unit and has_numbers
    return has_unit or names_indicators(caption) or names_measures(best.body) >= 0.5


def _length(draft: Draft) -> int:
    return sum(map(len, draft.body))


def _settle_indicator(drafts: Drafts) -> Drafts:
    """One indicator column: the surest word wins, then the column with the most text; `Mục tiêu` beside it is value."""
    for with_amounts in (False, True):
        for said in _SUBJECTS:
            named = [draft for draft in drafts if draft.said == said]
            candidates = [draft for draft in named if holds_amounts(draft.body) == with_amounts]
            if candidates:
                chosen = max(candidates, key=lambda draft: (_length(draft), -draft.index))
                return tuple(_beside_indicator(draft, chosen) for draft in drafts)
    return drafts


def _beside_indicator(draft: Draft, chosen: Draft) -> Draft:
    if draft == chosen:
        return draft
    # `Chỉ tiêu tỉnh giao` over numbers beside `Chỉ tiêu`.
    is_value = draft.said == "goal" or (draft.said == "indicator" and holds_amounts(draft.body))
    became = {"goal": "value", "indicator": "value" if is_value else "", "weak": ""}
    return replace(draft, said=became[draft.said]) if draft.said in became else draft


def _settle_code(drafts: Drafts) -> Drafts:
    """Numbers under a header that spans number and name (`Chỉ tiêu` over two columns) are codes."""
    if "code" in _said(drafts):
        return drafts
    subject = next((draft for draft in drafts if draft.said in _SUBJECTS), None)
    same = tuple(d for d in drafts if subject and d.path == subject.path and d != subject and holds_codes(d.body))
    return _named(drafts, same[:1], "code")


def _is_foreign(drafts: Drafts, caption: str) -> bool:
    """Whether the table is one of tasks, money or land; a bare `Nội dung` needs support to be an indicator."""
    said = _said(drafts)
    if "indicator" in said:
        return False
    if "foreign" in said or caption_doubt(caption):
        return True
    has_period = any(draft.said == "value" and find_period(draft.title) for draft in drafts)
    has_numbers = any(draft.said == "value" and holds_numbers(draft.body) for draft in drafts)
    are_measures = any(draft.said in _SUBJECTS and names_measures(draft.body) >= 0.5 for draft in drafts)
    has_measures = any(draft.said == "value" and holds_measures(draft.body) for draft in drafts)
    is_supported = "unit" in said or names_indicators(caption) or has_measures
    return not (is_supported or (has_numbers and (has_period or are_measures)))


def _find_values(drafts: Drafts) -> tuple[Drafts, Drafts]:
    """Where no title names a column of values, that column by what stands in it; in doubt unless beside units."""
    said = _said(drafts)
    unknown = tuple(draft for draft in drafts if not draft.said and draft.body)
    if "value" in said or not said & set(_SUBJECTS):
        return drafts, ()
    found = tuple(d for d in unknown if holds_amounts(d.body) or ("unit" in said and len(unknown) == 1))
    named = _named(drafts, found, "value")
    is_sure = "unit" in said and len(found) == 1 and holds_amounts(found[0].body) and len(found[0].body) >= ENOUGH_CELLS
    return named, () if is_sure else tuple(draft for draft in named if draft.index in {one.index for one in found})
