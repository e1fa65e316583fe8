"""Which search engine an address names: none of them is imported before it is asked for."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.search_engine import SearchEngine


@cache
def open_search_engine(address: str | None = None) -> "SearchEngine":
    """Return the engine at `address`, connected once in a process; without one, that of files alone.

    Raises `SettingError` for what is no address, `LibraryError` if nothing answers there.
    """
    if address is None:
        from index.local_engine import LOCAL

        return LOCAL
    from index.milvus.connection import MilvusConnection
    from index.milvus.engine import MilvusEngine

    return MilvusEngine(MilvusConnection(address))
