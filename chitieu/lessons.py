"""What later runs learn from people: texts that they confirmed. Evidence for and against doubts, never a repair."""

from dataclasses import dataclass

# Fields whose texts come back in other decisions; values and numbers do not.
LEARNED_FIELDS = ("indicator", "unit", "agency")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text of a field that people confirmed, and in how many documents; of bodies, each by itself."""

    field: str
    text: str
    documents: int
