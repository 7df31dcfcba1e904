"""Write XML 1.0 that any text fits into."""

from __future__ import annotations

import re
from xml.etree import ElementTree

# What XML 1.0 forbids even as a reference (section 2.2, Char); U+FFFD says that something stood there.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return the text with every character that XML cannot hold replaced by U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def document_text(root: ElementTree.Element) -> str:
    """Return an indented XML document."""
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'
