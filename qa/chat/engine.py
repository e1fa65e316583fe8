"""What the chat asks of the rest: the seam between the page and the engine that answers."""

from collections.abc import Collection, Sequence
from typing import Protocol

from index.types import Document, DocumentEntry, Notice
from qa.types import Answer


class ChatEngine(Protocol):
    """Answers questions from a folder of documents; its methods may be called by many threads at once."""

    def ask(
        self, question: str, previous: Sequence[str] = (), within: Collection[str] | None = None
    ) -> Answer:
        """Answer `question`, understood in the light of `previous` questions, oldest first.

        Where `within` holds paths of documents, the answer comes from those alone.

        Raises:
            QuestionError: the question cannot be asked as it stands, or of those documents.
        """

    def document(self, path: str) -> Document | None:
        """Return the document, or None when the library has no such document."""

    def documents(self) -> Sequence[DocumentEntry]:
        """Return the list of documents."""

    def skipped(self) -> Sequence[Notice]:
        """Return the files that could not be read, each with its reason."""
