import random
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
