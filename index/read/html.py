"""Reads web pages (.html) with lexbor's tree, walked without recursion: pages may nest 10,000 deep."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from index.read.builder import DocumentBuilder
from index.read.encoding import decode
from index.read.facts import Facts, finish
from index.read.html_tables import Cell, is_data_table, span, table_blocks
from index.types import BlockKind, Document

_SKIPPED = frozenset(
    """
    script style template noscript head nav svg iframe object embed canvas audio video select datalist button
    textarea input map footer menu dialog rt rp del noframes
    """.split()
)
_SKIPPED_ROLES = {"navigation", "contentinfo", "search", "banner", "menu", "menubar", "dialog"}
_SKIPPED_NAMES = re.compile(
    r"\b(breadcrumbs?|cookie-?(banner|consent|bar|notice)|skip-?(link|to-content|nav))\b", re.I
)
_HIDING_STYLE = re.compile(r"(?:^|;)(?:display:none|visibility:hidden)")

_BLOCKS = frozenset(
    """
    p div section article main aside header body html blockquote figure figcaption form fieldset legend
    address details summary hr ul ol dl dt dd li h1 h2 h3 h4 h5 h6 pre table caption thead tbody tfoot tr td
    th center hgroup label search
    """.split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.I)
_ONE_BYTE_CHARSET = re.compile(r"^(iso-8859-\d{1,2}|windows-12[5]\d|macintosh)$", re.I)
_DATE_NAMES = ("article:published_time", "dcterms.date", "dc.date", "date", "article:modified_time")
_SITE_NAME = re.compile(r"\s+[|–—-]\s+[^|–—]{1,60}$")
_MIN_MAIN_CHARS = 200


@dataclass(slots=True)
class _State:
    """Where in the page the walk is."""

    words: list[str] = field(default_factory=list)
    list_depth: int = 0
    in_item: int = 0
    preformatted: int = 0
    heading: int = 0
    definition: str = ""
    """"dt" while in a term, "dd" while in its explanation."""
    term: str = ""
    table: list[list[Cell]] | None = None
    has_thead: bool = False


def read(data: bytes, path: str) -> Document:
    """Return the document in a web page; raise `UnreadableFile` when it holds no text."""
    tree = LexborHTMLParser(decode_page(data))
    builder = DocumentBuilder(path)
    root = _main_part(tree)
    if root is not None:
        _Walk(builder).run(root)
    return finish(builder, path, _read_facts(tree))


def decode_page(data: bytes) -> str:
    """Return the characters of a page, by its byte order mark, its own word for it, or what fits."""
    match = _CHARSET.search(data[:4096])
    name = match[1].decode("ascii").lower() if match else ""
    name = {"latin1": "iso-8859-1", "latin-1": "iso-8859-1", "us-ascii": "iso-8859-1"}.get(name, name)
    if not _ONE_BYTE_CHARSET.match(name) or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return decode(data)
    try:
        return data.decode("cp1252" if name == "iso-8859-1" else name, "replace")
    except LookupError:
        return decode(data)


def _read_facts(tree: LexborHTMLParser) -> Facts:
    title = tree.css_first("title")
    heading = tree.css_first("h1")
    shown = heading.text() if heading is not None and not _is_skipped(heading) else ""
    claimed = shown.strip() or (_SITE_NAME.sub("", title.text().strip()) if title is not None else "")
    told = {_meta_name(meta): meta.attributes.get("content") for meta in tree.css("meta[content]")}
    date = next((told[name] for name in _DATE_NAMES if told.get(name)), None)
    return Facts(claimed or None, date, told.get("author"), title_is_sure=bool(claimed))


def _meta_name(meta: LexborNode) -> str:
    return (meta.attributes.get("name") or meta.attributes.get("property") or "").lower()


def _main_part(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the part that the page itself calls its main one, if it holds most of a text; else the body."""
    found = tree.css("main, [role=main]")
    if len(found) == 1 and len((found[0].text() or "").strip()) >= _MIN_MAIN_CHARS:
        return found[0]
    return tree.body


def _is_skipped(node: LexborNode) -> bool:
    if node.tag in _SKIPPED:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    style = re.sub(r"\s+", "", attributes.get("style") or "").lower()
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (attributes.get("role") or "") in _SKIPPED_ROLES
        or bool(_HIDING_STYLE.search(style))
        or bool(_SKIPPED_NAMES.search(names))
    )


def _steps(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield every node that is shown, when it begins (True) and, for elements, when it ends (False)."""
    node, depth = root, 0
    while True:
        is_text = node.tag == "-text"
        shown = is_text or (not (node.tag or "-").startswith("-") and not _is_skipped(node))
        first = None
        if shown:
            yield node, True
            first = None if is_text else node.first_child
            if first is not None:
                node, depth = first, depth + 1
                continue
            if not is_text:
                yield node, False
        while depth and node.next is None:
            parent = node.parent
            if parent is None:
                return
            node, depth = parent, depth - 1
            yield node, False
        following = node.next
        if not depth or following is None:
            return
        node = following


class _Walk:
    """Turns the steps through one page into blocks."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._state = _State()

    def run(self, root: LexborNode) -> None:
        """Add the blocks below `root`."""
        for node, begins in _steps(root):
            tag = node.tag or ""
            if tag == "-text":
                self._add_words(node.text_content or "")
            elif tag == "br":
                if begins:
                    self._state.words.append("\n")
            elif tag in _BLOCKS:
                self._flush()
                self._enter(node, tag) if begins else self._leave(tag)
        self._flush()

    def _add_words(self, text: str) -> None:
        state = self._state
        state.words.append(text if state.preformatted else re.sub(r"[^\S\xa0]+", " ", text))

    def _enter(self, node: LexborNode, tag: str) -> None:
        state = self._state
        if tag in _HEADINGS:
            state.heading = _HEADINGS[tag]
        elif tag in ("ul", "ol"):
            state.list_depth += 1
        elif tag == "li":
            state.in_item += 1
        elif tag == "pre":
            state.preformatted += 1
        elif tag in ("dt", "dd"):
            state.definition = tag
        elif tag == "table" and state.table is None and is_data_table(node):
            state.table, state.has_thead = [], False
        elif state.table is not None:
            self._enter_table_part(node, tag, state.table)

    def _enter_table_part(self, node: LexborNode, tag: str, table: list[list[Cell]]) -> None:
        if tag == "thead":
            self._state.has_thead = True
        elif tag == "tr":
            table.append([])
        elif tag in ("td", "th") and table:
            columns, rows = span(node, "colspan"), span(node, "rowspan")
            table[-1].append(Cell([], tag == "th", columns, rows))

    def _leave(self, tag: str) -> None:
        state = self._state
        if tag in _HEADINGS:
            state.heading = 0
        elif tag in ("ul", "ol"):
            state.list_depth = max(state.list_depth - 1, 0)
        elif tag == "li":
            state.in_item = max(state.in_item - 1, 0)
        elif tag == "pre":
            state.preformatted = max(state.preformatted - 1, 0)
        elif tag in ("dt", "dd"):
            state.definition = ""
        elif tag == "dl":
            self._add_term()
        elif tag == "table" and state.table is not None:
            table, state.table = state.table, None
            self._add_table(table)

    def _flush(self) -> None:
        state = self._state
        text = "".join(state.words)
        state.words.clear()
        if not state.preformatted:
            text = "\n".join(" ".join(line.split(" ")).strip() for line in text.split("\n"))
            text = re.sub(r" {2,}", " ", text)
        if not text.strip():
            return
        if state.table is not None and state.table and state.table[-1]:
            state.table[-1][-1].texts.append(" ".join(text.split()))
        elif state.heading:
            self._builder.add(BlockKind.HEADING, " ".join(text.split()), level=state.heading)
        elif state.definition == "dt":
            self._add_term()
            state.term = " ".join(text.split())
        elif state.definition == "dd":
            self._builder.add(
                BlockKind.LIST_ITEM, f"{state.term}: {text.strip()}" if state.term else text, level=1
            )
            state.term = ""
        elif state.in_item:
            self._builder.add(BlockKind.LIST_ITEM, text, level=max(min(state.list_depth, 9), 1))
        else:
            self._builder.add(BlockKind.PARAGRAPH, text)

    def _add_term(self) -> None:
        """Add a term that got no explanation of its own."""
        self._builder.add(BlockKind.LIST_ITEM, self._state.term, level=1)
        self._state.term = ""

    def _add_table(self, table: list[list[Cell]]) -> None:
        for kind, text in table_blocks(table, has_head=self._state.has_thead):
            self._builder.add(kind, text)
