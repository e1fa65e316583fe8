"""The chat in the browser, for this machine alone or for the users of a server; `launch.run_chat` starts it."""
