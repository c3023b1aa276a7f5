"""How fast a class is marked, against a bare loop that only parses the same files as JSON.

    python benchmarks/marking.py [--sizes 100 1000 10000] [--seed 1]

Everything runs on one core in a process of its own, on the same made-up class, within one run.
Files a second are counted in processor time, so that other work on the machine does not count; the
last column compares with the bare loop of the same size, which does not hang on the machine either.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WAYS = ("parse only", "without pages", "with pages")


def run_once(way: str, folder: Path, out: Path) -> dict[str, float]:
    """Do one job in this process; return its files, processor seconds, seconds and peak MB."""
    started, cpu = time.perf_counter(), time.process_time()
    if way == "parse only":
        paths = sorted(folder.rglob("*.answers.json"))
        for path in paths:
            with suppress(ValueError):
                json.loads(path.read_bytes())
        files = len(paths)
    else:
        from briefing.marking.classroom import grade_folder

        summary = grade_folder(folder, out, pages=way == "with pages")
        files = len(summary.rows)
    return {
        "files": files,
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - started,
        "peak": _peak_megabytes(),
    }


def _peak_megabytes() -> float:
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def in_a_process(way: str, folder: Path, out: Path) -> dict[str, float]:
    """Do one job in a fresh process, so that its peak memory is its own."""
    words = [sys.executable, __file__, "--once", way, str(folder), str(out)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def main() -> None:
    """Print one line a size and way."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--once", nargs=3, metavar=("WAY", "FOLDER", "OUT"))
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT / "src"))
    if options.once:
        way, folder, out = options.once
        print(json.dumps(run_once(way, Path(folder), Path(out))))
        return
    from briefing.marking.simulate import write_class

    print("| files | what | files a second (processor) | s | peak MB | × parse only |")
    print("|---:|---|---:|---:|---:|---:|")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            classroom = Path(folder) / "class"
            write_class("ex02", size, classroom, options.seed)
            bare = 0.0
            for way in WAYS:
                found = in_a_process(way, classroom, Path(folder) / "out")
                bare = bare or found["cpu"]
                print(
                    f"| {found['files']:.0f} | {way} | {found['files'] / found['cpu']:,.0f} "
                    f"| {found['wall']:.2f} | {found['peak']:.0f} | {found['cpu'] / bare:.1f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
