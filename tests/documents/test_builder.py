"""A document that somebody asked for: its files, and what is said of those that could not be made."""

from pathlib import Path

from bot.documents.builder import DocumentBuilder
from bot.documents.chart_process import ChartProcess
from bot.documents.document import Picture, RequestedDocument, TextFile
from bot.messages.outbound import Notice, Tone
from bot.messages.plain import plain
from storage.file_store import FolderFileStore
from tests.charts.sample_pictures import BARS, size_of
from tests.said import said

TABLE = TextFile(name="report.csv", media_type="text/csv", text="team\r\nit\r\n")
CHART = Picture(name="report.png", drawn=BARS)


async def made(folder: Path, *pages: TextFile | Picture, cap: int = 1_000_000) -> tuple[Notice, list[bytes]]:
    files = FolderFileStore(folder / "files", cap=cap)
    document = RequestedDocument(heading=("The report that you asked for.",), pages=pages, language="en")
    notice = await DocumentBuilder(files, ChartProcess(folder / "drawing")).notice(document)
    return notice, [
        b"".join([piece async for piece in files.read(file.digest or "")]) for file in notice.files
    ]


async def test_papers_and_pictures_come_as_files_of_their_names(tmp_path: Path) -> None:
    notice, (table, chart) = await made(tmp_path, TABLE, CHART)
    assert [(file.name, file.media_type) for file in notice.files] == [
        ("report.csv", "text/csv"),
        ("report.png", "image/png"),
    ]
    assert table == b"team\r\nit\r\n"
    assert size_of(chart)[0] == 1440
    assert plain(notice.text) == "The report that you asked for."


async def test_what_could_not_be_drawn_is_said_and_the_rest_comes_all_the_same(tmp_path: Path) -> None:
    broken = Picture(name="report.png", drawn={"kind": "a doodle"})
    notice, (table,) = await made(tmp_path, broken, TABLE)
    assert table == b"team\r\nit\r\n"
    assert plain(notice.text) == f"The report that you asked for.\n{said('reports.not_drawn')}"
    assert notice.tone is Tone.WARNING


async def test_what_is_larger_than_the_desk_keeps_is_said(tmp_path: Path) -> None:
    notice, files = await made(tmp_path, TABLE, cap=5)
    assert files == []
    assert said("refusals.file_too_large", file="report.csv", size="4.76837e-06 MiB") in plain(notice.text)
