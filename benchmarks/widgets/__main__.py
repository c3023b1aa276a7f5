"""Our annotator beside spanmark, jupyterannotate, ipyannotations and recogito's text-annotator.

    python benchmarks/widgets [--marks 7] [--only NAME ...] [--kinds "4 KB" ...]
                              [--keep FOLDER] [--write docs/widgets-compared.md]

All are used on the same invented texts in the same JupyterLab, in headless Chromium, in one run: the
mouse is dragged over two words and released. Painted: the page's clock in the second animation frame
that has the mark. The others are installed in a folder of its own, which needs the network, and are
never a part of the course. Prints Markdown; writes nothing unless asked to.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks/widgets",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--marks", type=int, default=7, help="marks for each tool and text")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="begin of a name")
    parser.add_argument("--kinds", nargs="+", default=[], metavar="TEXT")
    parser.add_argument("--keep", type=Path, help="folder for what is installed, to use it again")
    parser.add_argument("--write", type=Path, help="page whose measured part is replaced")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Install in a folder of its own, go on with the Python there, print the tables."""
    options = asked()
    if options.inside:
        run(options)
        return
    from apart import bundle, environment

    with tempfile.TemporaryDirectory(prefix="compared-") as made:
        folder = options.keep.resolve() if options.keep else Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        python = environment(folder)
        (folder / "compared").mkdir(exist_ok=True)
        bundle(folder / "compared")
        words = [str(python), str(HERE), "--inside", "--keep", str(folder), *sys.argv[1:]]
        sys.exit(subprocess.run(words, check=False).returncode)


def run(options: argparse.Namespace) -> None:
    """Measure every tool on every text, inside the environment that holds them."""
    from drive import measure, opened
    from table import tables
    from texts import KINDS, given
    from tools import TOOLS

    kinds = options.kinds or list(KINDS)
    chosen = [t for t in TOOLS if not options.only or t.name.startswith(tuple(options.only))]
    found = {}
    with tempfile.TemporaryDirectory(prefix="compared-lab-") as made:
        folder = Path(made)
        (folder / "compared").mkdir()
        for name in ("recogito.bundle.js", "recogito.bundle.css"):
            (folder / "compared" / name).write_bytes(
                (options.keep / "compared" / name).read_bytes()
            )
        with opened(folder) as (lab, chromium):
            for kind in kinds:
                for tool in chosen:
                    times = measure(lab, chromium, tool, given(kind), options.marks)
                    found[tool.name, kind] = times
                    print(f"{kind}: {tool.name} {times.failed or times.painted}", file=sys.stderr)
                    # After each tool: a run that is broken off leaves what it has measured.
                    text = told(tables(found), options.marks, chromium.version)
                    if options.write:
                        write(options.write, text)
    print(text)


def told(measured: str, marks: int, version: str) -> str:
    """Return the tables with when, on what and under which load they were measured."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    when = datetime.now(UTC).strftime("%d %B %Y, %H:%M UTC").lstrip("0")
    return (
        f"Measured on {when}: {marks} marks each, {os.cpu_count()} cores (load "
        f"{load:.1f} at the end), Python {platform.python_version()}, Chromium {version}.\n\n"
        f"{measured}\n"
    )


def write(page: Path, text: str) -> None:
    """Replace the measured part of a page."""
    old = page.read_text(encoding="utf-8")
    if BEGIN not in old or END not in old:
        sys.exit(f"{page} has no place for it: write the lines {BEGIN} and {END} where it belongs.")
    before, _, rest = old.partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
