"""Times the stages of a question."""

import time


class Stopwatch:
    """Counts from its making; each lap is the time since the last one."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """End the stage `name` now."""
        now = time.perf_counter()
        self._laps[name] = now - self._last
        self._last = now

    def milliseconds(self) -> dict[str, float]:
        """Return each stage's time and the total, in milliseconds."""
        laps = {**self._laps, "total": self._last - self._started}
        return {name: round(seconds * 1000, 2) for name, seconds in laps.items()}
