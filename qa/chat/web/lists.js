// Draws the items of a list, one list inside another as deep as they say.

import { make } from "./dom.js";
import { drawSegments } from "./segments.js";

const OWN_SIGN = /^(§|[-–—•*]\s|\(?(\d+(\.\d+)*|[a-zæøå]|[ivx]+)[.)]\s)/i; // "1. ", "a) ", "§ 3": no bullet beside it

export class ListDrawing {
  constructor() {
    this.element = make("ul", { class: "block" });
    this.open = [{ level: 0, list: this.element }]; // the outermost first
  }

  takes() {
    return true;
  }

  add({ level, segments }) {
    while (this.open.length > 1 && this.open.at(-1).level > level) this.open.pop();
    if (this.open.at(-1).level < level) this.openList(level);
    const hasSign = OWN_SIGN.test(segments.map(([text]) => text).join(""));
    const line = make("span", { class: "line" }, ...drawSegments(segments));
    this.open.at(-1).list.append(make("li", { class: hasSign ? "signed" : null }, line));
  }

  /** Open a list inside the last item; the first item of all opens none, however deep it says that it is. */
  openList(level) {
    const outer = this.open.at(-1).list;
    if (!outer.lastElementChild) {
      this.open.at(-1).level = level;
      return;
    }
    const list = make("ul");
    outer.lastElementChild.append(list);
    this.open.push({ level, list });
  }
}
