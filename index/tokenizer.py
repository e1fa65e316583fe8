"""The default model's tokenizer, built from its unigram pieces."""

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from index.weights import Pieces

_DROPPED = "[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f\\x8f\\x9f\\u00ad]"
_BLANK = "[\\s\\u200b-\\u200f\\u2028\\u2029\\u2581\\ufeff\\ufffd]+"
"""The vocabulary was trained on text without control characters, invisible ones turned into blanks. We
also drop the soft hyphens (U+00AD) of Danish web pages and PDF files, so that a word is read whole."""

_METASPACE = "▁"
"""Stands for the blank before a word."""


def build_tokenizer(pieces: Pieces) -> Tokenizer:
    """Build the tokenizer: unigram pieces over NFKC text with single blanks, ``<s> … </s>`` around it."""
    vocabulary = list(zip(pieces.texts, pieces.scores.tolist(), strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=pieces.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_DROPPED), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(_BLANK), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(_METASPACE, prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace(_METASPACE, prepend_scheme="always")
    tokenizer.post_processor = _around(pieces)
    special = sorted(set(special_texts(pieces).values()))
    tokenizer.add_special_tokens([AddedToken(text, normalized=False) for text in special])
    return tokenizer


def special_texts(pieces: Pieces) -> dict[str, str]:
    """Return the special tokens by the names that tokenizers have for them."""
    ids = {
        "bos_token": pieces.begin,
        "cls_token": pieces.begin,
        "eos_token": pieces.end,
        "sep_token": pieces.end,
        "pad_token": pieces.padding,
        "unk_token": pieces.unknown,
    }
    return {name: pieces.texts[piece] for name, piece in ids.items()}


def _around(pieces: Pieces) -> processors.TemplateProcessing:
    begin, end = pieces.texts[pieces.begin], pieces.texts[pieces.end]
    return processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, pieces.begin), (end, pieces.end)],
    )
