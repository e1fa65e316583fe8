"""The process that reads files, with a reader that does what the file's name says: for `test_guard.py`."""

import os
import signal
import socket
import sys
import time
from pathlib import Path

from index.errors import UnreadableFile
from index.read import child
from index.read.builder import DocumentBuilder
from index.types import BlockKind, Document

BAD_WORDS = b"password=hemmelig"


def read_bytes(data: bytes, path: str) -> Document:
    """Do what the name of the file says, then read it as one paragraph."""
    match Path(path).stem:
        case "hang":
            time.sleep(600)
        case "abort":
            os.abort()
        case "exit":
            os._exit(0)
        case "spin":
            while True:
                pass
        case "eat":
            bytearray(900_000_000)
        case "recurse":
            read_bytes(data, path)
        case "raise":
            raise KeyError("uventet")
        case "print":
            sys.stdout.write(BAD_WORDS.decode())
            sys.stdout.flush()
            os.write(1, BAD_WORDS)
            os.write(2, BAD_WORDS)
        case "connect":
            socket.create_connection(("127.0.0.1", 9))
        case "write":
            _write()
        case "lie":
            os.write(int(os.environ.get("ANSWERS", "4")), b'{"text": 1}\n')
        case "long":
            return Document(path, "t", None, None, "x" * 5_000, ())
        case "environment":
            raise UnreadableFile(" ".join(sorted(os.environ)))
    builder = DocumentBuilder(path)
    builder.add(BlockKind.PARAGRAPH, data.decode())
    return builder.build(title=path)


def _write() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    place = Path(__file__).with_suffix(".tmp")
    with place.open("wb", buffering=0) as file:
        place.unlink()
        file.write(b"noget")


if __name__ == "__main__":
    sys.setrecursionlimit(500)
    child.read_bytes = read_bytes  # type: ignore[attr-defined]
    child.main()
