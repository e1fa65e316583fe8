"""The README's line for each file, made from the files themselves: `make readme` writes it anew."""

import ast
import re
import subprocess
from itertools import groupby
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BEGIN, END = "<!-- files: written by `make readme` -->\n", "<!-- end of files -->"

_ROOMS = (
    "index", "index/bert", "index/milvus", "index/read",
    "qa", "qa/benchmark", "qa/chat", "qa/chat/web", "qa/evaluation", "qa/fitting", "qa/wording",
)  # fmt: skip
_COMMENT = re.compile(r"(?://|/\*|--)\s*(.*?)\s*(?:\*/)?$")


def source_files() -> list[str]:
    """Return the paths of the files that git keeps in the rooms of the house, room by room."""
    listed = subprocess.run(
        ["git", "ls-files", "index", "qa"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = [path for path in listed.stdout.splitlines() if (ROOT / path).exists()]
    return sorted(paths, key=lambda path: (_ROOMS.index(_room(path)), path))


def file_list() -> str:
    """Return the list in Markdown: a heading a room, a line a file that says what it is."""
    lines: list[str] = []
    for room, paths in groupby(source_files(), _room):
        told = [(path, purpose) for path in paths if (purpose := _purpose(ROOT / path))]
        lines += [f"\n**`{room}/`** {_of_the_room(room)}\n"] if told else []
        lines += [f"- `{path}`: {purpose}" for path, purpose in told if not path.endswith("__init__.py")]
    return "\n".join(lines).lstrip("\n") + "\n"


def with_file_list(readme: str) -> str:
    """Return the text of README with the list put between its marks."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{file_list()}\n{END}{after}"


def _room(path: str) -> str:
    return str(PurePosixPath(path).parent)


def _of_the_room(room: str) -> str:
    package = ROOT / room / "__init__.py"
    return _purpose(package) if package.exists() else ""


def _purpose(path: Path) -> str:
    """Return the first sentence of a module's docstring, or of the comment that another file begins with."""
    text = path.read_text(
        encoding="utf-8", errors="replace"
    )  # weights and pictures have no words and no line
    if path.suffix == ".py":
        first = (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
    else:
        found = _COMMENT.match(text.partition("\n")[0])
        first = found.group(1) if found else ""
    return re.split(r"(?<=[.!?]) (?=[A-Z])", first)[0]


if __name__ == "__main__":
    README.write_text(with_file_list(README.read_text(encoding="utf-8")), encoding="utf-8")
