// Draws a document's blocks as headings, paragraphs, lists and tables. The browser lays out only what is in view.

import { ListDrawing } from "./lists.js";
import { TableDrawing } from "./tables.js";
import { make } from "./dom.js";
import { drawSegments } from "./segments.js";
import { say } from "./words.js";

const TITLE_LEVEL = 2; // of the document's title on the page

const PART_LENGTH = 50; // elements that are laid out together

/** Return the document as parts, in reading order; a part is laid out when it comes into view. */
export function drawBlocks(blocks) {
  const drawing = new Drawing();
  for (const block of blocks) drawing.add(block);
  const parts = [];
  for (let first = 0; first < drawing.elements.length; first += PART_LENGTH) {
    parts.push(make("div", { class: "part" }, ...drawing.elements.slice(first, first + PART_LENGTH)));
  }
  return parts;
}

/** The elements of a document as far as it has been drawn, and the list or table that is being filled. */
class Drawing {
  elements = [];
  outline = new Outline();
  page = null;
  group = null; // a list or a table
  tables = 0;

  add(block) {
    if (block.page !== null && block.page !== this.page) this.turnPage(block);
    if (block.kind === "list_item") this.groupFor(block, ListDrawing).add(block);
    else if (block.cells) this.groupFor(block, TableDrawing).add(block);
    else this.addAlone(block);
  }

  /** Show where a page begins; a table goes on over it, so that its rows stay under their heads. */
  turnPage(block) {
    this.page = block.page;
    const text = say("page", { n: block.page });
    if (block.cells && this.group instanceof TableDrawing && this.group.goesOnWith(block)) {
      this.group.turnPage(text);
    } else {
      this.group = null;
      this.elements.push(make("p", { class: "page-number" }, text));
    }
  }

  /** The list or table that takes the block: the one that is being filled, or a new one. */
  groupFor(block, Kind) {
    if (!(this.group instanceof Kind) || !this.group.takes(block)) {
      this.group = new Kind(() => (this.tables += 1));
      this.elements.push(this.group.element);
    }
    return this.group;
  }

  addAlone({ kind, level, segments }) {
    this.group = null;
    const tag = kind === "heading" ? this.outline.tagOf(level) : "p";
    this.elements.push(make(tag, { class: `block line ${kind}` }, ...drawSegments(segments)));
  }
}

/** Headings one step at a time, as those who jump by them need, also where a document leaves out a level. */
class Outline {
  levels = [];

  tagOf(level) {
    while (this.levels.length && this.levels.at(-1) >= level) this.levels.pop();
    this.levels.push(level);
    return `h${Math.min(TITLE_LEVEL + this.levels.length, 6)}`;
  }
}
