"""A weights file of a few kilobytes: the real format, two layers of 32 numbers, a vocabulary of letters."""

import hashlib
import struct
from pathlib import Path

import numpy as np

from index.default_model import WeightsSource

HIDDEN, LAYERS, HEADS, WIDE, POSITIONS, TOKEN_TYPES = 32, 2, 2, 64, 24, 2
EPSILON = 2.0**-40
PIECES = (
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "▁kat",
    "▁hund",
    "▁query:",
    "▁passage:",
    *"abcdefghijklmnopqrstuvwxyzæøå:",
)
VOCABULARY = len(PIECES) + 3
FILE = "tiny-q4.bin"

_LINEAR = {"q": (HIDDEN, HIDDEN), "k": (HIDDEN, HIDDEN), "v": (HIDDEN, HIDDEN), "ao": (HIDDEN, HIDDEN)} | {
    "fi": (WIDE, HIDDEN),
    "fo": (HIDDEN, WIDE),
}


def weights_file(version: int = 1, leave_out: str = "", seed: int = 1) -> bytes:
    """Return the bytes of a whole weights file; the tensor named `leave_out` is missing."""
    tensors = {
        name: data for name, data in _tensors(np.random.default_rng(seed)).items() if name != leave_out
    }
    head = struct.pack("<4sI", b"E5S1", version)
    head += struct.pack("<7i", HIDDEN, LAYERS, HEADS, WIDE, VOCABULARY, POSITIONS, TOKEN_TYPES)
    head += struct.pack("<fi", EPSILON, 32) + _pieces() + struct.pack("<iI", 1, 9) + bytes(9)
    return _with_tensors(head, tensors)


def install(site: Path, data: bytes, package: str = "tinyweights") -> WeightsSource:
    """Install a package with the weights file `data` into `site`, a folder of the import path."""
    (site / package).mkdir(parents=True)
    (site / package / FILE).write_bytes(data)
    (site / package / "__init__.py").write_text("raise SystemExit('the package must not be imported')")
    about = site / f"{package}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (about / "RECORD").write_text(f"{package}/__init__.py,,\n{package}/{FILE},,\n")
    return WeightsSource("tiny", package, "1.0", FILE, hashlib.sha256(data).hexdigest())


def _pieces() -> bytes:
    texts = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, texts)]).astype("<u4")
    scores = np.array([0.0 if piece.startswith("<") else -float(9 - len(piece)) for piece in PIECES], "<f4")
    sizes = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(offsets[-1]))
    return sizes + offsets.tobytes() + scores.tobytes() + b"".join(texts)


def _tensors(rng: np.random.Generator) -> dict[str, tuple[int, int, bytes]]:
    """Return (type, values, bytes) of every tensor; matrices are 4-bit blocks, the rest float32."""
    tensors = {
        "emb.word": _quantised(rng, VOCABULARY * HIDDEN),
        "emb.pos": _floats(rng.normal(size=POSITIONS * HIDDEN) / 8),
        "emb.type": _floats(rng.normal(size=TOKEN_TYPES * HIDDEN) / 8),
        **_norm(rng, "emb.ln"),
    }
    for layer in range(LAYERS):
        for name, shape in _LINEAR.items():
            tensors[f"l{layer}.{name}.w"] = _quantised(rng, shape[0] * shape[1])
            tensors[f"l{layer}.{name}.b"] = _floats(rng.normal(size=shape[0]) / 8)
        tensors |= _norm(rng, f"l{layer}.aln") | _norm(rng, f"l{layer}.oln")
    return tensors


def _norm(rng: np.random.Generator, name: str) -> dict[str, tuple[int, int, bytes]]:
    return {
        f"{name}.w": _floats(1 + rng.normal(size=HIDDEN) / 8),
        f"{name}.b": _floats(rng.normal(size=HIDDEN) / 8),
    }


def _floats(values: np.ndarray) -> tuple[int, int, bytes]:
    return 0, len(values), values.astype("<f4").tobytes()


def _quantised(rng: np.random.Generator, count: int) -> tuple[int, int, bytes]:
    blocks = np.zeros(count // 32, np.dtype([("scale", "<f2"), ("halves", "u1", 16)]))
    blocks["scale"] = rng.uniform(0.03, 0.06, len(blocks))
    blocks["halves"] = rng.integers(0, 256, (len(blocks), 16))
    return 1, count, blocks.tobytes()


def _with_tensors(head: bytes, tensors: dict[str, tuple[int, int, bytes]]) -> bytes:
    head += struct.pack("<i", len(tensors))
    offset = len(head) + sum(2 + len(name) + 1 + 4 + 16 for name in tensors)
    body = b""
    for name, (kind, count, data) in tensors.items():
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", kind, count, offset + len(body), len(data))
        body += data
    return head + body
