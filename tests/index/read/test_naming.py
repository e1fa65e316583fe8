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
    ],
)
def test_a_file_name_reads_as_a_title(path: str, title: str) -> None:
    assert title_from_path(path) == title
