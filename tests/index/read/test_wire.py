"""Documents as lines of JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableFile, UnreadNow
from index.read.builder import DocumentBuilder
from index.read.wire import decode_answer, encode_answer
from index.types import BlockKind, Document


@given(st.lists(st.tuples(st.sampled_from(BlockKind), st.text(), st.none() | st.integers(1, 9))))
def test_a_document_comes_back_as_it_was(parts: list[tuple[BlockKind, str, int | None]]) -> None:
    builder = DocumentBuilder("æ/ø.txt")
    for kind, text, page in parts:
        builder.add(kind, text, level=1, page=page)
    document = builder.build(title="Å", date="2024-05-06", author=None, partly_read="side 2")
    line = encode_answer(document)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert decode_answer(line) == document


def test_a_lone_surrogate_takes_one_place() -> None:
    document = Document("a", "t", None, None, "a\ud800b", ())
    assert decode_answer(encode_answer(document)).text == "a?b"


def test_a_reason_comes_back_as_an_error() -> None:
    with pytest.raises(UnreadableFile, match="filen er tom"):
        decode_answer(encode_answer(UnreadableFile("filen er tom")))


@pytest.mark.parametrize(
    "blocks",
    [
        [["paragraph", 0, 9, 0, None]],
        [["paragraph", 2, 1, 0, None]],
        [["paragraph", 0, 2, 0, None], ["paragraph", 1, 3, 0, None]],
        [["ukendt", 0, 1, 0, None]],
        [["heading"]],
        7,
    ],
)
def test_an_answer_that_does_not_fit_its_text_is_refused(blocks: object) -> None:
    told = {"path": "a", "title": "t", "date": None, "author": None, "text": "abc", "partly_read": None}
    with pytest.raises(ValueError):  # noqa: PT011 - any of them means that the child cannot be trusted
        decode_answer(json.dumps(told | {"blocks": blocks}).encode())


@pytest.mark.parametrize("line", [b"", b"intet json\n", b"[1]\n", b'{"text": "a"}\n'])
def test_what_is_no_answer_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - as above
        decode_answer(line)


def test_a_reason_outside_the_file_is_told_apart() -> None:
    for reason in (UnreadableFile("beskadiget"), UnreadNow("ikke nu")):
        with pytest.raises(UnreadableFile, match=str(reason)) as caught:
            decode_answer(encode_answer(reason))
        assert type(caught.value) is type(reason)
