"""The chat in the browser, for this machine alone or for a server's users; `launch.run_chat` starts it."""
