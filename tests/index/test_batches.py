"""Items some at a time."""

import pytest

from index.batches import batches


@pytest.mark.parametrize(("items", "expected"), [("", []), ("a", ["a"]), ("abcde", ["ab", "cd", "e"])])
def test_each_list_has_as_many_but_the_last(items: str, expected: list[str]) -> None:
    assert ["".join(some) for some in batches(items, 2)] == expected


def test_no_more_is_taken_than_is_asked_for() -> None:
    items = iter("abcdef")
    assert next(batches(items, 2)) == ["a", "b"]
    assert next(items) == "c"
