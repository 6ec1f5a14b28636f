"""The page's scripts in one: the same as piece by piece, or a sentence that says which line cannot be."""

import shutil
import subprocess
from pathlib import Path

import pytest

from adapters.web.page.assets import STATIC, PageSources
from adapters.web.page.bundle import NotBundled, script


def written(folder: Path, **scripts: str) -> Path:
    for name, text in scripts.items():
        (folder / f"{name.replace('_', '-')}.js").write_text(text, encoding="utf-8")
    return folder


def test_each_script_comes_once_and_after_those_it_needs(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        main='/* Starts. */\n\nimport { two } from "./two.js";\n'
        'import { one as first } from "./one.js";\ntwo(first);\n',
        two='import { one } from "./one.js";\nexport function two() {}\n',
        one="export const one = 1;\n",
    )
    text = script(folder, entry="main")
    assert text.count("/* one.js */") == 1
    assert text.index("/* one.js */") < text.index("/* two.js */") < text.index("/* main.js */")
    assert "const { one: first } = $one;" in text
    assert "import " not in text
    assert "export " not in text


@pytest.mark.parametrize(
    ("main", "told"),
    [
        ('import { one } from "./one.js";\nimport { none } from "./one.js";\n', "main.js, line 2"),
        ('import one from "./one.js";\n', "main.js, line 1"),
        ('import * as all from "./one.js";\n', "main.js, line 1"),
        ('const first = 1;\nimport { one } from "./one.js";\n', "main.js, line 2"),
        ('const lazy = () => import("./one.js");\n', "main.js, line 1"),
        ("export default function start() {}\n", "main.js, line 1"),
        ("const one = 1;\nexport { one };\n", "main.js, line 2"),
        ("export let changing = 1;\n", "main.js, line 1"),
        ('import { none } from "./nowhere.js";\n', "nowhere.js"),
    ],
)
def test_what_would_not_be_the_same_is_refused_with_its_line(tmp_path: Path, main: str, told: str) -> None:
    folder = written(tmp_path, main=main, one="export const one = 1;\n")
    with pytest.raises(NotBundled, match=told):
        script(folder, entry="main")


def test_scripts_that_need_one_another_are_refused(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        main='import { one } from "./one.js";\n',
        one='import { two } from "./two.js";\nexport const one = 1;\n',
        two='import { one } from "./one.js";\nexport const two = 2;\n',
    )
    with pytest.raises(NotBundled, match=r"one\.js: imports itself, by way of two"):
        script(folder, entry="main")


def test_every_script_of_the_page_is_in_it() -> None:
    text = script(STATIC, entry="main")
    assert [path.name for path in STATIC.glob("*.js") if f"/* {path.name} */\n" not in text] == []


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_whole_is_valid_javascript() -> None:
    checked = subprocess.run(
        ["node", "--input-type=module", "--check", "-"],
        input=script(STATIC, entry="main").encode(),
        capture_output=True,
        check=False,
    )
    assert checked.stderr.decode() == ""


def test_every_style_sheet_of_the_page_is_in_the_one(tmp_path: Path) -> None:
    files = PageSources(STATIC).current()
    (sheet,) = (each for each in files.assets.values() if each.name.endswith(".css"))
    assert [path.name for path in STATIC.glob("*.css") if path.read_bytes() not in sheet.content] == []


def test_a_change_of_a_source_is_seen_without_a_step_in_between(tmp_path: Path) -> None:
    folder = tmp_path / "static"
    shutil.copytree(STATIC, folder)
    sources = PageSources(folder)
    before = sources.current()
    assert sources.current() is before
    with (folder / "home.css").open("a", encoding="utf-8") as sheet:
        sheet.write(".home { color: red }\n")
    after = sources.current()
    assert after.version != before.version
    changed = after.assets.keys() - before.assets.keys()
    assert len(changed) == 1, "a script that is the same keeps its name, and browsers their copy"


def test_another_text_of_the_page_makes_it_another_version(tmp_path: Path) -> None:
    folder = tmp_path / "static"
    shutil.copytree(STATIC, folder)
    sources = PageSources(folder)
    before = sources.current().version
    words = folder / "words" / "de.json"
    words.write_text(words.read_text(encoding="utf-8").replace("Jetzt", "Gleich"), encoding="utf-8")
    assert sources.current().version != before
