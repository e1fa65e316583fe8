"""Danish words to search terms: stems for meaning, character 5-grams for compounds and misspellings."""

import re
import threading
from functools import lru_cache
from itertools import chain
from operator import and_

import Stemmer

ENGINE = f"PyStemmer {Stemmer.version()}"
"""Named in what is derived from the library, as another version may make other stems."""

GRAM_CHARS = 5
WORD_BEGINS = "^"
"""Stands before the first letter of a word."""
PAIR_SIGN = "_"
"""Stands between the two words of a pair; no word holds it."""
MAX_WORD_CHARS = 64
"""Longer words (addresses, codes) are cut, so that no single term grows without bound."""

STOP_WORDS = frozenset(
    """
    ad af aldrig alle alt anden andet andre at bare begge blev blive bliver da de dem den denne der
    deres det dette dig din dine dit dog du efter eller en end er et fik for fordi fra få får før går
    gør ham han hans har havde have hele hende hendes her hos hun hvad hvem hver hvilke hvilken hvilket
    hvis hvor hvordan hvorfor hvornår i ikke ind ingen intet jeg jer jeres jo kan kom komme kommer kun
    kunne lad man mange med meget men mere mig min mine mit mod må måske ned nogen noget nogle nu når og
    også om op os over på sad se selv ser sig sin sine sit skal skulle som stor store så sådan til ud
    under var ved vi vil ville vor vores være været
    """.split()
)
"""Function words after Snowball's Danish list (snowballstem.org, BSD), with the question words."""

_WORD = re.compile(r"[^\W_]+")
_WORDS_APART = bytes(byte if _WORD.match(chr(byte)) else ord(" ") for byte in range(256))
"""Every character of Latin-1 as it is where words hold it, and else a blank."""

_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "é": "e", "è": "e"})
_stemmers = threading.local()


def fold(word: str) -> str:
    """Write the Danish letters and common accents of a lower-case word with the letters a to z."""
    return word if word.isascii() else word.translate(_FOLDED)


_FOLDED_STOP_WORDS = frozenset(map(fold, STOP_WORDS))


def find_words(text: str) -> list[str]:
    """Return the words and numbers of `text` in lower case, in order, with repetitions."""
    words = _split(text.casefold())
    if max(map(len, words), default=0) <= MAX_WORD_CHARS:
        return words  # asked before cutting, which would take as long as finding them
    return [word[:MAX_WORD_CHARS] for word in words]


def _split(text: str) -> list[str]:
    """Return the words of a text in lower case: what `_WORD` finds, which takes twice as long.

    Nearly all Danish sentences are Latin-1, where bytes can be translated at once.
    """
    try:
        return text.encode("latin-1").translate(_WORDS_APART).decode("latin-1").split()
    except UnicodeEncodeError:
        return _WORD.findall(text)


@lru_cache(maxsize=50_000)
def is_stop_word(word: str) -> bool:
    """Tell whether a lower-case word is a stop word, also where it is written without æ, ø and å."""
    return fold(word) in _FOLDED_STOP_WORDS


def content_words(text: str) -> list[str]:
    """Return the words that carry meaning: without stop words, unless nothing else is there."""
    words = find_words(text)
    return [word for word in words if not is_stop_word(word)] or words


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the search term of one lower-case word: its Snowball stem, with æ, ø, å written ae, oe, aa.

    Folding lets "boernehave" find "børnehave"; it comes last, as the stemmer knows the Danish letters.
    """
    if not hasattr(_stemmers, "danish"):
        _stemmers.danish = Stemmer.Stemmer("danish")  # a stemmer must not be shared by threads
    return fold(_stemmers.danish.stemWord(word))


def stems(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order, with repetitions."""
    return [stem(word) for word in content_words(text)]


def stem_terms(text: str) -> list[str]:
    """Return the distinct stems of all words, then of neighbouring words unless both are stop words.

    A term counts once however often it stands there, and the stop words are kept, which are common and
    so weigh little: measured better than counts without them (docs/retrieval.md).
    """
    words = find_words(text)
    stemmed = [stem(word) for word in words]
    is_stop = [is_stop_word(word) for word in words]
    pairs = (
        f"{one}{PAIR_SIGN}{next_one}"
        for one, next_one, both_stop in zip(
            stemmed, stemmed[1:], map(and_, is_stop, is_stop[1:]), strict=False
        )
        if not both_stop
    )
    return list(dict.fromkeys((*stemmed, *pairs)))


def gram_terms(text: str) -> list[str]:
    """Return the distinct character 5-grams of the words that carry meaning; shorter words stand whole.

    Grams let the parts of a compound meet ("plejehjemspladser" and "plejehjem") without a dictionary. A
    mark before the word tells its beginning, where the meaning mostly is, from the same letters within.
    """
    return list(dict.fromkeys(chain.from_iterable(map(_grams_of, content_words(text)))))


@lru_cache(maxsize=50_000)  # the common words: nearly all of a text, in a few tens of megabytes
def _grams_of(word: str) -> tuple[str, ...]:
    marked = WORD_BEGINS + fold(word)
    return tuple(marked[i : i + GRAM_CHARS] for i in range(max(1, len(marked) - GRAM_CHARS + 1)))
