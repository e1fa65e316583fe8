"""Measures how long a visitor waits: `python -m tests.speed [FOLDER]` (needs Chromium; default `seeds/`).

It starts the chat over the folder with the real model, types questions made from the documents, and prints
the time from Enter until the answer has been painted, beside the engine's own time for the same answers.
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from index.types import BlockKind
from qa.chat.launch import start_chat
from qa.chat.page import build_chat
from qa.chat.reach import LOOPBACK, Reach
from qa.chat.suggestions import find_candidates
from qa.engine import Engine
from qa.evaluation.metrics import percentiles
from qa.home import home_folder
from qa.opening import Settings, open_folder
from tests.pictures import ROOT, visit
from tests.qa.chat.browser import FLAGS, find_browser, free_port

QUESTIONS = 40
UNCOUNTED = 3
"""Questions asked first, while the browser and the engine warm up."""

CLOCK = """
    const note = event => { if (event.key === 'Enter') window.pressed = performance.now(); };
    addEventListener('keydown', note, true);
    window.waited = [];
    const drawn = turns => turns.querySelectorAll('.answer').length > waited.length;
    const watch = turns => new MutationObserver(() => drawn(turns) && painted())
        .observe(turns, { childList: true, subtree: true });
    const painted = () => requestAnimationFrame(() => setTimeout(() => {
        if (pressed) waited.push(performance.now() - pressed);
        pressed = null;
    }));
    const wait = setInterval(() => {
        const turns = document.querySelector('.turns');
        if (turns) { clearInterval(wait); watch(turns); }
    }, 20);
"""
"""Notes when Enter is pressed, and when the frame after the answer's elements were made has been painted."""


def main(folder: Path) -> None:
    """Print the figures for one folder as a row of a table."""
    engine, _ = open_folder(folder, Settings(home_folder()))
    made = islice(ask_about(engine), QUESTIONS + UNCOUNTED)
    questions = list(islice(cycle(made), QUESTIONS + UNCOUNTED))
    reach = Reach(LOOPBACK, free_port())
    with start_chat(build_chat(engine), reach), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        with visit(browser, reach.url, 1280, 800, "light") as page:
            waited, own = measure(page, questions)
        browser.close()
    lines = (
        f"passages {len(engine.passages())}, questions {len(waited)}",
        f"Enter to answer in the browser, p50 / p95: {in_words(waited)}",
        f"the engine's own time, p50 / p95: {in_words(own)}",
    )
    sys.stdout.write("\n".join(lines) + "\n")


def ask_about(engine: Engine) -> Iterator[str]:
    """Yield questions made from the documents: as the first screen suggests them, then from headings."""
    entries = engine.documents()
    for candidate in find_candidates(engine, entries):
        yield candidate.question
    for entry in entries:
        document = engine.document(entry.path)
        for block in document.blocks if document else ():
            if document and block.kind is BlockKind.HEADING and block.end - block.start < 100:
                yield f"Hvad står der om {document.text[block.start : block.end]}?"
        yield f"Hvad handler {entry.title[:200]} om?"


def measure(page: Page, questions: Sequence[str]) -> tuple[list[float], list[float]]:
    """Ask one question after the other; return the milliseconds waited for each, and the engine's own."""
    page.evaluate(CLOCK)
    page.wait_for_timeout(100)
    for number, question in enumerate(questions, start=1):
        page.get_by_label("Dit spørgsmål").fill(question)
        page.keyboard.press("Enter")
        page.wait_for_function("number => waited.length === number", arg=number)
    kept = "JSON.parse(sessionStorage.getItem('kildesvar.conversation'))"
    own = page.evaluate(f"{kept}.map(turn => turn.answer.timing_ms.total)")
    return page.evaluate("waited")[UNCOUNTED:], own[UNCOUNTED:]


def in_words(milliseconds: Sequence[float]) -> str:
    """Return the median and the 95th percentile."""
    found = percentiles(milliseconds)
    return f"{found['p50']:.0f} / {found['p95']:.0f} ms"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "seeds")
