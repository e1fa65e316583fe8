"""How a library's passage vectors are searched: which kind of index for how many, and how well it finds."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from index.library import Library

KIND_NAME = "vectors.json"

MAX_EXACT_PASSAGES = 100_000
"""Up to here every vector is compared as it is stored, which takes a few milliseconds."""


@dataclass(frozen=True, slots=True)
class VectorKind:
    """Exact, or rough: all are compared by two bits a dimension, and the first `candidates` looked closer at.

    `recall_at_100` is the share of the 100 nearest that a rough search found when sentences of the library
    itself were asked for.
    """

    candidates: int | None = None
    recall_at_100: float = 1.0

    def save(self, directory: Path) -> None:
        """Write it into `directory`; raises `OSError`."""
        (directory / KIND_NAME).write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> "VectorKind":
        """Read what `save` wrote; raises `OSError` where there is none."""
        return cls(**json.loads((directory / KIND_NAME).read_text(encoding="utf-8")))

    @classmethod
    def of(cls, library: Library) -> "VectorKind | None":
        """Return how a library is searched; None where its vectors lie elsewhere, or are not built."""
        try:
            return cls.load(library.generation_directory())
        except (OSError, ValueError, TypeError):
            return None
