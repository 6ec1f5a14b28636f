"""Who imports whom, read from the source: imports in functions and in `TYPE_CHECKING` blocks count like any other."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from graphlib import CycleError, TopologicalSorter
from pathlib import Path


def import_graph(root: Path, folders: Iterable[str]) -> dict[str, set[str]]:
    """Each module below these folders of `root`, and the modules among them that it imports."""
    files = {
        _name_of(path.relative_to(root)): path
        for folder in folders
        for path in sorted((root / folder).rglob("*.py"))
    }
    return {name: set(_imported(path, files.keys())) - {name} for name, path in files.items()}


def first_circle(graph: Mapping[str, AbstractSet[str]]) -> list[str]:
    """Modules that import one another, the first one also at the end; empty where there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle
    return []


def type_checking_imports(path: Path) -> list[str]:
    """The modules that a file imports for the type checker alone."""
    blocks = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    ]
    return [module for block in blocks for module, _ in _imports(block)]


def _imported(path: Path, known: AbstractSet[str]) -> Iterator[str]:
    for module, name in _imports(ast.parse(path.read_text(encoding="utf-8"))):
        if f"{module}.{name}" in known:
            yield f"{module}.{name}"
        elif module in known:
            yield module


def _imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each module that is imported from, and the name that is taken of it (empty for `import module`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


def _name_of(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
