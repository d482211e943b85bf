"""What ``model.json`` of a folder of weights says of its files, kept up when a step of the training adds one."""

import hashlib
import json
from pathlib import Path


def sign(folder: Path, *names: str) -> None:
    """Put the sha256 of files of a folder of weights into its ``model.json``; all else in it stays."""
    path = folder / "model.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    for name in names:
        said["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    said["files"] = dict(sorted(said["files"].items()))
    path.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
