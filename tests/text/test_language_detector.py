"""The language of a text is told when it can be told, and otherwise left open."""

import subprocess
import sys

import pytest

from bot.text.language_detector import LanguageDetector


@pytest.fixture(scope="module")
def detector() -> LanguageDetector:
    return LanguageDetector()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("please reset my password, I cannot log in", "en"),
        ("der Drucker im zweiten Stock geht nicht", "de"),
        ("mon ordinateur ne démarre plus depuis ce matin", "fr"),
        ("no puedo entrar en mi cuenta desde ayer", "es"),
    ],
)
def test_a_sentence_tells_its_language(detector: LanguageDetector, text: str, code: str) -> None:
    assert detector(text) == code


@pytest.mark.parametrize("text", ["", " ", "12345", "👍", "vpn", "hi", "\ud800"])
def test_what_could_be_any_language_is_left_open(detector: LanguageDetector, text: str) -> None:
    assert detector(text) == ""


def test_the_model_is_not_loaded_before_it_is_needed() -> None:
    code = (
        "import sys\n"
        "from bot.text.language_detector import LanguageDetector\n"
        "LanguageDetector()('123')\n"
        "print('py3langid' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
