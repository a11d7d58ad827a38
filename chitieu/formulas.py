"""Text in CSV that a spreadsheet would take for a formula: OWASP, "CSV Injection"."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
ESCAPE = "'"


def unguarded(text: str) -> str:
    """The text as it was before `guarded`.

    >>> unguarded("'=1+1"), unguarded("'a")
    ('=1+1', "'a")
    """
    return text[1:] if text.startswith(ESCAPE) and text[1:].startswith(FORMULA_STARTS) else text


def guarded(text: str) -> str:
    """The text, with a `'` before it where a spreadsheet would take it for a formula.

    >>> guarded("=1+1"), guarded("a=1")
    ("'=1+1", 'a=1')
    """
    return f"{ESCAPE}{text}" if text.startswith(FORMULA_STARTS) else text
