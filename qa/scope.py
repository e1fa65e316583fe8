"""Which documents a question is asked of, where it is not all of them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from index.errors import QuestionError
from index.library import Library
from index.types import DocumentEntry
from qa.types import Searched


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents that are searched, by path, with the ids of their passages, ascending."""

    paths: frozenset[str]
    passage_ids: tuple[int, ...]
    searched: Searched


def narrow(library: Library, paths: Collection[str] | None) -> Scope | None:
    """Return the scope of these documents, or None where that is the whole library.

    Raises `QuestionError` where the library has none of them.
    """
    if paths is None:
        return None
    everything = library.stamps().keys()
    chosen = everything & set(paths)
    if not chosen:
        raise QuestionError(
            "Ingen af de valgte dokumenter er i mappen mere; vælg nogle andre, eller søg i dem alle."
        )
    searched = Searched(len(chosen), len(everything))
    return Scope(frozenset(chosen), tuple(library.passage_ids(chosen)), searched)


def choose_documents(
    names: Collection[str], list_documents: Callable[[], Sequence[DocumentEntry]]
) -> frozenset[str] | None:
    """Return the paths that `names` mean: a document's path or file name, or a folder of documents.

    Without names it is None: all documents, and none is listed. Raises `QuestionError` for a name that
    means none.
    """
    if not names:
        return None
    paths = [entry.path for entry in list_documents()]
    return frozenset(path for name in names for path in _meant_by(name, paths))


def _meant_by(name: str, paths: Sequence[str]) -> list[str]:
    folder = name.rstrip("/") + "/"
    meant = [path for path in paths if path == name or path.endswith(f"/{name}") or path.startswith(folder)]
    if not meant:
        raise QuestionError(
            f"Der er intet dokument og ingen mappe, der hedder »{name}«; se navnene med »kildesvar status«."
        )
    return meant
