"""The page's scripts in one, and its style sheets in one, put together as they are written.

A script may import others of its folder by name, above all else it does, and export classes, functions and
constants where it declares them. Anything else of the language's modules is refused with its line: what is put
together is then what a browser would have loaded piece by piece.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_IMPORT = re.compile(r'import \{ ?([\w$ ,]+?),? ?\} from "\./([\w-]+)\.js";')
_EXPORT = re.compile(r"export ((?:async )?function\*?|class|const) ([\w$]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ELSEWHERE = re.compile(r"\bimport\s*\(|\bimport\.meta\b")


class NotBundled(ValueError):
    """A script that cannot be put together with the others: its name, the line, and what is wrong."""


def script(folder: Path, *, entry: str) -> str:
    """All that this script needs, itself last, each once and in a scope of its own."""
    return "".join(_in_order(folder, entry, met={}, within=()))


def style_sheet(paths: Iterable[Path]) -> str:
    """In this order: what comes later decides."""
    return "".join(f"/* {path.name} */\n{path.read_text(encoding='utf-8')}\n" for path in paths)


def _in_order(folder: Path, name: str, *, met: dict[str, set[str]], within: tuple[str, ...]) -> Iterator[str]:
    """`met` gets what each script exports."""
    if name in within:
        raise NotBundled(
            f"{name}.js: imports itself, by way of {', '.join(within[within.index(name) + 1 :])}"
        )
    if name in met:
        return
    path = folder / f"{name}.js"
    if not path.is_file():
        raise NotBundled(f"{within[-1] if within else name}.js: there is no {name}.js")
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for number in _import_lines(name, text):
        found = _IMPORT.fullmatch(lines[number])
        assert found
        names, source = [each.strip() for each in found[1].split(",") if each.strip()], found[2]
        yield from _in_order(folder, source, met=met, within=(*within, name))
        unknown = [each for each in names if each.split(" as ")[0] not in met[source]]
        if unknown:
            raise NotBundled(f"{name}.js, line {number + 1}: {source}.js exports no {', '.join(unknown)}")
        taken = ", ".join(each.replace(" as ", ": ") for each in names)
        lines[number] = f"const {{ {taken} }} = {_scope(source)};"
    exports = dict.fromkeys(_exported(name, lines))
    met[name] = set(exports)
    given = f"return {{ {', '.join(exports)} }};\n" if exports else ""
    body = "\n".join(lines)
    yield f"/* {name}.js */\nconst {_scope(name)} = (() => {{\n{body}\n{given}}})();\n"


def _import_lines(name: str, text: str) -> list[int]:
    """Where they are: at the top, after comments alone."""
    code = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text).splitlines()
    found = []
    for number, line in enumerate(code):
        if _ELSEWHERE.search(line):
            raise NotBundled(
                f"{name}.js, line {number + 1}: is loaded while the page runs, which has one script"
            )
        if not line.startswith("import"):
            continue
        is_top = all(not each.strip() or at in found for at, each in enumerate(code[:number]))
        if not is_top or not _IMPORT.fullmatch(line):
            raise NotBundled(
                f'{name}.js, line {number + 1}: write `import {{ … }} from "./….js";`, at the top'
            )
        found.append(number)
    return found


def _exported(name: str, lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if not line.startswith("export"):
            continue
        found = _EXPORT.match(line)
        if found is None:
            raise NotBundled(
                f"{name}.js, line {number + 1}: export a function, a class or a constant where it is declared"
            )
        lines[number] = line.removeprefix("export ")
        yield found[2]


def _scope(name: str) -> str:
    return f"${name.replace('-', '_')}"
