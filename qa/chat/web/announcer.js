// Says to screen readers what has changed on the page, once; some of it is shown to everyone for a moment.

const SHOWN_MS = 4000;

export class Announcer {
  constructor(region) {
    this.region = region;
  }

  /** The region is emptied first, so that the same text is read again when it happens again. */
  say(text) {
    this.region.textContent = "";
    requestAnimationFrame(() => {
      this.region.textContent = text;
    });
  }

  show(text) {
    this.say(text);
    this.region.classList.add("shown");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.region.classList.remove("shown"), SHOWN_MS);
  }
}
