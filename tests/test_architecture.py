"""The shape of the code, read from its imports: one direction, and one file for every engine."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for package in ("index", "qa")
    for path in sorted((ROOT / package).rglob("*.py"))
}

TRAINING = ("index/finetune.py", "index/low_rank.py", "qa/fitting/")
"""Makes weights once, on a developer's machine; the product runs without it."""

OWNERS = {
    "faiss": ("index/vectors.py", "index/rough_vectors.py", "index/faiss_files.py"),
    "pymilvus": ("index/milvus/connection.py",),
    "sqlite3": ("index/database.py",),
    "sentence_transformers": ("index/sentence_transformer.py",),
    "torch": ("index/bert/", *TRAINING),
    "gradio": ("qa/chat/",),
}
"""Who may import an engine: a file, or a folder (with its slash)."""

LEAVES = {"index/types.py": (), "index/errors.py": (), "qa/types.py": ("index.types",)}
"""Shared values and errors, and the only modules of ours that they may import."""

PRINTERS = (
    "qa/output.py",
    "qa/__main__.py",
    "qa/chat/launch.py",
    "index/finetune.py",
    "qa/fitting/__main__.py",
)
"""The edge: the only files that may print or exit."""


def imported_modules(tree: ast.Module) -> set[str]:
    """Return the dotted names of all modules that are imported, also inside functions."""
    names: set[str] = set()
    for statement in ast.walk(tree):
        if isinstance(statement, ast.Import):
            names |= {alias.name for alias in statement.names}
        elif isinstance(statement, ast.ImportFrom):
            assert statement.level == 0, "a relative import hides which room it comes from"
            module = statement.module or ""
            names |= {module} | {f"{module}.{alias.name}" for alias in statement.names}
    return names


def packages(tree: ast.Module) -> set[str]:
    """Return the top-level packages that are imported."""
    return {name.split(".")[0] for name in imported_modules(tree)}


@pytest.mark.parametrize("path", [path for path in SOURCES if path.startswith("index/")])
def test_index_never_imports_qa(path: str) -> None:
    assert "qa" not in packages(SOURCES[path])


@pytest.mark.parametrize("path", LEAVES)
def test_shared_types_and_errors_import_nothing_of_ours(path: str) -> None:
    ours = {name for name in imported_modules(SOURCES[path]) if name.split(".")[0] in ("index", "qa")}
    assert {name for name in ours if not name.startswith(LEAVES[path] or ("nothing",))} == set()


@pytest.mark.parametrize("engine", OWNERS)
def test_an_engine_is_imported_in_one_place(engine: str) -> None:
    importers = {path for path, tree in SOURCES.items() if engine in packages(tree)}
    assert {path for path in importers if not path.startswith(OWNERS[engine])} == set()


@pytest.mark.parametrize("path", [path for path in SOURCES if path not in PRINTERS])
def test_only_the_edge_prints_or_exits(path: str) -> None:
    calls = {ast.unparse(call.func) for call in ast.walk(SOURCES[path]) if isinstance(call, ast.Call)}
    assert calls & {"print", "exit", "quit", "sys.exit", "os._exit", "sys.stdout.write"} == set()


@pytest.mark.parametrize("path", [path for path in SOURCES if path.startswith("qa/wording/")])
def test_no_text_is_named_twice(path: str) -> None:
    """The later one would win, and be shown in both places."""
    assigned = [ast.unparse(t) for a in SOURCES[path].body if isinstance(a, ast.Assign) for t in a.targets]
    assert [name for name in assigned if assigned.count(name) > 1] == []


def test_no_drawers() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
    assert {path for path in SOURCES if Path(path).stem in drawers} == set()


@pytest.mark.parametrize("path", [path for path in SOURCES if path not in TRAINING])
def test_the_product_never_imports_what_trains(path: str) -> None:
    trainers = {name.removesuffix(".py").replace("/", ".") for name in TRAINING}
    assert imported_modules(SOURCES[path]) & trainers == set()


def test_every_package_is_installed_but_the_one_that_trains() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders = {Path(path).parent.as_posix() for path in SOURCES} - {"qa/fitting"}
    assert set(settings["tool"]["setuptools"]["packages"]) == {each.replace("/", ".") for each in folders}
