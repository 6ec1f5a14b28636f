"""`bot.ports.meaning.MeaningModel` by WordLlama’s vectors of tokens, which its wheel brings: 16 MB on the disk.

Its own loader asks the network for what it does not find, so the two files are opened here: the weights are mapped,
only the tokens that are met are read, and after each use they are the kernel's again, which has the file in its
cache. A text's vector is the mean of its tokens', and a token's length says how much it tells: "the" is a tenth of
"printer". https://github.com/dleemiller/WordLlama

Products are summed by `einsum`: the library behind `@` starts threads, which take longer than this little work.
"""

import importlib.util
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from mmap import ACCESS_READ, MADV_DONTNEED, mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np

MODEL: Final = "wordllama-l2_supercat_256-1"
"""The last number counts up when vectors are made in another way."""
_WEIGHTS: Final = Path("weights", "l2_supercat_256.safetensors")
_TOKENIZER: Final = Path("tokenizers", "l2_supercat_tokenizer_config.json")
_TENSOR: Final = "embedding.weight"
_WIDTH: Final = 256
_NEEDED: Final = ("numpy", "tokenizers", "wordllama")
_LONGEST_TEXT: Final = 20_000
"""Characters of one text that are looked at."""
_ROWS_AT_ONCE: Final = 1_024


def find_wordllama() -> "WordLlama | None":
    """The model, where the extra `answers` is installed with its files; nothing is imported to see that."""
    found = {name: importlib.util.find_spec(name) for name in _NEEDED}
    package = found["wordllama"]
    if None in found.values() or package is None or not package.submodule_search_locations:
        return None
    folder = Path(next(iter(package.submodule_search_locations)))
    return WordLlama(folder) if (folder / _WEIGHTS).is_file() and (folder / _TOKENIZER).is_file() else None


@dataclass(frozen=True, slots=True)
class _Files:
    tokenizer: Any
    mapped: mmap
    weights: "np.ndarray[Any, np.dtype[np.float16]]"

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        encoded = self.tokenizer.encode_batch(
            [text[:_LONGEST_TEXT] for text in texts], add_special_tokens=False
        )
        return [each.ids for each in encoded]

    def sums(self, texts: Sequence[str]) -> "np.ndarray[Any, np.dtype[np.float32]]":
        """Each text's tokens added up."""
        import numpy as np

        made = np.zeros((len(texts), self.weights.shape[1]), dtype=np.float32)
        for row, ids in enumerate(self.tokens(texts)):
            if ids:
                made[row] = self.weights[ids].sum(axis=0, dtype=np.float32)
        self.mapped.madvise(MADV_DONTNEED)
        return made


class WordLlama:
    """`folder` is the installed package's. May be asked by several threads."""

    model = MODEL

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: _Files | None = None
        self._lock = threading.Lock()

    def vectors(self, texts: Sequence[str]) -> Sequence[bytes]:
        """One signed byte for each dimension: their direction is what counts."""
        import numpy as np

        sums = self._load().sums(texts)
        most = np.abs(sums).max(axis=1, keepdims=True)
        scaled = np.divide(sums * 127, most, out=np.zeros_like(sums), where=most > 0)
        return [row.tobytes() for row in np.rint(scaled).astype(np.int8)]

    def matrix(self, vectors: bytes | bytearray) -> "VectorRows":
        return VectorRows(vectors)

    def shares(self, words: Mapping[str, float], texts: Sequence[Sequence[str]]) -> Sequence[float]:
        """For each word the likest of the text's; a word counts by the square of its length."""
        import numpy as np

        every = list(dict.fromkeys([*words, *(word for text in texts for word in text)]))
        if not words or not texts:
            return [0.0] * len(texts)
        sums = self._load().sums(every)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        units = np.divide(sums, lengths, out=np.zeros_like(sums), where=lengths > 0)
        weights = lengths[: len(words), 0] ** 2 * np.fromiter(words.values(), dtype=np.float32)
        total = float(weights.sum())
        alike = np.clip(np.einsum("ik,jk->ij", units[: len(words)], units), 0.0, 1.0)
        row_of = {word: row for row, word in enumerate(every)}
        return [
            float(alike[:, [row_of[word] for word in text]].max(axis=1) @ weights) / total
            if text and total
            else 0.0
            for text in texts
        ]

    def release(self) -> None:
        self._loaded = None

    def _load(self) -> _Files:
        with self._lock:
            if self._loaded is None:
                from tokenizers import Tokenizer

                tokenizer = Tokenizer.from_file(str(self._folder / _TOKENIZER))
                tokenizer.no_padding()
                tokenizer.no_truncation()
                self._loaded = _Files(tokenizer, *_mapped(self._folder / _WEIGHTS))
            return self._loaded


class VectorRows:
    """`bot.ports.meaning.VectorMatrix`: compared one by one, which for 100,000 takes some hundredths of a second."""

    def __init__(self, vectors: bytes | bytearray) -> None:
        import numpy as np

        self._rows = np.frombuffer(vectors, dtype=np.int8).reshape(-1, _WIDTH)
        self._lengths = np.empty(len(self._rows), dtype=np.float32)
        for begin in range(0, len(self._rows), _ROWS_AT_ONCE):
            some = self._rows[begin : begin + _ROWS_AT_ONCE].astype(np.float32)
            self._lengths[begin : begin + _ROWS_AT_ONCE] = np.maximum(np.linalg.norm(some, axis=1), 1.0)

    def nearest(self, vector: bytes, *, limit: int) -> Sequence[tuple[int, float]]:
        import numpy as np

        asked = _unit(vector)
        every = np.empty(len(self._rows), dtype=np.float32)
        for begin in range(0, len(every), _ROWS_AT_ONCE):
            some = self._rows[begin : begin + _ROWS_AT_ONCE].astype(np.float32)
            np.einsum("ij,j->i", some, asked, out=every[begin : begin + len(some)])
        every /= self._lengths
        best = np.argpartition(-every, limit - 1)[:limit] if limit < len(every) else np.arange(len(every))
        return [(int(row), float(every[row])) for row in best[np.argsort(-every[best], kind="stable")]]

    def likeness(self, vector: bytes, rows: Sequence[int]) -> Sequence[float]:
        import numpy as np

        if not rows:
            return []
        listed = np.array(rows)
        some = self._rows[listed].astype(np.float32)
        found = np.einsum("ij,j->i", some, _unit(vector)) / self._lengths[listed]
        return [float(each) for each in found]

    def likeness_together(self, vector: bytes, rows: Sequence[int]) -> float:
        import numpy as np

        if not rows:
            return 0.0
        listed = np.array(rows)
        units = self._rows[listed].astype(np.float32) / self._lengths[listed, None]
        whole = units.sum(axis=0)
        return float(whole @ _unit(vector)) / max(float(np.linalg.norm(whole)), 1.0)


def _unit(vector: bytes) -> "np.ndarray[Any, np.dtype[np.float32]]":
    import numpy as np

    asked = np.frombuffer(vector, dtype=np.int8).astype(np.float32)
    return asked / max(float(np.linalg.norm(asked)), 1.0)


def _mapped(path: Path) -> tuple[mmap, "np.ndarray[Any, np.dtype[np.float16]]"]:
    """The file, and the tensor in it: https://huggingface.co/docs/safetensors#format"""
    import numpy as np

    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        described = json.loads(file.read(size))[_TENSOR]
        mapped = mmap(file.fileno(), 0, access=ACCESS_READ)
    if described["dtype"] != "F16":
        raise ValueError(f"{path} holds {described['dtype']}")
    begin, end = (8 + size + each for each in described["data_offsets"])
    numbers = np.frombuffer(mapped, dtype=np.float16, offset=begin, count=(end - begin) // 2)
    return mapped, numbers.reshape(described["shape"])
