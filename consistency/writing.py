"""Write files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from consistency.records import ConsistencyError


def require_writable(path: Path) -> None:
    """Raise ConsistencyError unless `path` could be written; meant for before a long piece of work."""
    try:
        refusal = _refusal(path)
    except (OSError, RuntimeError, ValueError) as error:  # a name too long, a link to itself
        refusal = f"cannot be written: {getattr(error, 'strerror', None) or error}"
    if refusal:
        raise ConsistencyError(f"{path}: {refusal}")


def _refusal(path: Path) -> str:
    """Return why a path cannot be written, "" where it can."""
    if path.is_dir():
        return "is a folder; name a file to write to"
    if _is_device(path):
        return ""
    folder = path.resolve().parent
    if not folder.is_dir():
        return f"cannot be written, there is no folder {folder}"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"cannot be written, the folder {folder} is read-only"
    return ""


def write_atomic(path: Path, text: str) -> None:
    """Write `text` to `path` as UTF-8, whole or not at all; keep the mode of a file that is replaced.

    Follow links, and write straight into what is not a plain file (/dev/stdout, a pipe). Raise
    ConsistencyError where the system refuses (disk full, no permission).
    """
    try:
        if _is_device(path):
            path.write_bytes(encoded(text))
        else:
            _replace(path.resolve(), encoded(text))
    except OSError as error:
        raise ConsistencyError(f"{path}: cannot be written: {error.strerror}") from error


def encoded(text: str) -> bytes:
    """Return UTF-8; a lone surrogate, which UTF-8 has no form for, becomes its JSON escape."""
    return text.encode("utf-8", "backslashreplace")


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file()


def _replace(path: Path, data: bytes) -> None:
    # The same folder, because only a rename inside one file system is atomic.
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".tmp", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, _mode(path))
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """Return the permissions of the file that is there, else what a plain `open` would have given."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
