"""The words of the review page, Vietnamese and English."""

from chitieu.review.page_words import PAGE_WORDS
from chitieu.review.row_words import ROW_WORDS
from chitieu.settings import Language

WORDS = {**ROW_WORDS, **PAGE_WORDS}

# Those that the scripts say.
SCRIPT_WORDS = (
    "admins_only",
    "retried",
    "not_retried",
    "identity_others",
    "identity_changed",
    "identity_no_date",
    "offline_kept",
    "missing_needs",
    "missing_saved",
    "missing_undone",
    "too_many_tries",
    "wrong_password",
    "check_tally",
    "who_are_you",
    "all",
    "page",
    "no_picture",
    "same_title",
    "same_none",
    "same_reason",
    "same_saved",
    "more_fields",
    "mode_command",
    "mode_edit",
    "count_left",
    "minutes_left",
    "offline",
    "unsaved",
    "refused",
    "nothing_to_undo",
    "changed_since",
    "conflict",
    "theirs",
    "yours",
    "take_theirs",
    "held_by",
    "verdict_accepted",
    "verdict_rejected",
    "verdict_skipped",
    "verdict_unreadable",
    "suggestion",
)


def word(key: str, language: Language, **values: object) -> str:
    """A word of the page in a language, filled in."""
    return _form(key, language).format(**values)


def script_words(language: Language) -> dict[str, str]:
    """The words that the scripts say, their {names} left to be filled in."""
    return {key: _form(key, language) for key in SCRIPT_WORDS}


def _form(key: str, language: Language) -> str:
    vi, en = WORDS[key]
    return vi if language is Language.VI else en
