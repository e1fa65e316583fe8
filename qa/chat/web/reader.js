// The document beside the conversation, opened at the quoted sentence.
//
// What is open is a view: {file, marks, current, place, opener}. It stands in the browser's history, so the
// way back works as everywhere else, and in the address, so that a link opens the same sentence tomorrow.

import { drawBlocks } from "./blocks.js";
import { drawDetails } from "./dom.js";
import { DocumentSearch } from "./search.js";
import { date, place, say } from "./words.js";

export class Reader {
  constructor(page, call, announce) {
    this.page = page;
    this.call = call;
    this.announce = announce;
    this.section = page.querySelector(".reader");
    this.title = this.section.querySelector("h2");
    this.paper = this.section.querySelector(".paper");
    this.search = new DocumentSearch(this.section.querySelector(".search"), this.paper);
    this.view = null;
    addEventListener("popstate", (event) => this.follow(event.state));
  }

  get isOpen() {
    return this.view !== null;
  }

  /** Open the document of one citation, with every quote of the same answer in it marked. */
  open(citations, number, { turn, list }) {
    const chosen = citations[number - 1];
    const marks = citations
      .map(({ document, start, end }, index) => ({ document, number: index + 1, start, end }))
      .filter((mark) => mark.document === chosen.document);
    const places = Object.fromEntries(marks.map((mark) => [mark.number, place(citations[mark.number - 1]).join(", ")]));
    this.go({ file: chosen.document, marks, current: number, places, opener: { turn, list, number } });
  }

  /** Open a document at its beginning; `opener` names the citation that it was opened from, if any. */
  openWhole(file, opener = null) {
    this.go({ file, marks: [], current: 0, places: {}, opener });
  }

  go(view) {
    if (this.isOpen) history.replaceState({ ...view, isPushed: history.state?.isPushed }, "", addressOf(view));
    else history.pushState({ ...view, isPushed: true }, "", addressOf(view));
    return this.show(view);
  }

  /** After a reload, or from a link: open what the address names. */
  restore() {
    const view = history.state?.file ? history.state : viewOfAddress();
    if (view) this.show(view);
  }

  follow(view) {
    if (view?.file) this.show(view);
    else if (this.isOpen) this.hide();
  }

  close() {
    if (!this.isOpen) return;
    if (history.state?.isPushed) {
      history.back(); // and `follow` hides the document
    } else {
      history.replaceState(null, "", location.pathname + location.search);
      this.hide();
    }
  }

  async show(view) {
    const isSameDocument = this.view?.file === view.file && JSON.stringify(this.view.marks) === JSON.stringify(view.marks);
    this.view = view;
    this.page.dataset.reading = "";
    this.section.hidden = false;
    markOpener(this.page, view.opener);
    if (!isSameDocument) await this.load(view);
    if (this.view === view) this.goToMark(view.current);
  }

  /** Draw the open document again with its personal numbers. */
  async showNumbers() {
    const { view } = this;
    await this.load(view, { showsNumbers: true });
    if (this.view === view) this.goToMark(view.current);
  }

  async load(view, { showsNumbers = false } = {}) {
    this.title.textContent = say("opening");
    const reply = await this.call("document", { file: view.file, marks: view.marks, show_numbers: showsNumbers });
    if (this.view !== view) return;
    this.title.textContent = reply.error ?? reply.title;
    this.section.querySelector(".document-facts").replaceChildren(describe(reply));
    this.showNotice(reply.partly_read);
    this.offerOriginal(reply.error ? null : view.file);
    this.section.querySelector(".numbers").hidden = !reply.hides_numbers;
    this.paper.replaceChildren(...drawBlocks(reply.blocks ?? []));
    this.paper.scrollTop = 0;
    this.search.reset();
  }

  /** The document's own file can be had where the chat is open to this machine alone. */
  offerOriginal(file) {
    const link = this.section.querySelector(".original");
    link.hidden = file === null || !("files" in this.page.dataset);
    link.href = `./original?${new URLSearchParams({ dokument: file })}`;
  }

  showNotice(reason) {
    const notice = this.section.querySelector(".notice");
    notice.hidden = !reason;
    notice.textContent = reason ? say("partly_read", { reason }) : "";
  }

  /** Go to the mark that is `steps` further on, round the end. */
  step(steps) {
    const numbers = this.view.marks.map((mark) => mark.number);
    if (!numbers.length) return;
    const index = (numbers.indexOf(this.view.current) + steps + numbers.length) % numbers.length;
    this.go({ ...this.view, current: numbers[index], opener: { ...this.view.opener, number: numbers[index] } });
  }

  goToMark(number) {
    this.showPlace(number);
    for (const mark of this.paper.querySelectorAll("mark")) {
      mark.classList.toggle("current", mark.dataset.number === String(number));
    }
    const mark = this.paper.querySelector("mark.current");
    if (!mark) {
      this.title.focus();
      return;
    }
    mark.focus({ preventScroll: true });
    bringIntoView(mark);
  }

  showPlace(number) {
    const { marks, places } = this.view;
    const index = marks.findIndex((mark) => mark.number === number);
    const group = this.section.querySelector(".marks");
    group.hidden = marks.length < 2;
    group.querySelector("span").textContent = say("mark_of", { n: index + 1, count: marks.length });
    const here = places[number];
    const line = this.section.querySelector(".document-place");
    line.hidden = index < 0;
    line.querySelector("span").textContent = here ? say("quote_stands", { place: here }) : "";
  }

  hide() {
    const { opener } = this.view;
    this.view = null;
    this.section.hidden = true;
    delete this.page.dataset.reading;
    markOpener(this.page, null);
    (openerButton(this.page, opener) ?? this.page.querySelector("textarea")).focus();
  }
}

/** Scroll to a mark at once, and again when the paragraphs around it have got their real height. */
function bringIntoView(mark) {
  mark.scrollIntoView({ block: "center" });
  requestAnimationFrame(() => mark.scrollIntoView({ block: "center" }));
}

function describe(reply) {
  return drawDetails([reply.date ? date(reply.date) : null, reply.author || null, reply.file]);
}

function openerButton(page, opener) {
  if (!opener) return null;
  const buttons = [...page.querySelectorAll("[data-do=cite]")];
  return buttons.find(
    ({ dataset }) =>
      dataset.turn === opener.turn && dataset.list === opener.list && dataset.number === String(opener.number),
  );
}

/** Show in the conversation which citation is open. */
function markOpener(page, opener) {
  page.querySelector(".cite[aria-current]")?.removeAttribute("aria-current");
  if (opener?.list === "citations") openerButton(page, opener)?.setAttribute("aria-current", "true");
}

function addressOf({ file, marks, current }) {
  const mark = marks.find(({ number }) => number === current);
  const names = new URLSearchParams({ dokument: file, ...(mark && { fra: mark.start, til: mark.end }) });
  return `#${names}`;
}

function viewOfAddress() {
  const names = new URLSearchParams(location.hash.slice(1));
  const [file, start, end] = [names.get("dokument"), Number(names.get("fra")), Number(names.get("til"))];
  if (!file) return null;
  const marks = end > start ? [{ number: 1, start, end }] : [];
  return { file, marks, current: marks.length, places: {}, opener: null };
}
