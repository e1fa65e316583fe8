// The window where documents are added and taken out again. How far they are is asked of the server.

import { AddedList } from "./added.js";
import { make } from "./dom.js";
import { readDrop, sendFile } from "./uploading.js";
import { count, say } from "./words.js";

const PAUSE_MS = 700;

export class Adding {
  constructor(element, call, announce, { suffixes, megabytes }, onChange) {
    Object.assign(this, { call, announce, megabytes, onChange });
    this.dialog = element.querySelector("dialog.adding");
    this.status = this.dialog.querySelector(".adding-status");
    this.work = this.dialog.querySelector("progress");
    this.sending = this.dialog.querySelector(".sending");
    this.input = this.dialog.querySelector("input");
    this.list = new AddedList(this.dialog.querySelector(".added"));
    this.question = element.querySelector("dialog.take-out");
    this.waiting = [];
    this.sent = 0;
    this.isSending = false;
    this.isWatching = false;
    this.news = noNews();
    this.input.accept = suffixes;
    this.dialog.querySelector(".kinds").textContent = say("add_kinds", { n: megabytes });
    this.input.addEventListener("change", () => this.take({ files: [...this.input.files], folders: [] }));
    element.querySelector(".page").dataset.drop = say("add_drop"); // shown while files are held over it
    this.listenForDrops();
    element.querySelector("[data-do=add]").hidden = false;
  }

  get actions() {
    return {
      "add": () => this.open(),
      "choose-files": () => this.input.click(),
      "take-out": (button) => this.askToTakeOut(button.dataset),
      "take-out-now": () => this.takeOut(),
    };
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
    this.watch();
  }

  listenForDrops() {
    const page = document.documentElement;
    const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
    document.addEventListener("dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      page.dataset.dropping = "";
    });
    document.addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) delete page.dataset.dropping;
    });
    document.addEventListener("drop", (event) => {
      delete page.dataset.dropping;
      if (!hasFiles(event)) return;
      event.preventDefault();
      this.take(readDrop(event.dataTransfer));
    });
  }

  /** Show what was chosen or dropped, and send it after what is under way. */
  take({ files, folders }) {
    this.open();
    this.input.value = ""; // so that the same file can be chosen again
    if (!this.isSending) this.sending.replaceChildren();
    for (const name of folders) this.fail(this.showSending(name), say("add_folder", { name }));
    this.waiting.push(...files.map((file) => ({ file, state: this.showSending(file.name) })));
    if (!this.isSending && this.waiting.length) this.sendAll();
  }

  fail(state, reason) {
    state.textContent = reason;
    state.classList.add("failed");
    this.news.failed += 1;
  }

  showSending(name) {
    const state = make("p", { class: "state" }, say("add_waits_to_be_sent"));
    this.sending.append(make("li", {}, make("div", {}, make("strong", {}, name), state)));
    return state;
  }

  async sendAll() {
    this.isSending = true;
    for (this.sent = 0; this.waiting.length; this.sent += 1) await this.send(this.waiting[0]);
    this.isSending = false;
    this.watch(true);
  }

  async send({ file, state }) {
    const all = this.sent + this.waiting.length;
    this.status.textContent = say("add_sending", { n: this.sent + 1, count: all, name: file.name });
    state.textContent = say("add_is_sending");
    const reply = await sendFile(file, this.megabytes, (share) => this.showShare((this.sent + share) / all));
    this.waiting.shift();
    if (reply.error) {
      this.fail(state, reply.error);
    } else {
      this.news.added.add(reply.name);
      state.closest("li").remove(); // from now on it stands in the list of what is added
    }
    this.list.draw((await this.call("added")).files);
  }

  showShare(share) {
    this.work.hidden = share === null;
    this.work.value = share ?? 0;
  }

  /** Ask how far the reading is, again and again until nothing is under way. */
  async watch(read = false) {
    if (this.isWatching && !read) return;
    this.isWatching = true;
    const reply = await this.call("added", { read });
    this.isWatching = false;
    if (this.isSending) return;
    this.list.draw(reply.files);
    const isUnderWay = reply.files?.some(({ state }) => state === "waiting" || state === "leaving");
    if (isUnderWay) setTimeout(() => this.watch(), PAUSE_MS);
    this.tell(reply, isUnderWay);
  }

  tell({ files = [], doing, trouble, error }, isUnderWay) {
    this.showShare(isUnderWay ? (doing?.share ?? 0) : null);
    if (error) this.status.textContent = error;
    else if (isUnderWay && trouble) this.status.textContent = say("add_trouble", { trouble });
    else if (isUnderWay) this.status.textContent = doing ? `${doing.words} …` : say("add_soon");
    else this.tellResult(files);
  }

  /** Say once what became of what was added or taken out in this window. */
  tellResult(files) {
    const mine = files.filter(({ name }) => this.news.added.has(name));
    const failed = this.news.failed + mine.filter(({ state }) => state === "skipped").length;
    const read = mine.filter(({ state }) => state !== "skipped").length;
    const parts = [
      read ? count(read, "add_one_done", "add_many_done") : null,
      failed ? count(failed, "add_one_failed", "add_many_failed") : null,
      this.news.takenOut ? say("taken_out", { name: this.news.takenOut }) : null,
    ].filter((part) => part !== null);
    if (parts.length === 0) return;
    this.news = noNews();
    this.status.textContent = parts.join(" ");
    if (!this.dialog.open) this.announce.show(this.status.textContent);
    this.onChange();
  }

  askToTakeOut({ file, name }) {
    this.leaving = { file, name };
    this.question.querySelector("p").textContent = say("take_out_text", { name });
    this.question.showModal();
  }

  async takeOut() {
    this.question.close();
    this.dialog.querySelector("[data-do=choose-files]").focus(); // the button that was pressed goes away
    const reply = await this.call("take_out", { file: this.leaving.file });
    if (!reply.error) this.news.takenOut = this.leaving.name;
    this.list.draw(reply.files);
    this.tell(reply, true);
    this.watch();
  }
}

/** What has happened in the window and is not told of yet. */
function noNews() {
  return { added: new Set(), failed: 0, takenOut: null };
}
