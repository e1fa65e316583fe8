"""The chat in the browser, on this machine alone. `qa.chat.launch.run_chat` starts it."""
