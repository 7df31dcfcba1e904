"""Write the messages of a catalogue: one block a message, in the order of their keys.

Catalogues of two languages list the same keys, often in another order; sorted, message meets message.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consistency.readers._builder import Builder


@dataclass(frozen=True, slots=True)
class Message:
    """Hold one message: its key, its text, and where each character of the text stands in the file."""

    key: tuple[str, ...]
    text: str
    offsets: Sequence[int]


def write_messages(
    builder: Builder, messages: Sequence[Message], n_empty: int = 0, into: str = ""
) -> None:
    """Write the messages as blocks of kind `line`, which are never split, and count the empty ones.

    n_empty: how many more there are; into: the language that they are missing in, where a file has several.
    """
    for message in sorted(messages, key=lambda message: message.key):
        if not message.text.strip():
            n_empty += 1
            continue
        builder.begin("line")
        builder.spread(message.text, message.offsets)
        builder.end()
    if n_empty:
        builder.skipped.append(f"{counted(n_empty)}: not translated{f' into {into}' if into else ''}")


def counted(number: int) -> str:
    """Return "1 message", "2 messages"."""
    return f"{number} message{'' if number == 1 else 's'}"
