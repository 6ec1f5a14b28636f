"""Which language a text is in: asked only by rules that need it, so the model is loaded on first use."""

from threading import Lock, Thread
from typing import Any

SURE_ENOUGH = 0.5
"""Below this probability the answer is "unsure": a few words often look like several languages."""
LONGEST_SAMPLE = 2_000
"""Characters looked at; more tells no more."""


class LanguageDetector:
    """Tells ISO 639-1 codes by py3langid, whose model and numpy take some 85 MB once loaded. Thread-safe."""

    def __init__(self) -> None:
        self._identifier: Any = None
        self._lock = Lock()

    def __call__(self, text: str) -> str:
        """The text's language, or "" when unsure."""
        if not any(letter.isalpha() for letter in text):
            return ""
        code, probability = self._loaded().classify(text[:LONGEST_SAMPLE])
        is_code = len(code) == len("en")
        return str(code) if is_code and probability >= SURE_ENOUGH else ""

    @property
    def is_loaded(self) -> bool:
        return self._identifier is not None

    def load(self) -> None:
        """Take the seconds that the first text would take. Blocks."""
        self._loaded()

    def release(self) -> None:
        """Give its memory back; the next text loads it again."""
        self._identifier = None

    def load_soon(self) -> None:
        """Begin to load, in a thread of its own, what a text will be asked of soon; nothing once it is loaded."""
        if not self.is_loaded and not self._lock.locked():
            Thread(target=self._loaded, name="language detector", daemon=True).start()

    def _loaded(self) -> Any:  # noqa: ANN401
        with self._lock:
            if self._identifier is None:
                from py3langid.langid import MODEL_FILE, LanguageIdentifier

                self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
            return self._identifier
