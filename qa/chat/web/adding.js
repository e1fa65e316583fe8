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
    this.isUnderWay = false; // the server has files to read or to let go of
    this.isChanged = false; // something was sent or taken out since the server was last asked
    this.isLost = false; // the server did not answer when it was last asked
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
    this.isChanged = true;
    this.watch();
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

  /** Ask how far the reading is until nothing is under way: in one row of questions, which a lost answer does not end. */
  async watch() {
    if (this.isWatching) return;
    this.isWatching = true;
    await this.look();
    while (this.isWaiting) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      await this.look();
    }
    this.isWatching = false;
  }

  /** Whether the server is to be asked again; while files are sent it is not, as that ends with asking. */
  get isWaiting() {
    return !this.isSending && (this.isUnderWay || this.isChanged || (this.isLost && this.dialog.open));
  }

  /** Ask once, and tell what is new. */
  async look() {
    const read = this.isChanged;
    this.isChanged = false;
    const reply = await this.call("added", { read });
    if (this.isSending || this.isChanged) return; // the answer is older than what was sent or taken out meanwhile
    if (reply.error) this.isChanged = read;
    else this.isUnderWay = reply.files.some(({ state }) => state === "waiting" || state === "leaving");
    if (this.isLost && !reply.error) this.show("");
    this.isLost = Boolean(reply.error);
    this.list.draw(reply.files);
    this.tell(reply);
  }

  tell({ files = [], doing, trouble, error }) {
    this.showShare(this.isUnderWay ? (doing?.share ?? 0) : null);
    if (error) this.show(error);
    else if (this.isUnderWay && trouble) this.show(say("add_trouble", { trouble }));
    else if (this.isUnderWay) this.show(doing ? `${doing.words} …` : say("add_soon"));
    else this.tellResult(files);
  }

  /** Show how it goes; the same text again is not told again. */
  show(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
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
    if (!reply.error) {
      this.news.takenOut = this.leaving.name;
      this.isUnderWay = this.isChanged = true;
    }
    this.list.draw(reply.files);
    this.tell(reply);
    this.watch();
  }
}

/** What has happened in the window and is not told of yet. */
function noNews() {
  return { added: new Set(), failed: 0, takenOut: null };
}
