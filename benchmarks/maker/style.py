"""The style sheet of a printed decision."""

from benchmarks.maker.fonts import font_family
from benchmarks.maker.model import Decision, Look, MarginTexts, Rules

_BORDERS = {
    Rules.FULL: "td,th{{border:{w}pt solid #000}}",
    Rules.DOUBLE: "td,th{{border:{w}pt solid #000}} table{{border:2.5pt double #000}}",
    Rules.DOUBLE_ALL: "td,th{{border:2.25pt double #000}}",
    Rules.DASHED: "td,th{{border:{w}pt dashed #000}}",
    Rules.DOTTED: "td,th{{border:{w}pt solid #000;border-top-style:dotted;border-bottom-style:dotted}}",
    Rules.OPEN_SIDES: (
        "td,th{{border:{w}pt solid #000}} td:first-child,th.first{{border-left:none}} "
        "td.last,th.last{{border-right:none}}"
    ),
    Rules.HORIZONTAL: "td,th{{border-top:{w}pt solid #000;border-bottom:{w}pt solid #000}}",
    Rules.HEADER_ONLY: (
        "th{{border-top:{w}pt solid #000;border-bottom:{w}pt solid #000}} table{{border-bottom:{w}pt solid #000}}"
    ),
    Rules.NONE: "",
}


def style_sheet(decision: Decision) -> str:
    """Everything about the look of a decision, in CSS."""
    look = decision.look
    return "".join((_pages(decision), _text(look), _table(look), _borders(look)))


def _pages(decision: Decision) -> str:
    look = decision.look
    top, right, bottom, left = look.margin_mm
    number = f"@top-center{{content:counter(page);font:13pt {font_family(look.font)}}}" if look.numbers_pages else ""
    foot = _running_foot(decision.margin_texts, look)
    return (
        f"@page{{size:A4;margin:{top}mm {right}mm {bottom}mm {left}mm;{number}{foot}}}"
        "@page :first{@top-center{content:''}}"
        "@page wide{size:A4 landscape} @page upright{size:A4} .appendix.wide{page:wide} .appendix.upright{page:upright}"
        ".appendix{padding:0 1.5pt} .body{break-after:page} .appendix+.appendix{break-before:page}"
        ".body.goes-on{break-after:auto;page:upright}"
        f".side{{position:absolute;left:-{left - 6}mm;top:30mm;writing-mode:vertical-rl;font-size:9pt;"
        "text-align:center;border:.5pt solid #000;padding:2pt} .appendix{position:relative}"
    )


def _running_foot(texts: MarginTexts, look: Look) -> str:
    return f"@bottom-left{{content:'{texts.foot}';font:italic 9pt {font_family(look.font)}}}" if texts.foot else ""


def _text(look: Look) -> str:
    return (
        f"body{{margin:0;font-family:{font_family(look.font)};font-size:13pt;line-height:1.2;color:#000;"
        # digits on the line, as word processors set them
        "font-variant-numeric:lining-nums;"
        "font-variant-ligatures:none;text-spacing-trim:space-all} p{margin:0 0 5pt}"
        ".head{text-align:center;font-weight:bold;margin-top:6pt} .caption{text-align:center;font-style:italic}"
        ".unit{text-align:right;font-style:italic;margin-top:8pt} .ground{font-style:italic;text-indent:10mm}"
        ".article{text-align:justify;text-indent:10mm}"
        ".two{display:flex;text-align:center;font-size:12pt} .two>div{width:42%} .two>.state{width:58%}"
        "hr{width:40%;border:0;border-top:.7pt solid #000;margin:3pt auto} hr.wide{width:60%}"
        ".signature{margin:12pt 0 0 52%;text-align:center;break-inside:avoid} .ink{height:56pt}"
        ".recipients{margin-top:-60pt;font-size:11pt;width:45%}"
    )


def _table(look: Look) -> str:
    inside = "auto" if look.cuts_rows else "avoid"
    group = "table-header-group" if look.repeats_header else "table-row-group"
    clone = "clone" if look.closes_cut_rows else "slice"
    fill = f"background:{look.header_fill};print-color-adjust:exact;" if look.header_fill else ""
    section_fill = (
        f"tr.section td{{background:{look.section_fill};print-color-adjust:exact}}" if look.section_fill else ""
    )
    return (
        f"table{{border-collapse:collapse;width:100%;table-layout:fixed;font-size:{look.size_pt}pt;"
        f"line-height:{look.line_height};margin-top:6pt}} thead{{display:{group}}} thead tr{{break-inside:avoid}}"
        f"tbody tr{{break-inside:{inside}}}"
        f"td,th{{padding:{look.padding_pt}pt 3pt;vertical-align:{look.vertical_align};"
        f"box-decoration-break:{clone};-webkit-box-decoration-break:{clone};overflow-wrap:break-word}}"
        f"th{{{fill}vertical-align:middle;{look.header_style}}} td.center{{text-align:center}}"
        f"td.value{{text-align:{look.value_align}}} td.name{{text-align:{look.indicator_align}}}"
        f"tr.section td{{{look.section_style}}} tr.group td{{{look.group_style}}} tr.section{{break-after:avoid}}"
        f"tr.rest{{break-before:page}}{section_fill}"
    )


def _borders(look: Look) -> str:
    return _BORDERS[look.rules].format(w=look.rule_pt)
