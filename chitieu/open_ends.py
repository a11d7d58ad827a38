"""Print that stops where no text ends: the rest of it stands elsewhere."""


def is_left_open(text: str) -> bool:
    """Whether a text ends at a mark that something follows, or in a bracket.

    >>> is_left_open("Thu ngân sách (không kể"), is_left_open("vùng sâu, "), is_left_open("Tỷ lệ hộ nghèo (%)")
    (True, True, False)
    """
    return text.rstrip().endswith((",", "-", "–", "(", "/", ";")) or is_in_bracket(text)


def is_in_bracket(text: str) -> bool:
    """Whether a text ends before a bracket closes."""
    return text.count("(") > text.count(")")
