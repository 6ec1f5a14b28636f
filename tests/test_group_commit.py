"""One writer for all: jobs that wait together are one transaction, and nobody hears of more than is on disk."""

import threading
from collections.abc import Callable
from concurrent.futures import Future

import pytest

from bot.domain.errors import StorageContended
from bot.domain.sentence import sentence
from bot.group_commit import GroupCommit

Pages = list[str]


class Notebook:
    """A writer whose disk is a list; `is_full` lets no commit through, `is_whole` cannot undo a part alone."""

    def __init__(self) -> None:
        self.pages: Pages = []
        self.did: list[str] = []
        self.is_full = False
        self.is_whole = False
        self._draft: Pages = []
        self._part = 0

    def begin(self) -> Pages:
        self.did.append("begin")
        self._draft = []
        return self._draft

    def commit(self, session: Pages) -> None:
        if self.is_full:
            raise OSError("the disk is full")
        self.pages += session
        self.did.append("commit")

    def rollback(self, session: Pages) -> None:
        session.clear()
        self.did.append("rollback")

    def begin_part(self, session: Pages) -> None:
        self._part = len(session)

    def end_part(self, session: Pages) -> None:
        """Nothing to do."""

    def undo_part(self, session: Pages, error: Exception) -> Exception | None:
        if self.is_whole:
            return None
        del session[self._part :]
        return error

    def committed(self, session: Pages) -> None:
        self.did.append("told")

    def give_up(self, error: Exception) -> Exception:
        if isinstance(error, StorageContended):
            return error
        return RuntimeError(f"nothing was kept: {error}")

    def close(self) -> None:
        self.did.append("close")


def writes(page: str) -> Callable[[Pages], str]:
    def write(pages: Pages) -> str:
        pages.append(page)
        return page

    return write


def fails(pages: Pages) -> str:
    pages.append("half a page")
    raise ValueError("no ink")


def held(commits: GroupCommit[Pages]) -> threading.Event:
    """Keep the writer at work until this event is set."""
    is_held, is_free = threading.Event(), threading.Event()

    def hold(_: Pages) -> bool:
        is_held.set()
        return is_free.wait(5)

    commits.submit(hold)
    assert is_held.wait(5)
    return is_free


def together(commits: GroupCommit[Pages], *jobs: Callable[[Pages], str]) -> "list[Future[str]]":
    """Submit them while the writer is at work, so that they wait together."""
    is_free = held(commits)
    waiting = [commits.submit(job) for job in jobs]
    is_free.set()
    return waiting


def test_what_waits_together_is_committed_at_once_and_in_order() -> None:
    notebook = Notebook()
    commits = GroupCommit(notebook, name="notebook", at_most=10)
    waiting = together(commits, *map(writes, "abc"))
    commits.close()
    assert [each.result() for each in waiting] == notebook.pages == ["a", "b", "c"]
    assert notebook.did == ["begin", "commit", "told"] * 2 + ["close"]


def test_no_more_than_so_many_are_one_transaction() -> None:
    notebook = Notebook()
    commits = GroupCommit(notebook, name="notebook", at_most=2)
    together(commits, *map(writes, "abc"))
    commits.close()
    assert notebook.pages == ["a", "b", "c"]
    assert notebook.did.count("commit") == 3


def test_one_that_fails_leaves_nothing_and_takes_nobody_along() -> None:
    notebook = Notebook()
    commits = GroupCommit(notebook, name="notebook", at_most=10)
    first, failed, last = together(commits, writes("a"), fails, writes("b"))
    commits.close()
    assert isinstance(failed.exception(), ValueError)
    assert (first.result(), last.result()) == ("a", "b")
    assert notebook.pages == ["a", "b"]


def test_where_a_failed_part_cannot_be_undone_alone_nobody_s_is_kept_and_all_are_told() -> None:
    notebook = Notebook()
    notebook.is_whole = True
    commits = GroupCommit(notebook, name="notebook", at_most=10)
    told = [str(each.exception()) for each in together(commits, writes("a"), fails)]
    commits.close()
    assert told == ["nothing was kept: no ink"] * 2
    assert notebook.pages == []


def contends(page: str, *, times: int) -> Callable[[Pages], str]:
    """Waits for somebody who waits for it, so many times."""
    left = iter(range(times))

    def write(pages: Pages) -> str:
        pages.append(page)
        if next(left, None) is not None:
            raise StorageContended(sentence("operations.server_row_locked", database="notebook"))
        return page

    return write


@pytest.mark.parametrize("is_whole", [False, True])
def test_one_of_two_who_wait_for_one_another_is_done_once_more_alone(is_whole: bool) -> None:
    notebook = Notebook()
    notebook.is_whole = is_whole
    commits = GroupCommit(notebook, name="notebook", at_most=10)
    first, refused, last = together(commits, writes("a"), contends("b", times=1), writes("c"))
    commits.close()
    assert (first.result(), refused.result(), last.result()) == ("a", "b", "c")
    assert sorted(notebook.pages) == ["a", "b", "c"]


def test_one_that_contends_twice_is_told() -> None:
    notebook = Notebook()
    commits = GroupCommit(notebook, name="notebook", at_most=10)
    first, refused = together(commits, writes("a"), contends("b", times=2))
    commits.close()
    assert first.result() == "a"
    assert isinstance(refused.exception(), StorageContended)
    assert notebook.pages == ["a"]


def test_who_waits_for_a_commit_that_fails_is_told_and_the_next_one_goes_on() -> None:
    notebook = Notebook()
    commits = GroupCommit(notebook, name="notebook", at_most=10)
    notebook.is_full = True
    assert str(commits.submit(writes("a")).exception()) == "nothing was kept: the disk is full"
    notebook.is_full = False
    assert commits.submit(writes("b")).result() == "b"
    commits.close()
    assert notebook.pages == ["b"]


def test_a_job_that_is_cancelled_while_it_waits_is_not_done() -> None:
    notebook = Notebook()
    commits = GroupCommit(notebook, name="notebook", at_most=10)
    is_free = held(commits)
    waiting = commits.submit(writes("a"))
    assert waiting.cancel()
    is_free.set()
    commits.close()
    assert notebook.pages == []


def test_nothing_is_taken_after_closing() -> None:
    commits = GroupCommit(Notebook(), name="notebook", at_most=10)
    commits.close()
    with pytest.raises(RuntimeError, match="closed"):
        commits.submit(writes("a"))
