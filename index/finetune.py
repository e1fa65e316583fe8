"""Train the adapter on questions and the passages that answer them.

    python -m index.finetune FOLDER … --output FILE [--held-out FOLD …] [--runs SEED:STEPS …]
        [--mean-with SHARE:FILE …]

The forms of a folder are told in `training_pairs.py` and `training_documents.py`. Only the low-rank matrices
of the upper layers' attention are learned; each batch holds several questions of the same document, so that
telling its passages apart is what pays. A question is pulled to its passage and to its sentence, away from
the others in the batch and from passages that look alike, and a passage is pulled to its question, away from
others and from those that its document does not answer (InfoNCE: van den Oord et al. 2018,
arXiv:1807.03748).
What is written is the mean of several runs, which does better on other kinds of documents than a single run
does (Wortsman et al. 2022, arXiv:2203.05482); adapters that were written before may have a share in it.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import islice, zip_longest
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from index.low_rank import Encoder, load_encoder, save_adapter, save_mean
from index.training_documents import read_document_pairs
from index.training_pairs import Text, TrainingPair, Unit, read_pairs

LEARNING_RATE = 3e-4
TEMPERATURE = 0.03
BATCH_PAIRS = 32
PAIRS_OF_A_DOCUMENT = 4
"""As many of a batch's questions are about the same document, where it has them."""

RUNS = ((2, 126), (3, 126), (2, 42))
"""The runs whose mean is kept: seed, and batches of `BATCH_PAIRS` questions (38 are once through)."""

CONTEXT_LEFT_OUT = 0.25
"""Share of texts shown without title and headings, so that those are not all that is learned."""

NOTHING = Unit("", Text("", ""), (Text("", ""),), frozenset())
"""Stands for a passage that looks alike where a document has but one."""


def draw_batches(pairs: Sequence[TrainingPair], rng: random.Random) -> Iterator[list[TrainingPair]]:
    """Yield batches without end, each of one source and of few documents."""
    while True:
        documents = defaultdict(list)
        for pair in rng.sample(pairs, len(pairs)):
            documents[pair.source, pair.document].append(pair)
        runs = defaultdict(list)
        for (source, _), found in documents.items():
            for start in range(0, len(found), PAIRS_OF_A_DOCUMENT):
                runs[source].append(found[start : start + PAIRS_OF_A_DOCUMENT])
        batches = []
        for found_runs in runs.values():
            flat = [pair for run in rng.sample(found_runs, len(found_runs)) for pair in run]
            starts = range(0, max(1, len(flat) - BATCH_PAIRS // 2), BATCH_PAIRS)
            batches += [flat[start : start + BATCH_PAIRS] for start in starts]
        yield from rng.sample(batches, len(batches))


def compute_loss(encoder: Encoder, batch: Sequence[TrainingPair], rng: random.Random) -> Tensor:
    """Return how badly questions find their passages and sentences, and passages their questions."""
    wrong = [rng.choice(pair.wrong_passages or (NOTHING,)) for pair in batch]
    wrong_sentences = [
        rng.choice(pair.wrong_sentences if pair.wrong_sentences and rng.random() < 0.5 else other.sentences)
        for pair, other in zip(batch, wrong, strict=True)
    ]
    unanswered = [rng.choice(pair.unanswered) for pair in batch if pair.unanswered]
    passages = [*(pair.passage for pair in batch), *(other.text for other in wrong)]
    sentences = [*(pair.sentence for pair in batch), *wrong_sentences]
    questions = [*(pair.question for pair in batch), *unanswered]
    ids = encoder.tokenise("query", questions, "question")
    ids += encoder.tokenise("document", _shown(passages, rng), "passage")
    ids += encoder.tokenise("document", _shown(sentences, rng), "sentence")
    found = torch.split(encoder.encode(ids), [len(questions), len(passages), len(sentences)])
    question, passage, sentence = found
    count = len(batch)
    right = [pair.passage_id for pair in batch]
    return (
        _contrast(question[:count], passage, _same([*right, *(other.passage_id for other in wrong)], count))
        + _contrast(question[:count], sentence, _same(sentences, count))
        + 0.5 * _contrast(passage[:count], question, _same([*right, *unanswered], count))
    )


def _same(names: Sequence[Hashable], count: int) -> Tensor:
    """Tell which of `names` are those of the first `count` over again, shape (count, names).

    What is wrong for one question of a batch may be right for another.
    """
    return torch.tensor(
        [
            [own == other and at != row for at, other in enumerate(names)]
            for row, own in enumerate(names[:count])
        ]
    )


def _shown(texts: Sequence[Text], rng: random.Random) -> list[str]:
    return [text.words if rng.random() < CONTEXT_LEFT_OUT else text.whole for text in texts]


def _contrast(left: Tensor, right: Tensor, same: Tensor) -> Tensor:
    """Return the InfoNCE loss where row i of `left` belongs to row i of `right`.

    `same` (left, right) marks rows that are right as well: they are no negatives.
    """
    scores = (left @ right.T / TEMPERATURE).masked_fill(same, -1e4)
    return cross_entropy(scores, torch.arange(len(left)))


def train(encoder: Encoder, pairs: Sequence[TrainingPair], steps: int, seed: int) -> Iterator[float]:
    """Train for `steps` batches, and yield the loss of each. The rate rises over ten steps, then falls."""
    rng = random.Random(seed)  # noqa: S311 - nothing here is secret
    parameters = [parameter for change in encoder.changes.values() for parameter in change.parameters()]
    learned = [parameter for parameter in parameters if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=LEARNING_RATE, weight_decay=0.01)
    for step, batch in enumerate(islice(draw_batches(pairs, rng), steps)):
        for group in optimizer.param_groups:
            group["lr"] = LEARNING_RATE * min(1.0, (step + 1) / 10) * max(0.02, 1 - step / steps)
        optimizer.zero_grad()
        loss = compute_loss(encoder, batch, rng)
        loss.backward()  # type: ignore[no-untyped-call]  # torch has no types here
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        yield loss.item()


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m index.finetune")
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument(
        "--held-out", type=int, nargs="*", default=(), help="each folder's fold that is kept for measuring"
    )
    parser.add_argument("--mean-with", type=_share, nargs="*", default=(), metavar="SHARE:FILE")
    parser.add_argument("--runs", type=_run, nargs="+", default=RUNS, metavar="SEED:STEPS")
    options = parser.parse_args()
    if options.held_out and len(options.held_out) != len(options.folders):
        parser.error("--held-out takes one fold for each folder")
    held_out = zip_longest(options.folders, options.held_out)
    pairs = [pair for folder, fold in held_out for pair in read_folder(folder, fold)]
    save_adapter([_train_one(pairs, seed, steps) for seed, steps in options.runs], options.output)
    if options.mean_with:
        left = 1 - sum(share for share, _ in options.mean_with)
        save_mean([(left, options.output), *options.mean_with], options.output)


def read_folder(folder: Path, held_out: int | None) -> list[TrainingPair]:
    """Read a folder of either form."""
    has_documents = (folder / "documents").is_dir()
    return (read_document_pairs if has_documents else read_pairs)(folder, held_out)


def _run(written: str) -> tuple[int, int]:
    seed, _, steps = written.partition(":")
    return int(seed), int(steps)


def _share(written: str) -> tuple[float, Path]:
    share, _, file = written.partition(":")
    return float(share), Path(file)


def _train_one(pairs: Sequence[TrainingPair], seed: int, steps: int) -> Encoder:
    torch.manual_seed(seed)
    encoder = load_encoder()
    for step, loss in enumerate(train(encoder, pairs, steps, seed), 1):
        print(f"seed {seed}: {step}/{steps} loss {loss:.3f}", flush=True)  # noqa: T201 - a command of its own
    return encoder


if __name__ == "__main__":
    main()
