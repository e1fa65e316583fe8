"""Whether the first passages found stand together in one document.

What answers a question stands among more on its matter, while a question that the documents do not answer
finds a little here and a little there (the cluster hypothesis: Jardine and van Rijsbergen, 1971).
"""

from collections.abc import Sequence

from qa.quotes import QUOTED_PASSAGES, Found

USUAL = 0.35
"""What is taken where nothing tells: half way from questions that are to be refused to the others."""


def cohesion(found: Sequence[Found], in_document: int, in_all: int) -> float:
    """Return the share of the passages after the first that are of its document, above what chance gives.

    `found` is the best first, and those up to `QUOTED_PASSAGES` count. `in_document` is how many passages the
    first one's document has, `in_all` how many are searched. Where either leaves no choice - a document of
    one passage, a library of one document - it is `USUAL`, and in between as far as they leave none.
    """
    first, *others = found[:QUOTED_PASSAGES] or (None,)
    if first is None or not others:
        return USUAL
    same = sum(each.passage.document == first.passage.document for each in others)
    impossible = max(0, len(others) - (in_document - 1))
    by_chance = (in_document - 1) / (in_all - 1)
    return same / len(others) - by_chance + USUAL * (by_chance + impossible / len(others))
