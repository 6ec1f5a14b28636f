"""Looking requests up waits for the first reading of the articles, and not for ever."""

from pathlib import Path

from bot.caches.folder_state import PATIENCE_S, FolderState

FOLDER, OTHER = Path("articles"), Path("other")


class Watch:
    def __init__(self) -> None:
        self.at = 5.0

    def __call__(self) -> float:
        return self.at


def test_a_folder_is_awaited_until_it_is_read_or_the_time_is_up() -> None:
    watch = Watch()
    state = FolderState(watch)
    assert state.is_awaited(FOLDER)
    watch.at += PATIENCE_S
    assert not state.is_awaited(FOLDER)
    assert state.is_awaited(OTHER)
    state.note_read(OTHER)
    assert not state.is_awaited(OTHER)


def test_without_a_folder_nothing_is_awaited() -> None:
    assert not FolderState(Watch()).is_awaited(None)
