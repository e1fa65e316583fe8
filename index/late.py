"""An embedding model that is loaded when the first text has to be embedded, and not before.

Loading takes seconds, and a folder that is as it was needs only to know that the model is too: the
fingerprint that it had last time is kept, under a key of all that it is made from.
"""

import json
import platform
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from index.adapter import ADAPTER_PATH
from index.convert import CONVERSION_VERSION, PROMPTS
from index.default_model import E5_SMALL
from index.durable import hash_file
from index.embed import Embedder, Embeddings, fingerprint
from index.errors import ModelError
from index.lock import make_private_folder


def late_embedder(home: Path, model: str | None, load: Callable[[], Embedder]) -> Embedder:
    """Return what `load` gives for `model` (as `load_embedder` takes it), loaded when it is first needed.

    It is loaded at once where it cannot be known again without. Raises `ModelError`.
    """
    files = _default_files() if model is None else _folder_files(Path(model))
    if files is None:
        return load()
    made_with = json.dumps([version("torch"), _processor()])
    key = fingerprint(files, PROMPTS["query"], PROMPTS["document"], made_with, max_tokens=0)
    return LateEmbedder(load, home / "model" / f"known-{key[:32]}.json")


class LateEmbedder:
    """What `load` gives, loaded only when it is needed; the file `kept` holds its fingerprint."""

    def __init__(self, load: Callable[[], Embedder], kept: Path) -> None:
        self._load, self._kept = load, kept
        self._embedder: Embedder | None = None
        names = _read_names(kept)
        if names is None:
            self._embedder = _load_and_keep(load, kept)
            names = self._embedder.name, self._embedder.fingerprint
        self._name, self._fingerprint = names

    @property
    def name(self) -> str:
        """What users know the model as."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text would get another embedding."""
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        """Length of one embedding."""
        return self._loaded().dimensions

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        """Embed questions."""
        return self._loaded().embed_queries(queries)

    def embed_passages(self, texts: Sequence[str]) -> Embeddings:
        """Embed texts of passages or sentences."""
        return self._loaded().embed_passages(texts)

    def _loaded(self) -> Embedder:
        """Return the model; raises `ModelError` if it is not the one that it was taken for."""
        if self._embedder is None:
            self._embedder = _load_and_keep(self._load, self._kept)
        if self._embedder.fingerprint != self._fingerprint:
            raise ModelError(f"Modellen »{self._name}« er en anden end sidste gang; prøv igen.")
        return self._embedder


def _load_and_keep(load: Callable[[], Embedder], kept: Path) -> Embedder:
    embedder = load()
    with suppress(OSError):  # on a full disk it is loaded again next time
        make_private_folder(kept.parent)
        kept.touch(mode=0o600)
        kept.write_text(json.dumps([embedder.name, embedder.fingerprint]), encoding="utf-8")
    return embedder


def _read_names(kept: Path) -> tuple[str, str] | None:
    try:
        name, known_by = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, TypeError, ValueError):
        return None
    return str(name), str(known_by)


def _default_files() -> str:
    return json.dumps([E5_SMALL.sha256, hash_file(ADAPTER_PATH), CONVERSION_VERSION])


def _folder_files(folder: Path) -> str | None:
    """Return what tells that a model's folder is as it was: its files' names, sizes, times and numbers."""
    try:
        if not folder.is_dir():
            return None
        files = sorted((str(path), path.stat()) for path in folder.rglob("*") if path.is_file())
    except OSError:
        return None
    return json.dumps([(path, at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino) for path, at in files])


def _processor() -> str:
    """Return what this processor can: it decides the numbers that the model is computed in."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    return next((line for line in lines if line.startswith(("flags", "Features"))), platform.machine())
