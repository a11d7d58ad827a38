"""The measures of all tools as a page of tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks.peers.scores import Likeness

_INTRODUCTION = """# Tables side by side

Written by `python -m benchmarks.peers` (how to install the other tools: `benchmarks/peers/requirements.txt`).

Every tool reads the same files, a page at a time, before anything is joined over pages. The truth is what the browser
wrote into the digital document as its tags. Measures (`benchmarks/peers/scores.py`), 0 to 1, whitespace apart:
**F1** of pairs of neighbouring cells with exact texts (ICDAR 2013 competition), **TEDS**, **GriTS** of content, each
the mean of the documents. **missed**: printed tables (one a page) for which nothing was found. **CPU** in seconds a
page without imports, the text layer included that camelot and pdfplumber need for a scan (tesseract, Vietnamese, 300
dpi; img2table runs the same engine itself).

A document that lacks rules is given to each peer in its setting for such tables too, and the better F1 counts.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a tool made of a document; `failure` is empty where it did not break down."""

    group: str
    document: str
    quality: str
    tool: str
    likeness: Likeness
    pages: int
    cpu_seconds: float
    failure: str

    @property
    def family(self) -> str:
        """The tool apart from its setting."""
        return self.tool.split()[0]


def write_report(measured: Sequence[Measured], target: Path) -> None:
    """Write the page: for each set and quality a table of means, then F1 document by document."""
    parts = [_INTRODUCTION]
    for group, quality in dict.fromkeys((one.group, one.quality) for one in measured):
        best = _best_settings([one for one in measured if (one.group, one.quality) == (group, quality)])
        parts += [f"## {group}: {quality}\n", _means(best), _documents(best)]
    target.write_text("\n".join(parts), encoding="utf-8")


def _best_settings(measured: Sequence[Measured]) -> dict[str, list[Measured]]:
    """The better result of every tool for each document, by tool."""
    best: dict[tuple[str, str], Measured] = {}
    for one in sorted(measured, key=lambda one: -one.likeness.f1):
        best.setdefault((one.family, one.document), one)
    families, documents = (
        dict.fromkeys(names) for names in zip(*((m.family, m.document) for m in measured), strict=True)
    )
    return {family: [best[family, document] for document in documents] for family in families}


def _means(best: dict[str, list[Measured]]) -> str:
    lines = ["| | F1 | TEDS | GriTS | missed | CPU | broke down |", "|---|---:|---:|---:|---:|---:|---:|"]
    for tool, results in best.items():
        figures = [mean(getattr(one.likeness, name) for one in results) for name in ("f1", "teds", "grits")]
        tables = sum(one.likeness.tables for one in results)
        cells = [
            tool,
            *(f"{figure:.3f}" for figure in figures),
            f"{sum(one.likeness.missed for one in results)} of {tables}",
            f"{sum(one.cpu_seconds for one in results) / sum(one.pages for one in results):.2f}",
            str(sum(bool(one.failure) for one in results)),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _documents(best: dict[str, list[Measured]]) -> str:
    lines = [f"| F1 | {' | '.join(best)} |", f"|---|{'---:|' * len(best)}"]
    lines += [
        f"| {results[0].document} | {' | '.join(f'{one.likeness.f1:.3f}' for one in results)} |"
        for results in zip(*best.values(), strict=True)
    ]
    return "\n".join(lines) + "\n"
