"""Many who ask while the library changes under them: each answer cites one state, word for word."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from qa.engine import Engine
from qa.types import Answer
from tests.fakes import WordEmbedder
from tests.torture.children import sync_and_tell
from tests.torture.processes import begin, heard
from tests.torture.workload import World, expect, read_state, sync_world

_DOCUMENTS = 6
_SUBJECTS = ("hunde", "katte", "heste", "ænder", "får", "geder")

State = dict[str, str]
"""The documents by path."""


@dataclass
class Readings:
    """How much was asked and seen; `states` are the numbers of those that some answer came from."""

    questions: int = 0
    citations: int = 0
    syncs: int = 0
    threads: int = 0
    states: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    allowed: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0), repr=False)


def ask_while_it_changes(root: Path, seed: int, questions: int, syncs: int, threads: int = 8) -> Readings:
    """Ask `questions` times from `threads` threads, a part of them during each of `syncs` syncs elsewhere."""
    random = Random(seed)
    world = World(root / "læsere", random)
    states = [_state(number, random) for number in range(syncs + 1)]
    world.replace(states[0])
    sync_world(world)
    engine = Engine(world.library, WordEmbedder())
    readings = Readings(syncs=syncs, threads=threads)
    askers = [
        threading.Thread(target=_ask, args=(engine, states, Random(seed + n), questions // threads, readings))
        for n in range(threads)
    ]
    for asker in askers:
        asker.start()
    for state in states[1:]:
        readings.allowed.release(questions // syncs)  # a part of the questions is asked during each sync
        _sync_elsewhere(world, state)
    readings.allowed.release(questions)
    for asker in askers:
        asker.join()
    expect(read_state(world.library) == states[-1], "the last state is not the folder's")
    return readings


def _sync_elsewhere(world: World, state: State) -> None:
    world.replace(state)
    process, pipe = begin(sync_and_tell, world, None)
    pipe.recv()
    process.join()
    expect(heard(pipe), "a sync did not finish")
    pipe.close()


def _state(number: int, random: Random) -> State:
    """Return the documents in one state: each says its number in every sentence, some are away, some long."""
    kept = random.sample(range(_DOCUMENTS), random.randint(3, _DOCUMENTS))
    return {f"{_SUBJECTS[each]}.txt": _text(_SUBJECTS[each], number, random) for each in sorted(kept)}


def _text(subject: str, number: int, random: Random) -> str:
    paragraphs = [
        f"Reglen om {subject} er nummer {number} i denne udgave. "
        f"Taksten for {subject} er {random.randint(1, 999)} kroner, siger udgave {number}. "
        f"Alle {subject} skal føres i snor på strækning {place} efter udgave {number}."
        for place in range(random.randint(1, 5))
    ]
    return "\n\n".join(paragraphs)


def _ask(engine: Engine, states: Sequence[State], random: Random, count: int, readings: Readings) -> None:
    for _ in range(count):
        readings.allowed.acquire()
        subject = random.choice(_SUBJECTS)
        try:
            answer = engine.ask(random.choice(("Hvad er taksten for {}?", "Skal {} i snor?")).format(subject))
        except Exception as error:  # any error at all is what this looks for
            readings.wrong.append(f"{type(error).__name__}: {error}")
        else:
            _note(answer, states, readings)


def _note(answer: Answer, states: Sequence[State], readings: Readings) -> None:
    """Ask that all citations and related passages stand in one state, exactly where they say."""
    cited = (*answer.citations, *answer.related)
    fitting = [
        number
        for number, state in enumerate(states)
        if all(state.get(each.document, "")[each.start : each.end] == each.quote for each in cited)
    ]
    readings.questions += 1
    readings.citations += len(cited)
    if not fitting:
        readings.wrong.append(str([(each.document, each.start, each.quote) for each in cited]))
    elif cited:
        readings.states.add(fitting[0])
