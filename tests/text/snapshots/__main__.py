"""`make sentences`: write down every sentence of every language, to be read and committed."""

from pathlib import Path

from bot.text.catalogue import languages
from tests.text.samples import page


def main() -> None:
    for language in languages():
        (Path(__file__).parent / f"{language}.txt").write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
