// Sends files to this machine, one after the other, as they are.

import { say } from "./words.js";

const MEGABYTE = 1e6;

/** Send one file; `tell` gets the share that is sent. Resolves to a reply; `reply.error` says why it failed. */
export function sendFile(file, mostMegabytes, tell) {
  const size = Math.ceil(file.size / MEGABYTE);
  if (size > mostMegabytes) return { error: say("add_too_large", { name: file.name, size, most: mostMegabytes }) };
  return new Promise((resolve) => {
    const request = new XMLHttpRequest(); // it tells how much is sent, which fetch does not
    request.open("POST", new URL(`./tilfoej?${new URLSearchParams({ navn: file.name })}`, document.baseURI));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => tell(total ? loaded / total : 0));
    request.addEventListener("load", () => resolve(request.response ?? { error: notSent(file) }));
    request.addEventListener("error", () => resolve({ error: notSent(file) }));
    request.send(file);
  });
}

/** The files that were dropped, and the names of the folders among them, which cannot be sent. */
export function readDrop({ items }) {
  const dropped = [...items].filter((item) => item.kind === "file");
  const isFolder = (item) => item.webkitGetAsEntry()?.isDirectory;
  return {
    files: dropped.filter((item) => !isFolder(item)).map((item) => item.getAsFile()),
    folders: dropped.filter(isFolder).map((item) => item.webkitGetAsEntry().name),
  };
}

function notSent(file) {
  return say("add_not_sent", { name: file.name });
}
