// Draws a text that is cut where it is quoted.

import { make } from "./dom.js";

/** Return text and marks in order; a segment is [text, number], and number is 0 for text that is not quoted. */
export function drawSegments(segments) {
  return segments.map(([text, number]) =>
    number ? make("mark", { "tabindex": "-1", "data-number": number }, text) : text,
  );
}
