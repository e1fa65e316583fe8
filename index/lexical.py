"""BM25 over Danish terms, in tantivy: stems and 5-grams, of each passage and of what stands around it.

The terms are made here and joined by blanks, so the engine only counts and ranks them. No text is
stored in it, so nothing has to be erased when a document goes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import chain
from pathlib import Path

import tantivy

from index.danish import gram_terms, stem_terms

ENGINE = str(tantivy.__version__)  # type: ignore[attr-defined]
"""Named in what is derived from the library, as another version may not read its files."""

_WRITER_MEMORY_BYTES = 200_000_000
_PASSAGE_ID = "passage_id"
_LARGE_PASSAGES = 50_000
_COMMON_SHARE = 0.3
"""In a library of so many passages, terms that stand in a greater share of them are not looked up. Over three
question sets that costs one answer in a hundred, so smaller libraries, which are quick anyway, keep them."""

_PARTS_KEPT = 32
_ERROR_NUMBER = re.compile(r"os error (\d+)")


class LexicalField(Enum):
    """The kinds of terms that are ranked; the value is the field's name in the engine."""

    STEMS = "stems"
    GRAMS = "grams"
    STEMS_AROUND = "stems_around"
    GRAMS_AROUND = "grams_around"


_STEM_FIELDS = (LexicalField.STEMS, LexicalField.STEMS_AROUND)
_AROUND_FIELDS = (LexicalField.STEMS_AROUND, LexicalField.GRAMS_AROUND)


@dataclass(frozen=True, slots=True)
class LexicalText:
    """What is indexed of one passage: its own text, and that of the passages around it with it.

    Both come in parts (a heading line, a passage's words); no pair of words is made across two of them.
    """

    passage_id: int
    text: tuple[str, ...]
    around: tuple[str, ...]


def build_lexical(directory: Path, texts: Iterable[LexicalText]) -> None:
    """Write a new index of `texts` into the empty folder `directory`.

    Raises `OSError` if it cannot be written.
    """
    with _file_errors():
        engine = tantivy.Index(_schema(), path=str(directory))
        writer = engine.writer(_WRITER_MEMORY_BYTES, num_threads=1)
        for text in texts:
            joined = {field.value: " ".join(terms) for field, terms in terms_by_field(text).items()}
            writer.add_document(tantivy.Document(passage_id=text.passage_id, **joined))
        writer.commit()
        writer.wait_merging_threads()


class LexicalIndex:
    """An index that `build_lexical` made, opened for searching; safe to use from several threads."""

    def __init__(self, directory: Path) -> None:
        """Open the index in `directory`; raises `OSError` if it cannot be read."""
        with _file_errors():
            engine = tantivy.Index.open(str(directory))  # never makes an empty index where there is none
            engine.config_reader(reload_policy="manual", num_warmers=0)
            self._schema = engine.schema
            self._searcher = engine.searcher()

    def search(
        self, field: LexicalField, query: str, top_k: int, only: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return up to `top_k` (passage id, BM25 score) pairs, best first; ties by lower id.

        Where `only` is given, no other passages are found; the scores stay the same.
        """
        terms = self._telling(field, query_terms(field, query))
        if not terms or top_k < 1:
            return []
        wanted = self._query(field, terms) if only is None else self._among(self._query(field, terms), only)
        found = self._searcher.search(wanted, limit=top_k, count=False).hits
        ids = self._searcher.fast_field_values(_PASSAGE_ID, [address for _, address in found])
        pairs = [(int(id_ or 0), float(score)) for id_, (score, _) in zip(ids, found, strict=True)]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def frequency(self, term: str, field: LexicalField = LexicalField.STEMS) -> int:
        """Return in how many passages a term stands."""
        return int(self._searcher.doc_freq(field.value, term))

    def _telling(self, field: LexicalField, terms: Sequence[str]) -> Sequence[str]:
        """Return the terms that are not common, or all where all are or the library is not large.

        What stands in every third passage tells little of which one is meant, but costs more than all else.
        """
        if self._searcher.num_docs < _LARGE_PASSAGES:
            return terms
        most = self._searcher.num_docs * _COMMON_SHARE
        return [term for term in terms if self.frequency(term, field) <= most] or terms

    def _query(self, field: LexicalField, terms: Sequence[str]) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.term_query(self._schema, field.value, term, index_option="freq"),
                )
                for term in terms
            ]
        )

    def _among(self, query: tantivy.Query, passage_ids: Sequence[int]) -> tantivy.Query:
        """Return `query` for these passages alone; that a passage is one of them scores nothing."""
        ids = tantivy.Query.term_set_query(self._schema, _PASSAGE_ID, passage_ids)
        filtering = tantivy.Query.const_score_query(ids, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, filtering)])


def query_terms(field: LexicalField, query: str) -> list[str]:
    """Return the distinct terms that `query` is looked up by in one field."""
    return _stems_of_part(query) if field in _STEM_FIELDS else _grams_of_part(query)


def terms_by_field(text: LexicalText) -> dict[LexicalField, list[str]]:
    """Return the terms that a passage is found by, field by field."""
    return {
        field: _terms_of_parts(field, text.around if field in _AROUND_FIELDS else text.text)
        for field in LexicalField
    }


def _terms_of_parts(field: LexicalField, parts: Sequence[str]) -> list[str]:
    find_terms = _stems_of_part if field in _STEM_FIELDS else _grams_of_part
    return list(dict.fromkeys(chain.from_iterable(map(find_terms, parts))))


# A passage is near several others, and comes with each of them shortly after one another; a query is asked
# of several fields.
_stems_of_part = lru_cache(maxsize=_PARTS_KEPT)(stem_terms)
_grams_of_part = lru_cache(maxsize=_PARTS_KEPT)(gram_terms)


@contextmanager
def _file_errors() -> Iterator[None]:
    """Raise what the engine reports of files as `OSError`: it calls everything a `ValueError`."""
    try:
        yield
    except ValueError as error:
        number = _ERROR_NUMBER.search(str(error))
        raise OSError(int(number[1]) if number else 0, str(error)) from error


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field(_PASSAGE_ID, indexed=True, fast=True)  # a column: no stored document to unpack
    for field in LexicalField:
        builder.add_text_field(field.value, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
