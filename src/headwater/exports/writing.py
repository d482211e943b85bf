"""What was made, written whole or not at all; a folder that holds other files is left as it is."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from headwater import whole
from headwater.errors import InputError
from headwater.exports import Made


def write(made: Made, out: str | os.PathLike[str]) -> None:
    """Write a form to ``out``: bytes to that file, several files to that folder.

    A folder that is there already is replaced where it holds no other names than those written, else left as it is.

    Raises:
        InputError: it cannot be written, or the folder holds other files.
    """
    target = Path(out)
    try:
        if isinstance(made, Mapping):
            _folder(made, target)
        else:
            whole.write(target, made)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"cannot write {target}: {reason}; give a place in a folder that exists") from error


def _folder(files: Mapping[str, bytes], target: Path) -> None:
    if target.exists() and (other := sorted({*os.listdir(target)} - {*files})):
        raise InputError(f"{target} holds other files ({other[0]}); give a folder of its own, or one that is not there")
    part, old = (target.with_name(f".{target.name}.{end}") for end in ("part", "old"))
    try:
        for left in (part, old):
            shutil.rmtree(left, ignore_errors=True)
        part.mkdir()
        for name, data in files.items():
            (part / name).write_bytes(data)
        if target.exists():
            target.replace(old)
        part.replace(target)
    finally:
        if old.exists() and not target.exists():
            old.replace(target)
        for left in (part, old):
            shutil.rmtree(left, ignore_errors=True)
