"""Staging a document: the texts that wait for an embedding, and the keys that name them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableFile
from index.read.builder import DocumentBuilder
from index.stage import embedding_key, stage_document
from index.types import BlockKind, Document, FileStamp
from index.writing import WritableLibrary

STAMP = FileStamp("a.txt", "hash", 10, 20)


def document(*paragraphs: str) -> Document:
    builder = DocumentBuilder("a.txt")
    for paragraph in paragraphs:
        builder.add(BlockKind.PARAGRAPH, paragraph)
    return builder.build(title="Dyr")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[WritableLibrary]:
    with WritableLibrary(tmp_path) as library:
        yield library


def test_every_text_to_embed_waits_once_the_longest_first(library: WritableLibrary) -> None:
    stage_document(library, STAMP, document("Hund. Kat. Hund."), "model")
    waiting = [text for _, text in library.pending(10)]
    assert waiting[0] == "Dyr\nHund. Kat. Hund."
    assert sorted(waiting[1:]) == ["Dyr: Hund.", "Dyr: Kat."]
    assert library.pending_size() == 20 + 10 + 9
    assert len(library.pending(2)) == 2


def test_the_texts_that_wait_are_not_sorted_anew_for_each_batch(library: WritableLibrary) -> None:
    plan = library.connection.execute(
        "EXPLAIN QUERY PLAN SELECT key, text FROM pending ORDER BY LENGTH(text) DESC, key LIMIT 5"
    )
    assert [step[-1] for step in plan] == ["SCAN pending USING INDEX pending_by_length"]


def test_what_is_embedded_does_not_wait_again(library: WritableLibrary) -> None:
    stage_document(library, STAMP, document("Hund."), "model")
    library.connection.execute("INSERT INTO embeddings SELECT key, x'0000' FROM pending")
    library.connection.execute("DELETE FROM pending")
    stage_document(library, STAMP, document("Hund."), "model")
    assert library.pending(10) == []
    stage_document(library, STAMP, document("Hund."), "another model")
    assert len(library.pending(10)) == 2


def test_staging_again_replaces_what_was_staged(library: WritableLibrary) -> None:
    stage_document(library, STAMP, document("Hund."), "model")
    stage_document(library, FileStamp("a.txt", "new", 10, 20), document("Kat.", "Ko."), "model")
    assert library.count("SELECT COUNT(*) FROM documents") == 1
    assert library.is_staged(FileStamp("a.txt", "new", 0, 0))
    assert not library.is_staged(STAMP)


def test_a_staged_document_is_not_seen(library: WritableLibrary) -> None:
    stage_document(library, STAMP, document("Hund."), "model")
    assert (library.entries(), library.document("a.txt"), library.stamps()) == ((), None, {})
    assert (list(library.all_passages()), list(library.passage_portions())) == ([], [])


def test_a_document_with_nothing_to_cite_is_unreadable(library: WritableLibrary) -> None:
    with pytest.raises(UnreadableFile, match="filen har ingen tekst"):
        stage_document(library, STAMP, document(), "model")
    assert library.count("SELECT COUNT(*) FROM documents") == 0


@given(st.text(), st.text(), st.text(max_size=80), st.text(max_size=80))
def test_keys_are_alike_only_for_the_same_model_and_text(
    text: str, other_text: str, model: str, other_model: str
) -> None:
    alike = (model, text) == (other_model, other_text)
    assert (embedding_key(model, text) == embedding_key(other_model, other_text)) == alike
    assert len(embedding_key(model, text)) == 16


def test_half_a_character_has_a_key_too() -> None:
    assert embedding_key("model", "\ud83d") != embedding_key("model", "?")
