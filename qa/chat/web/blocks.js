// Draws a document's blocks as headings, paragraphs, lists and rows. The browser lays out only what is in view.

import { make } from "./dom.js";
import { say } from "./words.js";

const TITLE_LEVEL = 2; // of the document's title on the page

const PART_LENGTH = 50; // elements that are laid out together

/** Return the document as parts, in reading order; a part is laid out when it comes into view. */
export function drawBlocks(blocks) {
  const elements = drawElements(blocks);
  const parts = [];
  for (let first = 0; first < elements.length; first += PART_LENGTH) {
    parts.push(make("div", { class: "part" }, ...elements.slice(first, first + PART_LENGTH)));
  }
  return parts;
}

function drawElements(blocks) {
  const elements = [];
  const outline = new Outline();
  let page = null;
  let list = null;
  for (const block of blocks) {
    if (block.page !== null && block.page !== page) {
      elements.push(make("p", { class: "page-number" }, say("page", { n: block.page })));
      page = block.page;
      list = null;
    }
    if (block.kind === "list_item") {
      if (!list) elements.push((list = make("ul", { class: "block" })));
      list.append(make("li", { "class": "line", "data-level": block.level }, ...drawSegments(block.segments)));
    } else {
      list = null;
      elements.push(drawBlock(block, outline));
    }
  }
  return elements;
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

function drawBlock({ kind, level, segments }, outline) {
  const tag = kind === "heading" ? outline.tagOf(level) : "p";
  return make(tag, { class: `block line ${kind}` }, ...drawSegments(segments));
}

function drawSegments(segments) {
  return segments.map(([text, number]) =>
    number ? make("mark", { "tabindex": "-1", "data-number": number }, text) : text,
  );
}
