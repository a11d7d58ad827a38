"""Plausible targets, in the forms in which decisions print them."""

import random

from benchmarks.maker.stock import Measure, Stock, Topic, lines, pick_weighted

_MORE = {"≥ {}": 30, "{}": 34, "≥{}": 4, "> {}": 8, "{} - {high}": 8, "{}-{high}": 4, "Trên {}": 3, "Từ {} trở lên": 2}
_LESS = {"≤ {}": 40, "< {}": 14, "{}": 26, "≤{}": 4, "Dưới {}": 6, "Không quá {}": 3}
_RANKS = {"≤ {}": 50, "{}": 16, "Top {}": 8, "Trong nhóm {}": 8, "Thuộc nhóm {} tỉnh dẫn đầu": 8, "< {}": 6}
_YEARLY = {"≥ {}": 30, "{}": 55, "> {}": 7, "≤ {}": 0, "{} - {high}": 8}
# One cell in so many of a yearly plan is left empty.
_EMPTY_SHARE = 0.05


def format_number(number: float, decimals: int) -> str:
    """The number with `.` between thousands and `,` before decimals.

    >>> format_number(1234.5, 1)
    '1.234,5'
    """
    return f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def make_value(chance: random.Random, stock: Stock, topic: Topic) -> str:
    """A single target for a topic."""
    if topic.measure.kind == "text":
        return topic.target or chance.choice(lines(stock, "texts.txt"))
    if chance.random() < 0.03:
        return chance.choice(lines(stock, "texts.txt"))
    return _fill(chance, topic, _form(chance, topic), _number(chance, topic))


def make_series(chance: random.Random, stock: Stock, topic: Topic, count: int) -> tuple[str, ...]:
    """Targets for years in a row, rising or falling as the topic asks; some cells empty, never all."""
    if topic.measure.kind == "text":
        return tuple(chance.choice(lines(stock, "texts.txt")) for _ in range(count))
    start = _number(chance, topic)
    steps = [start * (1 + chance.uniform(0.01, 0.07) * index) for index in range(count)]
    ordered = steps[::-1] if topic.falls else steps
    capped = [min(step, topic.measure.high) if _has_ceiling(topic.measure) else step for step in ordered]
    usual = pick_weighted(chance, _YEARLY)
    texts = [_fill(chance, topic, usual if chance.random() < 0.7 else "{}", number) for number in capped]
    kept = chance.randrange(count)
    return tuple("" if i != kept and chance.random() < _EMPTY_SHARE else text for i, text in enumerate(texts))


def _has_ceiling(measure: Measure) -> bool:
    return measure.kind in ("share", "index", "rank")


def _number(chance: random.Random, topic: Topic) -> float:
    measure = topic.measure
    number = chance.uniform(measure.low, measure.high)
    if topic.falls and measure.kind in ("share", "rate"):
        return chance.choice((0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 3.0, 5.0, 7.5, 12.0))
    if measure.kind == "share" and measure.decimals == 0 and chance.random() < 0.5:
        return max(measure.low, 5 * round(number / 5))
    # large targets are round ones
    return round(number / 50) * 50 if number > 2000 and chance.random() < 0.7 else number


def _form(chance: random.Random, topic: Topic) -> str:
    if topic.measure.kind == "rank":
        return pick_weighted(chance, _RANKS)
    return pick_weighted(chance, _LESS if topic.falls else _MORE)


def _fill(chance: random.Random, topic: Topic, form: str, number: float) -> str:
    measure = topic.measure
    decimals = measure.decimals
    if measure.kind == "share" and decimals == 0 and chance.random() < 0.2 and number < 99:
        decimals = chance.choice((1, 1, 2))
    if topic.falls and measure.kind in ("share", "rate"):
        decimals = 1
    if measure.kind == "index":
        number, decimals = min(number, 0.99), chance.choice((2, 3))
    low = _printed(chance, measure, number, decimals)
    high = number * chance.uniform(1.06, 1.3) + 10**-decimals
    if _has_ceiling(measure) and high > measure.high:
        form = form.replace("{} - {high}", "{}").replace("{}-{high}", "{}")
    return form.format(low, high=_printed(chance, measure, high, decimals))


def _printed(chance: random.Random, measure: Measure, number: float, decimals: int) -> str:
    text = format_number(number, decimals)
    if decimals and chance.random() < 0.3:
        text = text.rstrip("0").rstrip(",")
    is_padded = measure.kind in ("count", "less") and len(text) == 1 and chance.random() < 0.6
    return f"0{text}" if is_padded else text
