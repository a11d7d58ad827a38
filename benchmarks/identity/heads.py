"""How offices set the head of a document: the maker's head, varied, for the same identity."""

import random
import re

from benchmarks.maker.content import long_date
from benchmarks.maker.model import Decision

_NUMBER_FORMS = ("Số: {running}/{symbol}", "Số: {running} /{symbol}", "Số:{running}/{symbol}", "Số {running}/{symbol}")
_ABOUT = "Về việc "


def vary_head(html: str, decision: Decision, seed: int) -> str:
    """The page with its issuer, number, date and subject set in one of the ways of offices; the same seed, the same."""
    chance = random.Random(f"head {seed}")  # noqa: S311 - no secret, the same again is wanted
    issuer = decision.issuer.upper()
    html = html.replace(f"<b>{issuer}</b><hr>", f"<b>{_issuer(decision, chance)}</b><hr>", 1)
    running, _, symbol = decision.number.partition("/")
    number = chance.choice(_NUMBER_FORMS).format(running=running, symbol=symbol)
    html = html.replace(f"<span>Số: {decision.number}</span>", f"<span>{number}</span>", 1)
    if chance.random() < 0.4:
        html = html.replace(f", ngày {long_date(decision.day)}</i>", f", ngày {_bare_date(decision)}</i>", 1)
    about = chance.choice((_ABOUT, "V/v ", ""))
    return re.sub(rf"({decision.type_name.upper()}<br>)([^<]+)", lambda found: _subject(found, about), html, count=1)


def _issuer(decision: Decision, chance: random.Random) -> str:
    """In one line, in two as Nghị định 30/2020/NĐ-CP draws it, or shortened."""
    body = decision.issuer.rsplit(decision.place, 1)[0].strip().upper()
    place = decision.place.upper()
    brief = "UBND" if body == "ỦY BAN NHÂN DÂN" else "HĐND"
    return chance.choice((f"{body} {place}", f"{body}<br>{place}", f"{body}<br>{place}", f"{brief} {place}"))


def _bare_date(decision: Decision) -> str:
    """Without the zeros that the decree asks for."""
    day = decision.day
    return f"{day.day} tháng {day.month} năm {day.year}"


def _subject(found: re.Match[str], about: str) -> str:
    matter = found[2].removeprefix(_ABOUT)
    return found[1] + (f"{about}{matter}" if about else matter[0].upper() + matter[1:])
