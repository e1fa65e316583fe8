"""The system calls of a running process, by strace: recorded with their bytes, or made to fail."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CHANGING = (
    "openat,write,pwrite64,lseek,fsync,fdatasync,ftruncate,rename,renameat,renameat2,"
    "unlink,unlinkat,mkdir,mkdirat,rmdir"
)
"""The calls that change files, or decide where the next one writes."""

_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)(?:<([^>]*)>)?")
_UNFINISHED = re.compile(r"(\d+) +(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)$")
_PLACE = re.compile(r"(AT_FDCWD|\d+)<([^>]*)>|\"((?:\\x[0-9a-f]{2})*)\"")


def strace_works() -> bool:
    """Tell whether there is a strace, and it may watch."""
    return (
        bool(shutil.which("strace"))
        and not subprocess.run(
            ["strace", "-o", "/dev/null", "true"], capture_output=True, check=False
        ).returncode
    )


@dataclass(frozen=True, slots=True)
class Call:
    """One successful call. `descriptor` is its file's number or -1; `paths` are the files it names, whole;
    `data` what it writes; `words` its arguments as strace prints them; `thread` who made it."""

    thread: int
    name: str
    descriptor: int
    paths: tuple[str, ...]
    data: bytes
    words: str
    result: int


@contextmanager
def watched(process_id: int, output: Path, calls: str, *options: str) -> Iterator[None]:
    """Let strace follow a process that waits for that (`wait_until_watched`) until it ends."""
    command = ["strace", "-f", "-qq", "-o", str(output), "-e", f"trace={calls}", *options]
    tracer = subprocess.Popen([*command, "-p", str(process_id)], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        tracer.wait()


def wait_until_watched() -> None:
    """Return once a tracer is attached to this process."""
    while "TracerPid:\t0\n" in Path("/proc/self/status").read_text(encoding="ascii"):
        time.sleep(0.005)


def parse_calls(lines: Iterable[str]) -> Iterator[Call]:
    """Yield the successful calls of a record that was made with `-y -xx`, in the order of their ends."""
    for line in _whole_lines(lines):
        if (found := _LINE.match(line)) and int(found[4]) >= 0:
            yield _call(*found.groups())


def made_to_fail_in(folder: Path, lines: Iterable[str]) -> bool:
    """Tell whether the record, made with `-y -xx`, holds a call in `folder` that was made to fail."""
    inside = "".join(f"\\x{byte:02x}" for byte in os.fsencode(f"{folder}/"))
    return any("(INJECTED)" in line and inside in line for line in _whole_lines(lines))


def _whole_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a record, those joined that strace parted where another thread came between."""
    begun: dict[str, str] = {}
    for line in lines:
        if unfinished := _UNFINISHED.match(line):
            begun[unfinished[1]] = unfinished[2]
        elif resumed := _RESUMED.match(line):
            yield f"{resumed[1]} {begun.pop(resumed[1], '')}{resumed[2]}"
        else:
            yield line


def _call(thread: str, name: str, words: str, result: str, opened: str | None) -> Call:
    descriptor, folder, strings = -1, "", []
    for number, place, string in _PLACE.findall(words):
        if number:
            folder = _decode(place).decode(errors="surrogateescape")
            descriptor = int(number) if number.isdigit() else -1
        else:
            strings.append((folder, _decode(string)))
    if name in ("write", "pwrite64"):
        data = strings[0][1][: int(result)]
        return Call(int(thread), name, descriptor, (folder,), data, words.rpartition('"')[2], int(result))
    paths = [
        f"{at}/{path.decode(errors='surrogateescape')}"
        if not path.startswith(b"/")
        else path.decode(errors="surrogateescape")
        for at, path in strings
    ] or [folder]
    if opened is not None:
        paths, descriptor = [_decode(opened).decode(errors="surrogateescape")], int(result)
    return Call(int(thread), name, descriptor, tuple(paths), b"", words, int(result))


def _decode(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
