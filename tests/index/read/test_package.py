"""Unpacking zip packages and parsing their XML, within limits."""

import pytest

from index.errors import UnreadableFile
from index.read import package
from index.read.package import Package, child, local_name, parse_xml, relations
from tests.index.read.making import zipped


def test_parts_are_read_by_name_and_a_missing_one_is_empty() -> None:
    found = Package(zipped({"a.xml": "<a/>"}))
    assert found.read("a.xml") == b"<a/>"
    assert found.read("b.xml") == b""
    assert found.parse("b.xml") is None


def test_what_is_no_zip_is_damaged() -> None:
    with pytest.raises(UnreadableFile, match="beskadiget"):
        Package(b"PK\x03\x04resten mangler")


def test_a_part_with_wrong_bytes_is_damaged() -> None:
    data = zipped({"a.txt": "Haven koster 300 kroner. " * 20})
    place = data.index(b"a.txt") + 12
    with pytest.raises(UnreadableFile, match="beskadiget"):
        Package(data[:place] + b"\xff\xff\xff" + data[place + 3 :]).read("a.txt")


def test_a_part_that_says_it_is_too_large_is_not_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART_BYTES", 1_000)
    found = Package(zipped({"a.xml": "a" * 1_001, "b.xml": "b" * 1_000}))
    with pytest.raises(UnreadableFile, match="fylder for meget"):
        found.read("a.xml")
    assert len(found.read("b.xml")) == 1_000


def test_the_parts_of_a_package_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PACKAGE_BYTES", 1_500)
    found = Package(zipped({"a.xml": "a" * 1_000, "b.xml": "b" * 1_000}))
    found.read("a.xml")
    with pytest.raises(UnreadableFile, match="fylder for meget"):
        found.read("b.xml")


def test_a_dense_part_is_a_bomb_only_when_it_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({"a.xml": " " * 2_000_000})
    assert len(Package(data).read("a.xml")) == 2_000_000
    monkeypatch.setattr(package, "RATIO_FLOOR_BYTES", 1_000_000)
    with pytest.raises(UnreadableFile, match="fylder for meget"):
        Package(data).read("a.xml")


def test_a_directory_that_lies_about_a_size_does_not_make_memory_grow() -> None:
    data = bytearray(zipped({"a.xml": "a" * 50_000_000}))
    for place in (data.index(b"PK\x03\x04") + 22, data.index(b"PK\x01\x02") + 24):
        data[place : place + 4] = (4_000).to_bytes(4, "little")
    with pytest.raises(UnreadableFile, match="beskadiget"):
        Package(bytes(data)).read("a.xml")


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PARTS", 3)
    with pytest.raises(UnreadableFile, match=r"for mange dele \(4\)"):
        Package(zipped({f"{n}.xml": "" for n in range(4)}))


def test_a_part_under_a_password_is_told() -> None:
    data = bytearray(zipped({"a.xml": "a"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    with pytest.raises(UnreadableFile, match="adgangskode"):
        Package(bytes(data)).read("a.xml")


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        f'<!DOCTYPE a [<!ENTITY e0 "ha">{ENTITIES}]><a>&e9;</a>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_every_encoding(xml: str, encoding: str) -> None:
    with pytest.raises(UnreadableFile, match="DOCTYPE"):
        parse_xml(xml.encode(encoding))


@pytest.mark.parametrize("xml", ["<a><b></a>", "", "<a>" * 400 + "</a>" * 400, "<a>\x01</a>"])
def test_xml_that_is_not_well_formed_or_nested_too_deep_is_damaged(xml: str) -> None:
    with pytest.raises(UnreadableFile, match="XML"):
        parse_xml(xml.encode())


def test_elements_are_found_by_their_local_name() -> None:
    root = parse_xml(b'<x:a xmlns:x="u"><!-- c --><x:b><y:c xmlns:y="v"/></x:b></x:a>')
    found = child(root, "b", "c")
    assert local_name(root) == "a"
    assert found is not None
    assert local_name(found) == "c"
    assert child(root, "c") is None


def test_relations_point_at_parts_beside_their_own_and_never_outside() -> None:
    rels = (
        '<R><Relationship Id="1" Type="x/styles" Target="styles.xml"/>'
        '<Relationship Id="2" Type="x/image" Target="http://x.example/a.png" TargetMode="External"/>'
        '<Relationship Id="3" Type="x/notes" Target="../notes.xml"/></R>'
    )
    found = Package(zipped({"word/_rels/document.xml.rels": rels}))
    assert relations(found, "word/document.xml") == {
        "1": ("styles", "word/styles.xml"),
        "3": ("notes", "notes.xml"),
    }
