"""What stands between the dashes at the top of a Markdown file."""

from index.read.frontmatter import FrontMatter, split_front_matter


def test_title_date_and_author_are_read_and_left_out() -> None:
    text = (
        '---\ntitle: "Takster: nye"\ndate: 2020-05-01\nforfatter: Anna # redaktør\ntags: [a]\n---\nTeksten.\n'
    )
    assert split_front_matter(text) == (FrontMatter("Takster: nye", "2020-05-01", "Anna"), "\nTeksten.\n")


def test_objects_and_lists_are_passed_over() -> None:
    front, body = split_front_matter("---\ntitle: !!python/object:os.system {}\nauthor: [a, b]\n---\nTekst")
    assert front == FrontMatter()
    assert body == "\nTekst"


def test_without_an_end_there_is_no_front_matter() -> None:
    text = "---\n\nEn streg, og så teksten.\n"
    assert split_front_matter(text) == (FrontMatter(), text)


def test_a_text_without_front_matter_is_left_as_it_is() -> None:
    assert split_front_matter("# Overskrift") == (FrontMatter(), "# Overskrift")
