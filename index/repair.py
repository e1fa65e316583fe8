"""Builds again, from a library that is sound itself, what is derived from it."""

from pathlib import Path

from index.derived import build_derived, remove_other_generations
from index.local_engine import LOCAL
from index.lock import locked
from index.seal import leave_at_rest
from index.search_engine import SearchEngine
from index.soundness import require_sound
from index.writing import WritableLibrary


def repair_library(directory: Path, engine: SearchEngine = LOCAL) -> None:
    """Build what is derived again, and seal the library; nothing is read or embedded again.

    Raises `LibraryError` if the library itself is damaged: then it is left as it is.
    """
    with locked(directory), WritableLibrary(directory) as library:
        sealed = require_sound(library)
        with library.snapshot():
            build_derived(library, engine)
        remove_other_generations(library, engine)
        leave_at_rest(library, sealed)
