"""What later runs learn from reviewers: the list, and how a text, or all of them, is unlearned."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from chitieu.lessons import LEARNED_FIELDS
from chitieu.review.api import Changing
from chitieu.review.desk import Desk, now
from chitieu.review.guards import AtDesk, Reviewer, Token, Tongue, require_admin
from chitieu.review.pages import show
from chitieu.review.shapes import Strict, Text
from chitieu.review.words import word
from chitieu.settings import Language
from chitieu.store import Unlearned
from normalizers.text import fold_marks

router = APIRouter()
SHOWN_LESSONS = 500
LearnedField = Annotated[str, Field(pattern=f"^({'|'.join(LEARNED_FIELDS)})$")]


class LessonShape(BaseModel):
    """A confirmed text; `documents` is 0 where it was unlearned."""

    field: str
    label: str
    text: str
    documents: int


class LessonsShape(BaseModel):
    """What is learned, and what was unlearned; `count` is of all, also those that are not shown."""

    is_on: bool
    count: int
    lessons: tuple[LessonShape, ...]
    unlearned: tuple[LessonShape, ...]


class LessonName(Strict):
    field: LearnedField
    text: Text


class UnlearnShape(Strict):
    """The texts to unlearn; `all`: every one that is learned now."""

    lessons: Annotated[tuple[LessonName, ...], Field(max_length=500)] = ()
    all: bool = False


@router.get("/api/lessons")
def lessons(
    desk: AtDesk, _reviewer: Reviewer, language: Tongue, q: Annotated[str, Query(max_length=200)] = ""
) -> LessonsShape:
    """What later runs learn, by field and text; `q`: of which a piece is this, marks or not."""
    return _shown(desk, language, q)


@router.post("/api/lessons/unlearn", dependencies=[*Changing, Depends(require_admin)])
def unlearn(said: UnlearnShape, desk: AtDesk, reviewer: Reviewer, language: Tongue) -> LessonsShape:
    """Have later runs learn these no more; what they were learned from is kept."""
    names = [(one.field, one.text) for one in said.lessons]
    if said.all:
        with desk.store.snapshot() as snapshot:
            names = [(one.field, one.text) for one in snapshot.lessons()]
    desk.store.unlearn(Unlearned(field, text, reviewer, now()) for field, text in names)
    return _shown(desk, language, "")


@router.post("/api/lessons/learn", dependencies=[*Changing, Depends(require_admin)])
def learn(said: LessonName, desk: AtDesk, _reviewer: Reviewer, language: Tongue) -> LessonsShape:
    """Have later runs learn a text again."""
    desk.store.learn_again(said.field, said.text)
    return _shown(desk, language, "")


@router.get("/learned", include_in_schema=False)
def learned_page(
    request: Request,
    desk: AtDesk,
    language: Tongue,
    reviewer: Reviewer,
    token: Token,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The list for people."""
    return show(request, "learned", language, reviewer, token, learned=_shown(desk, language, q), q=q)


def _shown(desk: Desk, language: Language, q: str) -> LessonsShape:
    with desk.store.snapshot() as snapshot:
        learned, unlearned = snapshot.lessons(), snapshot.unlearned()
    piece = fold_marks(q)
    found = [_shape(one.field, one.text, one.documents, language) for one in learned if piece in fold_marks(one.text)]
    return LessonsShape(
        is_on=desk.settings.learning,
        count=len(learned),
        lessons=tuple(found[:SHOWN_LESSONS]),
        unlearned=tuple(_shape(one.field, one.text, 0, language) for one in unlearned),
    )


def _shape(field: str, text: str, documents: int, language: Language) -> LessonShape:
    return LessonShape(field=field, label=word(f"field_{field}", language), text=text, documents=documents)
