"""What lies in the folder: every file is either to be read or left out with a reason in Danish."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path, PurePosixPath

from index.errors import FolderError, UnreadableFile, UnreadNow
from index.read.limits import LIMITS, MEGABYTE, Limits
from index.read.table import BY_SUFFIX, MAIL, suffix_of
from index.types import FoundFile, SkippedFile

MAX_LISTED_IN_HIDDEN = 20
"""A hidden folder with more files than this is reported as one."""

_MAX_DEPTH = 100
_LEGACY = {".doc": "Word", ".dot": "Word", ".xls": "Excel", ".ppt": "PowerPoint", ".pps": "PowerPoint"}
_REPLACED = {"Word": ".docx", "Excel": ".xlsx", "PowerPoint": ".pptx"}

UNREADABLE = "filen kan ikke åbnes; du har ikke adgang til den"
GONE = "filen findes ikke længere"
NOT_REGULAR = "er ikke en almindelig fil"
CUT_SHORT = "filen kunne ikke læses til ende ({})"


@dataclass(slots=True)
class _Listing:
    """What has been found so far."""

    folder: Path
    found: list[FoundFile] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)

    def skip(self, path: str, reason: str, status: os.stat_result | None = None) -> None:
        size, modified = (status.st_size, status.st_mtime_ns) if status else (0, 0)
        self.skipped.append(SkippedFile(shown_path(path), size, modified, reason))


def list_files(folder: Path) -> tuple[tuple[FoundFile, ...], tuple[SkippedFile, ...]]:
    """Return the files of `folder` that can be read, and all the others with their reasons, by path.

    Paths are relative to the folder, with forward slashes. Links are not followed.

    Raises:
        FolderError: when the folder is missing, is not a folder, or cannot be listed.
    """
    listing = _Listing(folder)
    try:
        entries = _sorted_entries(folder)
    except FileNotFoundError as error:
        raise FolderError(f"Mappen findes ikke: {folder}. Angiv en mappe, der findes.") from error
    except NotADirectoryError as error:
        raise FolderError(f"Stien er ikke en mappe: {folder}. Angiv en mappe med dokumenter.") from error
    except OSError as error:
        raise FolderError(f"Mappen kan ikke læses: {folder}. Giv dig selv adgang til den.") from error
    _list_entries(entries, "", listing)
    listing.found.sort(key=lambda file: file.path)
    listing.skipped.sort(key=lambda file: file.path)
    return tuple(listing.found), tuple(listing.skipped)


def open_below(folder: Path, path: str) -> BufferedReader:
    """Return the regular file at `path` below `folder`, opened for reading; no link is followed on the way.

    Raises:
        UnreadableFile: when it is gone, no regular file, a link, outside the folder or not to be opened.
    """
    names = PurePosixPath(path).parts
    if not names or path.startswith("/") or ".." in names or "\x00" in path:
        raise UnreadableFile("stien ligger uden for mappen")
    try:
        descriptor = _open_names(folder, names)
    except FileNotFoundError as error:
        raise UnreadNow(GONE) from error
    except PermissionError as error:
        raise UnreadNow(UNREADABLE) from error
    except OSError as error:  # a link on the way, a socket, a name that is too long
        raise UnreadableFile(NOT_REGULAR) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableFile(NOT_REGULAR)
    return os.fdopen(descriptor, "rb")


def size_reason(path: str, size: int, limits: Limits = LIMITS) -> str | None:
    """Return why a file of this name and size is not read, or None."""
    form = BY_SUFFIX.get(suffix_of(path))
    is_all_text = form is not None and form.is_text and form is not MAIL  # which may have other files in it
    most = limits.text_file_bytes if is_all_text else limits.file_bytes
    if size == 0:
        return "filen er tom"
    if size > most:
        return f"filen er for stor ({size / MEGABYTE:.0f} MB; grænsen er {most / MEGABYTE:.0f} MB)"
    return None


def type_reason(path: str) -> str | None:
    """Return why a file of this name is not read, or None; its content may still be of no known kind."""
    suffix = suffix_of(path)
    program = _LEGACY.get(suffix)
    if program:
        return f"gammelt {program}-format ({suffix}); gem filen som {_REPLACED[program]}"
    if suffix and suffix not in BY_SUFFIX:
        return f"filtypen {suffix} læses ikke"
    return None


def shown_path(path: str) -> str:
    r"""Return a path as it may be shown and stored: bytes that are no text become \xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _open_names(folder: Path, names: tuple[str, ...]) -> int:
    if os.open not in os.supports_dir_fd:  # Windows
        return _open_resolved(folder, names)
    holder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for name in names[:-1]:
            inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=holder)
            os.close(holder)
            holder = inner
        # without O_NONBLOCK, opening a FIFO would wait for ever
        return os.open(names[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=holder)
    finally:
        os.close(holder)


def _open_resolved(folder: Path, names: tuple[str, ...]) -> int:
    target = folder.joinpath(*names)
    if target.resolve() != folder.resolve().joinpath(*names):
        raise OSError("a link on the way")
    return os.open(target, os.O_RDONLY | getattr(os, "O_BINARY", 0))


def _sorted_entries(folder: Path | str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _list_entries(entries: list[os.DirEntry[str]], parent: str, listing: _Listing) -> None:
    for entry in entries:
        path = f"{parent}{entry.name}"
        if entry.is_symlink():
            listing.skip(path, _link_reason(entry, listing.folder))
        elif not entry.is_dir(follow_symlinks=False):
            _list_file(entry, path, listing)
        elif _is_hidden(entry.name):
            _list_hidden(entry, path, listing)
        else:
            _list_folder(entry, path, listing)


def _list_folder(entry: os.DirEntry[str], path: str, listing: _Listing) -> None:
    if path.count("/") >= _MAX_DEPTH:
        listing.skip(path, "mappen ligger for dybt")
        return
    try:
        inner = _sorted_entries(entry.path)
    except OSError:
        listing.skip(path, "mappen kan ikke læses; du har ikke adgang til den")
        return
    _list_entries(inner, f"{path}/", listing)


def _list_hidden(entry: os.DirEntry[str], path: str, listing: _Listing) -> None:
    """Name the files of a hidden folder one by one while they are few, else the folder as a whole."""
    files = list(_walk_files(entry.path, path))
    if len(files) > MAX_LISTED_IN_HIDDEN or not files:
        listing.skip(path, f"skjult mappe med {len(files)} filer")
        return
    for file in files:
        listing.skip(file, "ligger i en skjult mappe")


def _walk_files(folder: str, path: str) -> Iterator[str]:
    for root, _, names in os.walk(folder):
        inner = os.path.relpath(root, folder).replace(os.sep, "/")
        for name in sorted(names):
            yield f"{path}/{name}" if inner == "." else f"{path}/{inner}/{name}"


def _list_file(entry: os.DirEntry[str], path: str, listing: _Listing) -> None:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        listing.skip(path, GONE)
        return
    reason = _reason_to_skip(entry.name, path, status)
    if reason:
        listing.skip(path, reason, status)
    else:
        listing.found.append(FoundFile(path, status.st_size, status.st_mtime_ns))


def _reason_to_skip(name: str, path: str, status: os.stat_result) -> str | None:
    if not stat.S_ISREG(status.st_mode):
        return NOT_REGULAR
    if name.startswith(("~$", ".~lock.")):
        return "låsefil fra et program, der har dokumentet åbent"
    if _is_hidden(name):
        return "skjult fil"
    if shown_path(path) != path:
        return "filnavnet er ikke gyldig UTF-8; omdøb filen"
    return type_reason(path) or size_reason(path, status.st_size)


def _is_hidden(name: str) -> bool:
    return (name.startswith(".") and not name.startswith("..")) or name == "__MACOSX"


def _link_reason(entry: os.DirEntry[str], folder: Path) -> str:
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a ring of links
        return "genvej, der ikke fører til noget"
    if not target.is_relative_to(folder.resolve()):
        return "genvej til noget uden for mappen"
    return "genvej til noget andet i mappen, som læses dér"
