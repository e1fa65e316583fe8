"""A question as it is typed: cleaned, and refused with a friendly line where it cannot be asked."""

from index.danish import find_words
from index.errors import QuestionError
from index.read.builder import clean_text

MAX_QUESTION_CHARS = 2_000


def clean_question(text: str) -> str:
    """Return the question in one line, without invisible characters; raises `QuestionError`."""
    question = " ".join(clean_text(text).split())
    if not question:
        raise QuestionError("Du har ikke skrevet noget; skriv et spørgsmål, fx »Hvornår er fristen?«")
    if len(question) > MAX_QUESTION_CHARS:
        raise QuestionError(
            f"Spørgsmålet er for langt ({len(question)} tegn, højst {MAX_QUESTION_CHARS}); "
            "stil et kortere spørgsmål."
        )
    if not find_words(question):
        raise QuestionError(f"Der er ingen ord i »{question[:60]}«; skriv dit spørgsmål med ord.")
    return question
