"""Work in a process of its own, because it dies there: forked from a server that has imported everything."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess

_PRELOADED = ["tests.torture.children"]


def fork_context() -> ForkServerContext:
    """Return the context that all children come from; the engines are imported once for all of them."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def begin(target: Callable[..., None], *arguments: object) -> tuple[ForkServerProcess, Connection]:
    """Start `target(pipe, *arguments)`; returns the process and the end of the pipe that hears of it."""
    context = fork_context()
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(there, *arguments))
    process.start()
    there.close()
    return process, here


def heard(pipe: Connection) -> bool:
    """Tell whether a dead process had said that it was done."""
    try:
        return pipe.poll() and pipe.recv() == "done"
    except EOFError:
        return False
