// Searches the open document for a word, and marks what it finds without touching the document's elements.

import { say } from "./words.js";

const MAX_FOUND = 2000;

export class DocumentSearch {
  constructor(form, paper) {
    this.paper = paper;
    this.field = form.querySelector("input");
    this.count = form.querySelector(".found");
    this.buttons = form.querySelectorAll("button");
    this.ranges = [];
    this.index = -1;
    this.field.addEventListener("input", () => this.find());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.step(1);
    });
    this.show();
  }

  reset() {
    this.field.value = "";
    this.find();
  }

  find() {
    const word = lower(this.field.value.trim());
    this.ranges = word ? findRanges(this.paper, word) : [];
    this.index = -1;
    if (this.ranges.length) this.step(1);
    else this.show();
  }

  step(steps) {
    if (!this.ranges.length) return;
    this.index = (this.index + steps + this.ranges.length) % this.ranges.length;
    const element = this.ranges[this.index].startContainer.parentElement;
    element.scrollIntoView({ block: "center" });
    this.show();
  }

  show() {
    const current = this.ranges[this.index];
    CSS.highlights?.set("found", new Highlight(...this.ranges));
    CSS.highlights?.set("found-now", new Highlight(...(current ? [current] : [])));
    for (const button of this.buttons) button.hidden = this.ranges.length < 2;
    this.count.textContent = this.describe();
  }

  describe() {
    if (!this.field.value.trim()) return "";
    if (!this.ranges.length) return say("found_none");
    return say("found_of", { n: this.index + 1, count: this.ranges.length });
  }
}

function findRanges(paper, word) {
  const ranges = [];
  for (const line of paper.querySelectorAll(".line")) {
    const text = lower(line.textContent);
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      ranges.push(rangeOf(line, at, at + word.length));
      if (ranges.length === MAX_FOUND) return ranges;
    }
  }
  return ranges;
}

/** The range from one offset to another in an element's text, which may lie in several text nodes. */
function rangeOf(element, start, end) {
  const range = new Range();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let position = 0;
  let hasStart = false;
  while (walker.nextNode()) {
    const { length } = walker.currentNode.data;
    if (!hasStart && start < position + length) {
      range.setStart(walker.currentNode, start - position);
      hasStart = true;
    }
    if (end <= position + length) {
      range.setEnd(walker.currentNode, end - position);
      break;
    }
    position += length;
  }
  return range;
}

/** Lower case, letter by letter, so that offsets stay as they are. */
function lower(text) {
  const lowered = text.toLocaleLowerCase("da");
  return lowered.length === text.length ? lowered : text;
}
