"""Numbers, dates and lists of words, as they are written in Danish."""

from collections.abc import Sequence

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


def danish_date(iso: str) -> str:
    """Return an ISO date (YYYY-MM-DD) as it is written in Danish: »5. marts 2015«."""
    year, month, day = iso.split("-")
    return f"{int(day)}. {MONTHS[int(month) - 1]} {year}"


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its word: »1 dokument«, »2.045 afsnit«."""
    return f"{grouped(number)} {one if number == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """Return words in a row with commas and a last »og«."""
    return " og ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def grouped(number: int) -> str:
    """Return a whole number with a point between thousands, as Danish has it."""
    return f"{number:,}".replace(",", ".")


def decimal(number: float, digits: int) -> str:
    """Return a number with a decimal comma."""
    return f"{number:.{digits}f}".replace(".", ",")


def time_left(seconds: float) -> str:
    """Return about how long it takes yet, in the unit that suits: »40 s tilbage«."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s tilbage"
    minutes = round(seconds / 60)
    return f"{minutes} min. tilbage" if minutes < 120 else f"{round(minutes / 60)} t. tilbage"
