"""What a benchmark is made of: the recipe for large libraries, the questions, and the tables."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.library import Library
from qa.arguments import build_parser
from qa.benchmark import run
from qa.benchmark.run import make_questions, run_benchmark
from qa.benchmark.scale import Material, measure_scale, neighbour_noise, passage_portions
from qa.benchmark.table import render_benchmark, shown
from qa.opening import Settings
from tests.fakes import WordEmbedder
from tests.qa.making import engine_over

TEXTS = {
    f"{n}.txt": f"I år {n} skal hunde føres i snor af alle, der bor i by nummer {n}. Katte må gå frit."
    for n in range(40)
}


@pytest.fixture
def material(tmp_path: Path) -> Material:
    engine_over(tmp_path, TEXTS)
    with Library(tmp_path) as library, library.snapshot():
        return Material.of(library)


def test_material_is_all_sentences_and_how_many_each_passage_has(material: Material) -> None:
    assert (len(material.sentences), material.counts.tolist()) == (80, [2] * 40)
    assert material.sentence_vectors.shape == (80, 256)
    assert material.passage_vectors.shape == (40, 256)


def test_noise_has_the_covariance_of_differences_between_neighbours() -> None:
    rows = np.array([[1.0, 0.0], [0.8, 0.6], [0.0, -1.0]], dtype=np.float32)
    noise = neighbour_noise(rows)
    # the nearest by cosine: of the first the second, of the second the first, of the third the first
    differences = np.array([[-0.2, 0.6], [0.2, -0.6], [1.0, 1.0]])
    assert noise.T @ noise == pytest.approx(differences.T @ differences / 3, abs=1e-6)


def test_made_passages_are_numbered_of_length_one_and_the_same_each_time(material: Material) -> None:
    first, second = (list(passage_portions(material, 9000)) for _ in range(2))
    assert [len(ids) for ids, _ in first] == [8192, 808]
    assert first[1][0] == range(8193, 9001)
    assert all(np.array_equal(one[1], other[1]) for one, other in zip(first, second, strict=True))
    assert np.linalg.norm(first[1][1].astype(np.float32), axis=1) == pytest.approx(1.0, abs=2e-3)


def test_a_made_library_is_built_and_asked(material: Material, tmp_path: Path) -> None:
    directory = tmp_path / "stort"
    directory.mkdir()
    figures = measure_scale(
        material, 300, directory, WordEmbedder(), ["Må katte gå frit?", "Hvem bor i by 7?"]
    )
    assert (figures["passages"], figures["candidates"], figures["recall_at_100"]) == (300, None, 1.0)
    for stage in ("embed", "dense", "lexical", "fuse", "total"):
        percentile: Any = figures[stage]
        assert 0 <= percentile["p50"] <= percentile["p95"]


def test_questions_are_words_that_stand_together(material: Material) -> None:
    assert make_questions(material.sentences, 2) == [
        "Hvad står der om 0 skal hunde føres i snor af?",
        "Hvad står der om 20 skal hunde føres i snor af?",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [(12000, "12.000"), (0.98765, "0,988"), ({"p50": 1.25, "p95": 30.0}, "1,2 / 30,0")],
)
def test_figures_are_shown_in_danish(value: object, text: str) -> None:
    assert shown(value) == text


def test_sizes_are_numbers_with_commas_between() -> None:
    assert build_parser().parse_args(["benchmark", "--sizes", "1000,20000"]).sizes == (1000, 20000)


@pytest.mark.parametrize("sizes", ["0", "1000,", "mange"])
def test_other_sizes_are_wrong_usage(sizes: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        build_parser().parse_args(["benchmark", "--sizes", sizes])
    assert sizes.rpartition(",")[2] in capsys.readouterr().err


def test_everything_is_measured_in_one_run_and_printed(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sager"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr("qa.opening.load_model", lambda _: WordEmbedder())
    monkeypatch.setattr(run, "_run", lambda *_: 0.25)
    told: list[str] = []
    figures = run_benchmark(folder, Settings(home), (100, 200), told.append, quick=True)
    assert told == ["folder", "question", "100", "200", "starting"]
    assert figures["folder"] == {"passages": 40, "sentences": 80}
    text = render_benchmark(figures)
    assert "Mappe: 40 afsnit, 80 sætninger" in text
    assert "kildesvar status" in text
    assert "0,250" in text
