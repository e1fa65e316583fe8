"""The table of figures in `docs/reliability.md`: a marked section that the tortures write row by row."""

import re
from pathlib import Path

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "reliability.md"
BEGIN, END = "<!-- figures: written by `make torture` -->\n", "<!-- end of figures -->"

_HEAD = "| promise | torture | figure | command | where and when |\n| --- | --- | --- | --- | --- |\n"
_ROW = re.compile(r"^\| (R\d+) \| (\w+) \|.*$", re.MULTILINE)


def write_row(promise: str, name: str, figure: str, command: str, machine: str) -> None:
    """Put one torture's row in its place, or change the one that is there."""
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(with_row(text, promise, name, figure, command, machine), encoding="utf-8")


def with_row(text: str, promise: str, name: str, figure: str, command: str, machine: str) -> str:
    """Return the document's text with this row; rows stand in the order of promises."""
    before, _, rest = text.partition(BEGIN)
    section, _, after = rest.partition(END)
    rows = {found[2]: found[0] for found in _ROW.finditer(section)}
    rows[name] = f"| {promise} | {name} | {figure} | `{command}` | {machine} |"
    ordered = sorted(rows.values(), key=lambda row: (int(re.findall(r"R(\d+)", row)[0]), row))
    return f"{before}{BEGIN}\n{_HEAD}" + "\n".join(ordered) + f"\n\n{END}{after}"
