"""The body of a request, read once and given again, with a limit to its length and to how long it takes."""

from anyio import move_on_after
from starlette.types import Message, Receive

MAX_BODY_SECONDS = 30.0
"""A call is short; who sends half of one may not keep its place among those who are answered."""


async def read_body(receive: Receive, limit: int) -> bytes:
    """Return a request's body, or a little more than `limit` bytes of one that is too long.

    Of one that is not there after `MAX_BODY_SECONDS` what has come by then is returned.
    """
    body, more = b"", True
    with move_on_after(MAX_BODY_SECONDS):
        while more and len(body) <= limit:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
    return body


def replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body that was read, and then what follows (a disconnect)."""
    unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return unread.pop() if unread else await receive()

    return receive_again
