// The way to Python: one request for each call, and a Danish line when it fails.

import { say } from "./words.js";

/** Return `call(name, payload)`, which always resolves to a reply; `reply.error` holds what went wrong. */
export function connect(server) {
  return async function call(name, payload = {}) {
    try {
      return (await server[name](payload)) ?? { error: say("lost") };
    } catch {
      return { error: say("lost") };
    }
  };
}
