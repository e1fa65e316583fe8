"""Which engine an address names."""

import pytest

from index.engines import open_search_engine
from index.errors import SettingError
from index.local_engine import LOCAL


def test_without_an_address_it_is_the_one_of_files() -> None:
    assert open_search_engine() is LOCAL


def test_what_names_no_engine_is_refused() -> None:
    with pytest.raises(SettingError, match="»faiss« er ingen søgemaskine, der kan bruges"):
        open_search_engine("faiss")
