"""Installs other people's annotators in a folder of its own, for a comparison and nowhere else.

A virtual environment, and one bundle from npm. It needs the network and says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
COURSE = HERE.parents[1]
LISTS = (COURSE / "requirements.txt", HERE / "requirements.txt")


def environment(folder: Path) -> Path:
    """Make the virtual environment in `folder`; return its Python."""
    place = folder / "environment"
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if python.exists():
        return python
    uv = shutil.which("uv")
    lists = [word for name in LISTS for word in ("-r", str(name))]
    if uv:
        _do([uv, "venv", "--quiet", "--python", sys.executable, str(place)], "make an environment")
        install = [uv, "pip", "install", "--quiet", "--python", str(python)]
    else:
        _do([sys.executable, "-m", "venv", str(place)], "make an environment")
        install = [str(python), "-m", "pip", "install", "--quiet"]
    _do([*install, "--require-hashes", *lists], "install the packages to be compared", place)
    return python


def bundle(folder: Path) -> None:
    """Put recogito's text-annotator into one file that anywidget can load."""
    if (folder / "recogito.bundle.js").exists():
        return
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm was not found: recogito's text-annotator cannot be bundled without it.")
    for name in ("package.json", "package-lock.json", "recogito.js"):
        shutil.copy(HERE / name, folder / name)
    _do([npm, "ci", "--silent"], "fetch recogito's text-annotator", cwd=folder)
    build = [
        str(folder / "node_modules" / ".bin" / "esbuild"), "recogito.js", "--bundle", "--minify",
        "--format=esm", "--outfile=recogito.bundle.js",
    ]  # fmt: skip
    _do(build, "bundle recogito's text-annotator", cwd=folder)
    style = folder / "node_modules/@recogito/text-annotator/dist/text-annotator.css"
    shutil.copy(style, folder / "recogito.bundle.css")


def _do(command: list[str], what: str, undo: Path | None = None, cwd: Path | None = None) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)
    if done.returncode == 0:
        return
    if undo:
        shutil.rmtree(undo, ignore_errors=True)
    said = (done.stderr or done.stdout).strip().splitlines()
    sys.exit(
        f"Could not {what}. The comparison needs the network once, for packages that the course "
        f"itself does not use; connect it and run this again. It was said: {said[-1] if said else ''}"
    )
