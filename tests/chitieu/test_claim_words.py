"""What places say of a document's identity, in words."""

import pytest

from chitieu.claim_words import field_titles, place_of, said_by
from chitieu.identity import Claim, Origin
from chitieu.model import Box, Document, Region
from chitieu.review.shaping import claim_shape
from chitieu.screen import print_identity
from chitieu.settings import Language

PLACE = (Region(2, Box(0, 0, 10, 10)),)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (Claim("document_number", "84/QĐ-UBND", Origin.HEAD), "84/QĐ-UBND"),
        (Claim("document_number", "84/QĐ-UBND", Origin.HEAD, is_sure=False), "84/QĐ-UBND (in doubt)"),
        (Claim("document_date", "", Origin.HEAD), "blank"),
        (Claim("document_date", "", Origin.HEAD, is_sure=False, is_handwritten=True), "handwritten"),
    ],
)
def test_what_is_said(claim, expected):
    assert said_by(claim, Language.EN) == expected


def test_where_it_is_said():
    assert place_of(Claim("issuer", "", Origin.CAPTION, regions=PLACE), Language.VI) == "trên bảng, trang 2"
    assert place_of(Claim("issuer", "", Origin.SIGNATURE), Language.EN) == "digital signature"


@pytest.mark.parametrize("language", list(Language))
def test_every_field_and_origin_has_words(language):
    assert all(field_titles(language).values())
    assert all(place_of(Claim("draft", "draft", origin), language) for origin in Origin)


def test_the_review_page_shows_what_is_said_and_on_which_page():
    shape = claim_shape(Claim("document_number", "84/QĐ-UBND", Origin.HEAD, "Số: 84/QĐ-UBND", PLACE), Language.EN)
    assert (shape.field, shape.says, shape.page) == ("Document number", "84/QĐ-UBND", 2)
    assert (shape.place, shape.text) == ("head of page 1, page 2", "Số: 84/QĐ-UBND")


def test_the_command_line_shows_all_of_it(capsys):
    claims = (Claim("document_number", "84/QĐ-UBND", Origin.HEAD, "Số: 84/QĐ-UBND", PLACE),)
    print_identity(Document("abc", "a.pdf", claims=claims), Language.EN)
    assert "84/QĐ-UBND" in capsys.readouterr().out
