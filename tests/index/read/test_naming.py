"""Titles made of file names."""

import pytest

from index.read.naming import title_from_path


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("referat.txt", "Referat"),
        ("mappe/blanket_til-ansøgning.md", "Blanket til ansøgning"),
        ("2023-01-11_referat.txt", "2023-01-11 referat"),
        ("Folketinget 2023-01-11 - solceller.txt", "Folketinget 2023-01-11 - solceller"),
        ("___.txt", "___.txt"),
        ("000_ddb52c230368933a.txt", "Uden titel (000_ddb52c230368933a)"),
        ("3f2504e0-4f89-41d3-9a0c-0305e82c3301.pdf", "Uden titel (3f2504e0-4f89-41d3-9a0c-0305e82c3301)"),
        ("2015.pdf", "Uden titel (2015)"),
        ("deadbeef.txt", "Deadbeef"),
    ],
)
def test_a_file_name_reads_as_a_title(path: str, title: str) -> None:
    assert title_from_path(path) == title
