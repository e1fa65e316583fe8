"""The process that reads files: takes their bytes on standard input, answers with lines of JSON.

It is started by `guard.py`, reads many files one after the other, and may be killed at any moment. It
opens no file and no connection: the bytes come to it, and what it may use is limited before each file.
"""

import errno
import json
import os
import sys
from pathlib import Path
from typing import BinaryIO

from index.errors import UnreadableFile, UnreadNow
from index.read.limits import Limits
from index.read.table import read_bytes
from index.read.wire import encode_answer
from index.types import Document

try:
    import resource
except ImportError:  # Windows: only the parent's time limit guards there
    resource = None  # type: ignore[assignment]  # asked for below

TOO_MUCH_MEMORY = "filen kræver for meget hukommelse at læse"
NOT_NOW = "læseren kunne ikke bruges; filen bliver prøvet igen næste gang"
_MAX_OPEN_FILES = 64


def main() -> None:
    """Answer one file after the other until standard input is closed."""
    limits = Limits(**json.loads(sys.argv[1]))
    requests, answers = _take_streams()
    _forbid(limits)
    while head := requests.readline():
        request = json.loads(head)
        data = requests.read(request["size"])
        _allow(len(data), limits)
        answers.write(encode_answer(_read(data, request["path"], limits)))
        answers.flush()


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return the two pipes, and leave nothing on 0 and 1: a parser that prints must not be heard."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    return requests, answers


def _forbid(limits: Limits) -> None:
    sys.addaudithook(_refuse_connections)
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (_MAX_OPEN_FILES, _MAX_OPEN_FILES))
        _limit(resource.RLIMIT_AS, _used_memory() + limits.memory_bytes, hard=True)


def _refuse_connections(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith("socket."):
        raise PermissionError("a reader makes no connection")


def _allow(size: int, limits: Limits) -> None:
    """Set what the next file may use, counted from what the process has used until now."""
    if resource is None:
        return
    wanted = limits.small_file_memory_bytes + limits.memory_per_byte * size
    _limit(resource.RLIMIT_AS, _used_memory() + min(wanted, limits.memory_bytes))
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_seconds)


def _limit(kind: int, wanted: int, *, hard: bool = False) -> None:
    _, ceiling = resource.getrlimit(kind)
    if ceiling != resource.RLIM_INFINITY:
        wanted = min(wanted, ceiling)
    resource.setrlimit(kind, (wanted, wanted if hard else ceiling))


def _used_memory() -> int:
    """Return the bytes of address space in use, 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _read(data: bytes, path: str, limits: Limits) -> Document | UnreadableFile:
    try:
        document = read_bytes(data, path)
    except UnreadableFile as reason:
        return reason
    except MemoryError:
        return UnreadableFile(TOO_MUCH_MEMORY)
    except RecursionError:
        return UnreadableFile("filen er indlejret for dybt")
    except Exception as error:  # a parser may raise anything, and no file stops the rest
        if isinstance(error, ImportError) or getattr(error, "errno", None) == errno.EACCES:
            return UnreadNow(NOT_NOW)  # these are the program's own files, as it opens no others
        return UnreadableFile(f"filen er beskadiget eller ukendt indeni ({type(error).__name__})")
    if len(document.text) > limits.text_chars:
        return UnreadableFile("filen indeholder for meget tekst")
    return document


if __name__ == "__main__":
    main()
