"""How fast a class is marked: ours at several sizes, and nbgrader's autograde on the same class.

    python benchmarks/marking [--sizes 100 1000 10000] [--nbgrader 10] [--seed 1]
                              [--write docs/marking-measured.md]

Every job runs in a process of its own on the same made-up class, within one run. What is compared is
processor time, its children's included, so that waiting for others does not count; a machine that others
use is still slower at the same work. Prints Markdown; writes nothing unless asked to.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import ours
from theirs import Autograded, autograde

BEGIN, END = "<!-- measured -->", "<!-- end of what was measured -->"
HERE = Path(__file__).resolve().parent


def in_a_process(way: str, folder: Path, out: Path) -> ours.Found:
    """Do one job in a fresh process, so that its peak memory is its own."""
    words = [sys.executable, str(HERE), "--once", way, str(folder), str(out)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return ours.Found(**json.loads(done.stdout))


def measured(sizes: list[int], seed: int) -> tuple[list[str], dict[tuple[int, str], ours.Found]]:
    """Return one line for each size and way, and what was found."""
    sys.path.insert(0, str(HERE.parents[1] / "src"))
    from briefing.marking.simulate import write_class

    lines = [
        "| files | what | files a second of processor time | seconds | peak MB, largest process |",
        "|---:|---|---:|---:|---:|",
    ]
    all_found = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            write_class("ex02", size, Path(folder) / "class", seed)
            for way in ours.WAYS:
                # Each into a folder of its own: to take an earlier marking away is another job.
                out = Path(folder) / "out"
                found = in_a_process(way, Path(folder) / "class", out)
                shutil.rmtree(out, ignore_errors=True)
                all_found[size, way] = found
                lines.append(
                    f"| {found.files:,} | {way} | {found.files / found.cpu:,.0f} | {found.wall:.1f} "
                    f"| {found.peak:.0f} |"
                )
                print(lines[-1], file=sys.stderr, flush=True)
    return lines, all_found


def compared(theirs: Autograded, found: dict[tuple[int, str], ours.Found]) -> list[str]:
    """Return the comparison with nbgrader, start-up taken off on both sides."""
    sizes = sorted({size for size, _ in found})
    small, large = sizes[0], sizes[-1]
    if small == large:
        return ["One size only: start-up cannot be taken off, so nothing is compared."]
    lines = [
        "| for each submission | processor seconds | times ours | seconds | times ours |",
        "|---|---:|---:|---:|---:|",
        f"| nbgrader {theirs.version}, autograde | {theirs.cpu:.3f} | | {theirs.wall:.3f} | |",
    ]
    for way in ours.WAYS[1:]:
        less, more = found[small, way], found[large, way]
        files = more.files - less.files
        cpu, wall = (more.cpu - less.cpu) / files, (more.wall - less.wall) / files
        lines.append(
            f"| ours, {way} | {cpu:.5f} | {theirs.cpu / cpu:,.0f} "
            f"| {wall:.5f} | {theirs.wall / wall:,.0f} |"
        )
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nbgrader", type=int, default=0, help="submissions that nbgrader grades")
    parser.add_argument("--write", type=Path, help="page whose measured part is replaced")
    parser.add_argument("--once", nargs=3, metavar=("WAY", "FOLDER", "OUT"))
    options = parser.parse_args()
    if options.once:
        way, folder, out = options.once
        print(json.dumps(ours.run(way, Path(folder), Path(out)).__dict__))
        return
    lines, found = measured(options.sizes, options.seed)
    when = f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.system()}"
    text = [f"{when}, {ours.cores()} processors.", "", *lines]
    if options.nbgrader:
        theirs = autograde(options.nbgrader, options.seed)
        text += ["", *compared(theirs, found)]
    print("\n".join(text))
    if options.write:
        page = options.write.read_text(encoding="utf-8")
        before, begin, rest = page.partition(BEGIN)
        _, end, after = rest.partition(END)
        if not (begin and end):
            sys.exit(f"{options.write} has no place for it: write the lines {BEGIN} and {END}.")
        whole = "\n".join([before + BEGIN, *text, END + after])
        options.write.write_text(whole, encoding="utf-8")


if __name__ == "__main__":
    main()
