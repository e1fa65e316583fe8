"""The connection to Milvus: the only file that knows its client, and says its errors in Danish."""

import logging
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any

from index.errors import LibraryError, SettingError

SCHEME = "milvus://"

TOKEN_VARIABLE = "KILDESVAR_MILVUS_TOKEN"  # noqa: S105 - the variable's name
"""Holds the server's "user:password" or key; on a command line everyone on the machine could read it."""

ID, EMBEDDING, TERMS, PASSAGE_ID = "id", "embedding", "terms", "passage_id"
"""The fields of the collections."""

_ROWS_AT_A_TIME = 500
_SEARCH_SECONDS = 30.0
"""How long a search may take before it counts as unanswered."""

_SERVER = re.compile(r"(?:[\w.-]+|\[[\da-fA-F:]+\]):\d{1,5}")
_INNER_PRODUCT = "IP"
"""Of embeddings of length 1 it is the cosine, of term weights the BM25 score."""


class DenseIndex(Enum):
    """How embeddings are searched: all compared, or a graph over them in 8 bits that leads to the nearest."""

    FLAT = "FLAT"
    GRAPH = "HNSW_SQ"


_DENSE_SETTINGS = {
    DenseIndex.FLAT: {},
    DenseIndex.GRAPH: {"M": 16, "efConstruction": 200, "sq_type": "SQ8"},
}


class MilvusConnection:
    """A connection to one Milvus, safe to use from several threads; every method raises `LibraryError`."""

    def __init__(self, address: str) -> None:
        """Connect to milvus://HOST:PORT or milvus://FILE.db; raises `SettingError` for what is neither."""
        self.address = address
        place = _place(address)
        _require_client()
        from pymilvus import MilvusClient

        with self._errors_translated():
            self._client = MilvusClient(uri=place, token=os.environ.get(TOKEN_VARIABLE, ""))

    def create(self, name: str, dimensions: int, beside: str, index: DenseIndex) -> None:
        """Make an empty collection of embeddings and the field `beside` them, in place of another."""
        from pymilvus import DataType

        kinds = {TERMS: DataType.SPARSE_FLOAT_VECTOR, PASSAGE_ID: DataType.INT64}
        with self._errors_translated():
            self._client.drop_collection(name)
            schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field(ID, DataType.INT64, is_primary=True)
            schema.add_field(EMBEDDING, DataType.FLOAT_VECTOR, dim=dimensions)
            schema.add_field(beside, kinds[beside])
            self._client.create_collection(name, schema=schema, index_params=self._indexes(beside, index))

    def insert(self, name: str, rows: Iterable[dict[str, object]]) -> None:
        """Insert rows; they are on disk, and found by every search, when this returns."""
        left = iter(rows)
        with self._errors_translated():
            while batch := list(islice(left, _ROWS_AT_A_TIME)):
                self._client.insert(name, batch)
            self._client.flush(name)

    def load(self, name: str) -> None:
        """Make a collection ready to be searched."""
        with self._errors_translated():
            self._client.load_collection(name)

    def row_count(self, name: str) -> int | None:
        """Return how many rows a collection has, or None where there is no such collection."""
        with self._errors_translated():
            if not self._client.has_collection(name):
                return None
            return int(self._client.get_collection_stats(name)["row_count"])

    def names(self, beginning: str) -> list[str]:
        """Return the names of the collections that begin like this."""
        with self._errors_translated():
            return [name for name in self._client.list_collections() if name.startswith(beginning)]

    def drop(self, name: str) -> None:
        """Drop a collection with all its rows; nothing happens where it is gone."""
        with self._errors_translated():
            self._client.drop_collection(name)

    def search(
        self,
        name: str,
        field: str,
        question: Sequence[float] | dict[int, float],
        limit: int,
        *,
        where: str = "",
        output: Sequence[str] = (ID,),
    ) -> Sequence[Any]:
        """Return up to `limit` hits (id, distance, entity) of the highest inner product, best first."""
        with self._errors_translated():
            found: Sequence[Sequence[Any]] = self._client.search(
                name,
                data=[question],
                anns_field=field,
                limit=limit,
                filter=where,
                output_fields=[*output],
                timeout=_SEARCH_SECONDS,
            )
        return found[0]

    def close(self) -> None:
        """Leave the server; what was asked is not kept."""
        self._client.close()

    def _indexes(self, beside: str, index: DenseIndex) -> Any:
        indexes = self._client.prepare_index_params()
        indexes.add_index(EMBEDDING, index.value, metric_type=_INNER_PRODUCT, params=_DENSE_SETTINGS[index])
        if beside == TERMS:
            indexes.add_index(TERMS, "SPARSE_INVERTED_INDEX", metric_type=_INNER_PRODUCT)
        else:
            indexes.add_index(PASSAGE_ID, "INVERTED")
        return indexes

    @contextmanager
    def _errors_translated(self) -> Iterator[None]:
        from pymilvus import MilvusException

        try:
            yield
        except MilvusException as error:
            raise LibraryError(
                f"Milvus på »{self.address}« kan ikke bruges ({_first_line(error)}); "
                "se efter, at den kører, og at intet andet program har åbnet filen, og prøv igen."
            ) from error


def _place(address: str) -> str:
    """Return what the client calls the address; raises `SettingError`."""
    place = address.removeprefix(SCHEME)
    if address.startswith(SCHEME) and _SERVER.fullmatch(place):
        return f"http://{place}"
    if address.startswith(SCHEME) and place.endswith(".db"):
        return str(Path(place).expanduser().absolute())
    raise SettingError(
        f"»{address}« er ingen søgemaskine, der kan bruges; skriv milvus://VÆRT:PORT eller "
        "milvus://FIL.db, eller udelad --engine."
    )


def _require_client() -> None:
    """Raise `SettingError` without the client; keep from the terminal what it logs, as it raises that too."""
    try:
        import pymilvus  # noqa: F401 - only whether it is there
    except ImportError as error:
        raise SettingError(
            "Søgning i Milvus kræver en udvidelse, der ikke er installeret; "
            "kør »pip install kildesvar[milvus]«, og prøv igen."
        ) from error
    for name in ("pymilvus", "milvus_lite", "grpc"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _first_line(error: Exception) -> str:
    lines = str(getattr(error, "message", "") or error).splitlines()
    return lines[0] if lines else type(error).__name__
