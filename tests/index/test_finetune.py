import random
from dataclasses import replace
from math import exp, log

import pytest
import torch
from torch import nn

from index import finetune
from index.finetune import draw_batches
from index.low_rank import LowRank
from index.training_pairs import Text, TrainingPair


def pair(title: str, number: int) -> TrainingPair:
    answer = Text(f"{title}: Svar.", "Svar.")
    return TrainingPair(f"Spørgsmål {number}?", "kilde", title, f"{title}-{number}", answer, answer)


def test_a_change_is_nothing_before_training_and_b_times_a_after():
    linear = nn.Linear(2, 1, bias=False)
    layer = LowRank(linear)
    states = torch.tensor([[3.0, 5.0]])
    assert torch.equal(layer(states), linear(states))
    with torch.no_grad():
        layer.a.copy_(torch.tensor([[1.0, 2.0]]).expand_as(layer.a))
        layer.b.fill_(0.25)
    # 16 ranks, each 2 * 0.25 * (3 + 2 * 5)
    assert torch.allclose(layer(states) - linear(states), torch.tensor([[104.0]]))


def test_the_loss_is_that_of_the_right_row_among_all(monkeypatch):
    monkeypatch.setattr(finetune, "TEMPERATURE", 1.0)
    questions = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    no_pair = torch.zeros(2, 2, dtype=torch.bool)
    loss = finetune._contrast(questions, questions, no_pair)
    assert loss.item() == pytest.approx(log(1 + exp(-1)))


def test_a_row_with_the_right_passage_in_common_is_no_negative(monkeypatch):
    monkeypatch.setattr(finetune, "TEMPERATURE", 1.0)
    questions = torch.tensor([[1.0, 0.0], [1.0, 0.0]])
    same = ~torch.eye(2, dtype=torch.bool)
    assert finetune._contrast(questions, questions, same).item() == pytest.approx(0.0)


def test_what_is_right_for_a_question_is_not_wrong_for_it_where_another_brings_it():
    """Two right passages, then what is wrong for each: the second question's is the first one's right one."""
    assert finetune._same(["a", "b", "c", "a"], 2).tolist() == [
        [False, False, False, True],
        [False, False, False, False],
    ]
    assert finetune._same(["a", "a"], 2).tolist() == [[False, True], [True, False]]


class OneHot:
    """An encoder that can be worked by hand: each text is a vector of its own, the same text the same one."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def tokenise(self, prompt: str, texts: list[str], kind: str) -> list[list[int]]:
        return [[self.known.setdefault((text.split() or [""])[-1], len(self.known))] for text in texts]

    def encode(self, ids: list[list[int]]) -> torch.Tensor:
        return torch.eye(16)[[number for (number,) in ids]]


def test_a_batch_whose_wrong_passages_are_right_ones_of_others_costs_nothing_when_all_is_learned():
    """The last word of each text is what it is about: questions lie where their answers lie."""
    texts = [Text(f"{word}-kapitel {word}", word) for word in ("havn", "skole")]
    units = [finetune.Unit(f"{at}", text, (text,), frozenset()) for at, text in enumerate(texts)]
    batch = [
        TrainingPair(f"om {text.words}", "kilde", "d", f"{at}", text, text, (units[at], units[1 - at]))
        for at, text in enumerate(texts)
    ]
    for seed in range(5):
        loss = finetune.compute_loss(OneHot(), batch, random.Random(seed))
        assert loss.item() == pytest.approx(0.0, abs=1e-6)


def test_questions_that_are_not_answered_are_wrong_for_the_passages():
    text = Text("d havn", "havn")
    answered = TrainingPair("om havn", "kilde", "d", "0", text, text)
    near = replace(answered, unanswered=("også havn",))
    lost = finetune.compute_loss(OneHot(), [near], random.Random(1)).item()
    kept = finetune.compute_loss(OneHot(), [answered], random.Random(1)).item()
    assert lost - kept == pytest.approx(0.5 * log(2))


def test_a_fold_is_held_out_of_each_folder_or_of_none(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["finetune", "a", "b", "--output", "c", "--held-out", "5"])
    with pytest.raises(SystemExit):
        finetune.main()
    assert "one fold for each folder" in capsys.readouterr().err


def test_questions_of_one_document_come_together_and_each_comes_once_an_epoch():
    pairs = [pair(title, number) for title in "abcdefghijklmnop" for number in range(4)]
    batches = draw_batches(pairs, random.Random(1))
    epoch = [next(batches), next(batches)]
    assert [len(batch) for batch in epoch] == [32, 32]
    assert sorted(p.passage_id for batch in epoch for p in batch) == sorted(p.passage_id for p in pairs)
    for batch in epoch:
        assert len({p.document for p in batch}) == 8


def test_the_same_seed_draws_the_same_batches():
    pairs = [pair(title, number) for title in "abcdefgh" for number in range(6)]
    drawn = [next(draw_batches(pairs, random.Random(seed))) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
