"""Split one read document and stage it in the library, with the texts that have to be embedded."""

from hashlib import blake2b

from index.context import passage_text, sentence_text
from index.errors import UnreadableFile
from index.split import split_passages
from index.types import Document, FileStamp, Passage
from index.writing import KeyedPassage, WritableLibrary

_KEY_BYTES = 16


def stage_document(library: WritableLibrary, stamp: FileStamp, document: Document, fingerprint: str) -> None:
    """Stage `document` and note its texts that the model of this `fingerprint` has not embedded yet.

    Raises `UnreadableFile` if there is nothing in it to cite.
    """
    passages = split_passages(document)
    if not passages:
        raise UnreadableFile("filen har ingen tekst")
    texts: dict[bytes, str] = {}
    keyed = [_with_keys(document, passage, fingerprint, texts) for passage in passages]
    library.stage(stamp, document, keyed)
    library.add_pending(texts.items())


def embedding_key(fingerprint: str, text: str) -> bytes:
    """Return the name of an embedding: the same model and the same text give the same key."""
    model = blake2b(fingerprint.encode()).digest()  # a key may be 64 bytes, a fingerprint longer
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES, key=model).digest()


def _with_keys(
    document: Document, passage: Passage, fingerprint: str, texts: dict[bytes, str]
) -> KeyedPassage:
    """Give a passage its keys, and put its texts and its sentences' into `texts` by key."""

    def keyed(text: str) -> bytes:
        key = embedding_key(fingerprint, text)
        texts[key] = text
        return key

    words = document.text[passage.start : passage.end]
    own = keyed(passage_text(document.title, passage, words))
    sentences = (document.text[sentence.start : sentence.end] for sentence in passage.sentences)
    return KeyedPassage(
        passage,
        own,
        tuple(keyed(sentence_text(document.title, passage, words)) for words in sentences),
    )
