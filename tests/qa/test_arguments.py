"""Wrong usage is one Danish line and exit code 2; help is Danish through and through."""

import pytest

from qa.arguments import DEFAULT_PORT, build_parser, in_danish

WRONG = [
    (["ask"], "Der mangler: SPØRGSMÅL. Se »kildesvar ask --help«."),
    (["ask", "hvad?", "--fart"], "Dette kendes ikke: --fart. Se »kildesvar --help«."),
    (["spørg", "hvad?"], "Kommandoen »spørg« findes ikke. Se »kildesvar --help«."),
    (["chat", "--port"], "--port skal have en værdi. Se »kildesvar chat --help«."),
    (
        ["chat", "--port", "0"],
        "--port skal være et helt tal fra 1 til 65535, men var »0«. Se »kildesvar chat --help«.",
    ),
    (["chat", "--port", "otte"], "men var »otte«. Se »kildesvar chat --help«."),
    (
        ["ask", "hvad?", "--json=ja"],
        "--json kan ikke have en værdi, men fik »ja«. Se »kildesvar ask --help«.",
    ),
    (
        ["feedback", "--csv", "--clear"],
        "--clear kan ikke bruges sammen med --csv. Se »kildesvar feedback --help«.",
    ),
    (["evaluate", "sæt", "--show-failures", "0"], "skal være et helt tal fra 1 og op, men var »0«."),
]


@pytest.mark.parametrize(("arguments", "sentence"), WRONG)
def test_wrong_usage_is_one_danish_line(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        build_parser().parse_args(arguments)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert sentence in said.err


def test_a_message_that_is_not_known_still_begins_in_danish() -> None:
    assert in_danish("something new") == "Kommandoen kunne ikke forstås (something new)."


@pytest.mark.parametrize("command", [[], ["chat"], ["index"], ["ask"], ["status"], ["evaluate"]])
def test_help_has_no_english_words(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        build_parser().parse_args([*command, "--help"])
    words = set(capsys.readouterr().out.lower().replace(":", " ").split())
    assert (
        words & {"usage", "options", "positional", "arguments", "show", "this", "message", "exit", "the"}
        == set()
    )


def test_options_stand_after_the_command() -> None:
    parsed = build_parser().parse_args(
        ["ask", "Hvad?", "--home", "h", "--previous", "A?", "--previous", "B?"]
    )
    assert (parsed.home, parsed.previous) == ("h", ["A?", "B?"])


def test_the_chat_has_its_usual_port() -> None:
    assert build_parser().parse_args(["chat"]).port == DEFAULT_PORT == 7860
