"""A small class with open answers, marked by `grade`: for tests of the desk. Nobody real is in it."""

import csv
import io
import json

from briefing.marking.classroom import grade_folder

HOSTILE = '</textarea><img src=x onerror=alert(1)><script>alert("1")</script> \u202egnp.exe = said the general.'
ANSWERS = {
    "fox-4821": "The general said that targets were destroyed.",
    "owl-1111": "Targets were destroyed, wrote the outlet.",
    "elk-2222": "It is all a lie.",
    "=1+1": HOSTILE,
    "bee-3333": "The general said that targets were destroyed.",
}


def hand_in(folder, student, text, exercise="ex02", question="q6"):
    """Write one student's answers file."""
    content = {
        "format": "reading-the-briefing/answers",
        "version": 1,
        "course": "1.0.0",
        "exercise": exercise,
        "student": student,
        "revision": 3,
        "saved": "2026-11-02T08:00:00Z",
        "answers": {question: {"kind": "text", "text": text}},
    }
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{list(ANSWERS).index(student) if student in ANSWERS else student}.answers.json"
    (folder / name).write_text(json.dumps(content), encoding="utf-8")


def mark_class(folder, answers=ANSWERS):
    """Hand in and mark; returns the marked folder."""
    for student, text in answers.items():
        hand_in(folder / "class", student, text)
    return grade_again(folder)


def grade_again(folder):
    """Mark the class once more."""
    grade_folder(folder / "class", folder / "MARKED")
    return folder / "MARKED"


def table(marked, name="open-answers.csv"):
    """Return the rows of a table in the marked folder."""
    text = (marked / name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def save_table(marked, rows, *, separator=",", name="open-answers.csv"):
    """Save rows as a spreadsheet does."""
    text = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, names, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    (marked / name).write_bytes(text.getvalue().encode("utf-8-sig"))


def row_of(marked, student, name="open-answers.csv"):
    """Return one student's row."""
    return next(row for row in table(marked, name) if row["student"].lstrip("'") == student)


def points_of(marked, student):
    """Return what the gradebook says of one student's open answer."""
    return next(
        row for row in table(marked, "gradebook.csv") if row["student"].lstrip("'") == student
    )
