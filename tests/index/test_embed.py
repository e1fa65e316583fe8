import subprocess
import sys

import pytest

from index.embed import fingerprint, prompted

SAME = {
    "files_digest": "d",
    "query_prompt": "q",
    "passage_prompt": "p",
    "dtype": "float32",
    "max_tokens": 512,
}


def test_texts_are_cut_to_sixteen_characters_a_token_behind_their_prompt():
    assert prompted(["æ" * 33, "kort", ""], "query: ", 2) == ["query: " + "æ" * 32, "query: kort", "query: "]


def test_the_same_settings_have_the_same_fingerprint():
    assert fingerprint(**SAME) == fingerprint(**SAME)
    assert len(fingerprint(**SAME)) == 64


@pytest.mark.parametrize("changed", SAME)
def test_every_setting_changes_the_fingerprint(changed):
    other = SAME | {changed: 128 if changed == "max_tokens" else "other"}
    assert fingerprint(**other) != fingerprint(**SAME)


@pytest.mark.parametrize("module", ["index.embed", "index.model"])
def test_the_engines_are_not_imported_before_a_model_is_loaded(module):
    heavy = "{'torch', 'transformers', 'sentence_transformers'}"
    code = f"import sys, {module}; sys.exit(str({heavy} & set(sys.modules) or ''))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr.strip() == ""
