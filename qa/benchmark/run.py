"""What everything costs, measured in one run: encoding, a question by stage, search at scale, starting."""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from index.bert.embedder import BertEmbedder
from index.library import Library, library_directory
from qa.benchmark.encoding import measure_encoding
from qa.benchmark.scale import Material, measure_scale
from qa.engine import Engine
from qa.evaluation.metrics import percentiles
from qa.opening import Settings, open_folder, update_folder

SIZES = (1_000, 10_000, 100_000)
QUICK_SIZES = (1_000,)

_QUESTIONS, _QUICK_QUESTIONS = 200, 40
_TEXTS, _QUICK_TEXTS = 1024, 128
_PLAIN_SHARE = 4
_UNCOUNTED = 10
_WORDS_OF_A_QUESTION = slice(2, 9)

Tell = Callable[[str], None]
"""Called with what is measured next: a word of `wording.benchmark.MEASURING`, or a number of passages."""

_Item = TypeVar("_Item")


def run_benchmark(
    folder: Path, settings: Settings, sizes: Sequence[int], tell: Tell, *, quick: bool = False
) -> dict[str, object]:
    """Measure everything over the documents of `folder` and libraries of `sizes` passages made of them."""
    tell("folder")
    engine, _ = open_folder(folder, settings)
    with Library(library_directory(settings.home, folder)) as library, library.snapshot():
        material = Material.of(library)
    questions = make_questions(material.sentences, _QUICK_QUESTIONS if quick else _QUESTIONS)
    for question in questions[:_UNCOUNTED]:
        engine.ask(question)
    tell("question")
    figures: dict[str, object] = {
        "machine": describe_machine(),
        "folder": {"passages": len(material.passage_vectors), "sentences": len(material.sentences)},
        "question": measure_questions(engine, questions),
    }
    if isinstance(engine.embedder, BertEmbedder):
        tell("encoding")
        texts = _spread(material.sentences, _QUICK_TEXTS if quick else _TEXTS)
        figures["encoding"] = measure_encoding(engine.embedder, texts, len(texts) // _PLAIN_SHARE)
    figures["scale"] = [_measure_size(material, size, engine, questions, tell) for size in sizes]
    tell("starting")
    figures["starting"] = measure_starting(folder, settings)
    return figures


def make_questions(sentences: Sequence[str], count: int) -> list[str]:
    """Return questions about words that stand together in sentences, spread over all of them."""
    long = [words for sentence in sentences if len(words := sentence.split()) > _WORDS_OF_A_QUESTION.stop]
    return [f"Hvad står der om {' '.join(words[_WORDS_OF_A_QUESTION])}?" for words in _spread(long, count)]


def measure_questions(engine: Engine, questions: Sequence[str]) -> dict[str, object]:
    """Ask each question, after embedding it alone; return the stages' percentiles and how they compare."""
    alone, laps = [], []
    for question in questions:
        started = time.perf_counter()
        engine.embedder.embed_queries([question])
        alone.append(round((time.perf_counter() - started) * 1000, 2))
        laps.append(engine.ask(question).timing_ms)
    stages = {stage: percentiles([each[stage] for each in laps]) for stage in laps[0]}
    embedding = percentiles(alone)
    ratio = round(stages["total"]["p50"] / embedding["p50"], 2)
    return {"embedding_alone": embedding, **stages, "times_embedding": ratio}


def measure_starting(folder: Path, settings: Settings) -> dict[str, float]:
    """Return the seconds that commands take, and a sync of a folder that has not changed."""
    given = ["--home", str(settings.home)]
    started = time.perf_counter()
    update_folder(folder, settings)
    return {
        "resync_seconds": round(time.perf_counter() - started, 2),
        "help_seconds": _run("--help"),
        "status_seconds": _run("status", str(folder), *given),
        "ask_seconds": _run("ask", "Hvad står der?", "--folder", str(folder), *given),
    }


def describe_machine() -> dict[str, object]:
    """Return what the figures depend on, and how busy the machine was."""
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "load": load,
    }


def _measure_size(
    material: Material, size: int, engine: Engine, questions: Sequence[str], tell: Tell
) -> dict[str, object]:
    tell(str(size))
    with TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        return measure_scale(material, size, Path(directory), engine.embedder, questions)


def _run(*arguments: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "qa", *arguments], check=True, capture_output=True)  # noqa: S603 - our own
    return round(time.perf_counter() - started, 2)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")


def _spread(items: Sequence[_Item], count: int) -> list[_Item]:
    return list(islice(items[:: max(1, len(items) // count)], count))
