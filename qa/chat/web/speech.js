// Reads answers aloud with a Danish voice of the browser's own. One that speaks by way of the network is not used.

import { say } from "./words.js";

export class Speech {
  constructor(page) {
    this.page = page;
    this.button = null;
    this.engine = globalThis.speechSynthesis;
    this.findVoice();
    this.engine?.addEventListener("voiceschanged", () => this.findVoice());
    addEventListener("pagehide", () => this.stop());
  }

  /** The page shows its buttons for reading aloud when there is a voice to read with. */
  findVoice() {
    const voices = this.engine?.getVoices() ?? [];
    this.voice = voices.find(({ lang, localService }) => localService && /^da\b/i.test(lang));
    if (this.voice) this.page.dataset.speech = "";
  }

  /** Read an answer, or stop if it is the one that is being read. */
  toggle(button, answer) {
    const isReading = this.button === button;
    this.stop();
    if (isReading) return;
    this.button = button;
    label(button, "stop_reading");
    const parts = describe(answer).map((text) => this.utter(text));
    parts.at(-1).addEventListener("end", () => this.button === button && this.stop());
    for (const part of parts) this.engine.speak(part);
  }

  stop() {
    this.engine?.cancel();
    if (this.button) label(this.button, "read_aloud");
    this.button = null;
  }

  utter(text) {
    const part = new SpeechSynthesisUtterance(text);
    part.voice = this.voice;
    part.lang = this.voice.lang;
    return part;
  }
}

function label(button, name) {
  button.querySelector("span").textContent = say(name);
}

/** What is read: the remark, and each quote with the document that it stands in; or why there is no answer. */
function describe(answer) {
  if (answer.refused) return [answer.answer];
  const quotes = answer.citations.map(({ number, title, quote }) => `${say("read_quote", { n: number, title })} ${quote}`);
  return answer.notice ? [answer.notice, ...quotes] : quotes;
}
