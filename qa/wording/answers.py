"""What an answer says beside its quotes: refusals, remarks, how much was searched, and how sure it is."""

from qa.wording.danish import counted, grouped

REFUSAL = "Jeg fandt ikke svar på det i {documents}."
CHOSEN_DOCUMENT = "det dokument, du har valgt"
CHOSEN_DOCUMENTS = "de {} dokumenter, du har valgt"
NOT_DANISH = "Spørgsmålet ser ikke ud til at være på dansk. Prøv at stille det på dansk."
UNKNOWN_WORD = "Ordet {} står ingen steder i dokumenterne."
UNKNOWN_WORDS = "Ordene {} står ingen steder i dokumenterne."
DID_YOU_MEAN = "Mente du {}?"
DIFFERENT = "Bemærk: Dokumenterne siger ikke det samme."
DIFFERENT_NEWEST_FIRST = "Bemærk: Dokumenterne siger ikke det samme. Det nyeste står først."
DIFFERENT_OTHER_YEARS = "Bemærk: Dokumenterne siger ikke det samme, og ingen af dem er fra {years}."

SEARCHED = "Søgt i {documents} af {of}."
"""Said where not everything was searched: how many documents, and of how many."""

NUMBER_IN_QUESTION = (
    "Der står et personnummer i dit spørgsmål. Det bliver ikke gemt, men skriv det helst ikke."
)

CONFIDENCE = (
    (0.8, 3, "Svaret står meget sandsynligt her"),
    (0.5, 2, "Svaret står sandsynligvis her"),
    (0.0, 1, "Usikkert: se efter i kilden"),
)
"""Confidence in words, highest first: from which chance, which of three steps, and what is said."""


def confidence_in_words(confidence: float) -> tuple[int, str]:
    """Return the step (1 to 3) of a calibrated chance (0 to 1) and the words for it."""
    return next((step, words) for chance, step, words in CONFIDENCE if confidence >= chance or step == 1)


def searched_in_words(documents: int, of: int) -> str:
    """Return how much was searched where it was not everything (»Søgt i 3 af 12 dokumenter.«)."""
    return SEARCHED.format(documents=grouped(documents), of=counted(of, "dokument", "dokumenter"))
