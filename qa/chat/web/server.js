// The way to Python: one request for each call, and a Danish line when it fails.

import { say } from "./words.js";

/** Return `call(name, payload)`, which always resolves to a reply; `reply.error` holds what went wrong. */
export function connect(server) {
  return async function call(name, payload = {}) {
    const reply = await server[name](payload).catch(() => null);
    if (reply && typeof reply === "object") return reply;
    await leaveWhereLoggedOut();
    return { error: say("lost") };
  };
}

/** End the visit on this machine too: whoever comes next finds nothing of it. */
export async function logOut() {
  sessionStorage.clear();
  await fetch("logout", { method: "POST" }).catch(() => null);
  location.replace("login");
}

/** A server sends those who are not logged in any more from the page to where they can. */
async function leaveWhereLoggedOut() {
  const page = await fetch("./", { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (page?.type === "opaqueredirect") location.reload();
}
