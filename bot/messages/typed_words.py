"""Sentences in which what people can type is between backticks, for where it can be marked and where it cannot."""

from bot.messages.outbound import Code, RichText


def marked(sentence: str) -> RichText:
    """As rich text, what people can type as code."""
    pieces = _pieces(sentence)
    return tuple(Code(piece) if index % 2 else piece for index, piece in enumerate(pieces) if piece)


def unmarked(sentence: str) -> str:
    """As plain text, what people can type in quotation marks: a form's errors show backticks as they are."""
    return "".join(f"“{piece}”" if index % 2 else piece for index, piece in enumerate(_pieces(sentence)))


def _pieces(sentence: str) -> list[str]:
    """Every second one was between backticks; a backtick without another is a sign like any other."""
    pieces = sentence.split("`")
    return pieces if len(pieces) % 2 else [sentence]
