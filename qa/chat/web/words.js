// The Danish texts come from Python (`qa/wording/page.py`); here they are filled in.

let words = {};

export function useWords(given) {
  words = given;
}

/** The text called `name`, with each {key} replaced by its value. */
export function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => String(values[key]));
}

/** A number with its word: one form for 1 and another for the rest. */
export function count(number, one, many) {
  return number === 1 ? say(one) : say(many, { n: number.toLocaleString("da-DK") });
}

/** An ISO date as it is written in Danish: 5. marts 2015. */
export function date(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return new Date(year, month - 1, day).toLocaleDateString("da-DK", { day: "numeric", month: "long", year: "numeric" });
}

/** Where in its document a citation stands, as short texts in reading order. */
export function place(citation) {
  return [
    citation.page === null ? null : say("page", { n: citation.page }),
    say("paragraph", { n: citation.paragraph }),
    citation.headings.length ? say("under", { headings: citation.headings.join(" › ") }) : null,
  ].filter((part) => part !== null);
}
