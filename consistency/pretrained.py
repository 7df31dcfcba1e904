"""Load models of the sentence-transformers library, the optional extra `transformers`, with errors that say what to do.

Runs no code that comes with a model and reads no pickled weights.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from consistency.records import ConsistencyError

INSTALL = "pip install 'consistency[transformers]'"
_SAFE: Mapping[str, Any] = {
    "device": "cpu",
    "trust_remote_code": False,
    "model_kwargs": {"use_safetensors": True},
}


def load(option: str, name_or_path: str, kind: str) -> Any:
    """Return the model of a folder, of the local cache, or one that the network can give.

    option: what the user gave the name with, for messages; kind: the library's class. Raise ConsistencyError
    where the library or the model is not to be had.
    """
    given, folder = f"{option} {name_or_path}", Path(name_or_path)
    _refuse_pickled(given, folder)
    _refuse_code(given, folder)
    try:
        import sentence_transformers
    except ImportError:
        raise ConsistencyError(f"{given}: sentence-transformers is not installed: {INSTALL}") from None
    try:
        return getattr(sentence_transformers, kind)(name_or_path, **_SAFE)
    except (OSError, ValueError, RuntimeError, KeyError, ImportError) as error:
        raise ConsistencyError(_reason(given, folder, error)) from None


def _refuse_pickled(given: str, folder: Path) -> None:
    """Raise where a part of a model has its weights as pickled Python only: the library would read some of those."""
    if any(not any(pickled.parent.glob("*.safetensors")) for pickled in folder.rglob("*.bin")):
        raise ConsistencyError(f"{given}: pickled weights are not read: save the model as safetensors")


def _refuse_code(given: str, folder: Path) -> None:
    """Raise where a folder names modules of its own: before version 6 the library ran code that lies in one."""
    try:
        listed = json.loads((folder / "modules.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return  # a name on the hub, or what the library will refuse itself
    modules = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    for name in (str(module.get("type")) for module in modules):
        if not name.startswith("sentence_transformers."):
            raise ConsistencyError(
                f"{given}: modules.json asks for the code of {name}, which is not run: "
                "only models of sentence_transformers' own modules are read"
            )


def _reason(given: str, folder: Path, error: BaseException) -> str:
    """Return one line that says what to do about a model that did not load."""
    if folder.is_dir():
        what = next(iter(str(error).splitlines()), type(error).__name__)
        return f"{given}: the folder does not load as a safetensors model: {what}"
    return (
        f"{given}: neither a folder nor a model in the local cache, and it could not be "
        "downloaded: check the name and the network, or give the path of a downloaded model"
    )
