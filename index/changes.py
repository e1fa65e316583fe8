"""What has become different since a library was made: first by size and time, then by content."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.types import FileStamp, FoundFile, Rename, SkippedFile


@dataclass(frozen=True, slots=True)
class Comparison:
    """The files of a folder, parted by what their sizes and times tell.

    `suspects` must be looked into; `failed` are as they were when they could not be read; the rest,
    `unchanged` in number, are as they were when they were read.
    """

    suspects: tuple[FoundFile, ...]
    failed: tuple[SkippedFile, ...]
    unchanged: int


def compare(
    files: Sequence[FoundFile], known: Mapping[str, FileStamp], failed: Mapping[str, SkippedFile]
) -> Comparison:
    """Compare `files` with how those that were read, and those that could not be, were known then."""
    suspects: list[FoundFile] = []
    failed_again: list[SkippedFile] = []
    unchanged = 0
    for file in files:
        failure = failed.get(file.path)
        if _is_same(file, known.get(file.path)):
            unchanged += 1
        elif failure is not None and _is_same(file, failure):
            failed_again.append(failure)
        else:
            suspects.append(file)
    return Comparison(tuple(suspects), tuple(failed_again), unchanged)


def match_renames(added: Mapping[str, str], removed: Mapping[str, str]) -> tuple[Rename, ...]:
    """Pair removed paths with added ones of the same content, by new path; both map a path to its hash.

    A path is paired once: of several copies, those first in the alphabet go together.
    """
    old_paths: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(removed, reverse=True):
        old_paths[removed[path]].append(path)
    return tuple(
        Rename(old_paths[added[path]].pop(), path) for path in sorted(added) if old_paths[added[path]]
    )


def _is_same(file: FoundFile, then: FileStamp | SkippedFile | None) -> bool:
    return then is not None and (then.size, then.modified_ns) == (file.size, file.modified_ns)
