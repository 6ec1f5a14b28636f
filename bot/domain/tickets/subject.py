"""What a ticket is called, made from what was asked."""


def subject_of(text: str, *, limit: int = 80) -> str:
    """A one-line subject from the first words of a message, cut at a word; at most `limit` characters.

    Empty for a message without words.
    """
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    head = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return head.rstrip(" ,;:.-") + "…"
