"""What the students' version holds, file by file, and why; reads and copies nothing itself.

A file goes only if a rule says so. One that no rule names stays behind, and a test asks for a rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class Rule:
    """What is done with the files that a pattern names.

    Attributes:
        pattern: a path below the course folder; `*` stands for anything, `/` included.
        goes: whether such files go into the students' version.
        why: the reason, for the next maintainer.
    """

    pattern: str
    goes: bool
    why: str


RULES = (
    # The first rule that fits decides.
    Rule("solutions/*", False, "keys, solved exercises, what is graded, teachers' pages"),
    Rule("README.md", False, "for teachers; students get a short page of their own"),
    Rule("start.py", True, "the one command"),
    Rule("requirements.txt", True, "what the course needs, pinned"),
    Rule("requirements-test.*", True, "so that `start.py test` works there"),
    Rule("pyproject.toml", True, "the version, and pytest's settings"),
    Rule("conftest.py", True, "gives notebooks under test a work folder of their own"),
    Rule("LICENSE", True, "goes with every copy"),
    Rule("NOTICE", True, "goes with every copy"),
    Rule(".gitattributes", True, "git must leave the articles' bytes alone"),
    Rule(".gitignore", True, "a repository made from it must not hold anybody's work"),
    Rule("binder/repositories.toml", False, "the teacher's: where the two versions are published"),
    Rule("binder/*", True, "launching it on Binder"),
    Rule("seeds/*", True, "the articles"),
    Rule("data/*.csv", True, "the tables; graded articles' keys are not among them"),
    Rule("data/README.md", True, "what the columns mean"),
    Rule("data/exercises/*.toml", True, "what is asked, and the points"),
    Rule("data/keys/*", True, "what lessons may show"),
    Rule("data/map/*", True, "the map of lesson 00"),
    Rule("data/practice/*", True, "constructed texts, and the keys that lessons use"),
    Rule("notebooks/*.ipynb", True, "the lessons"),
    Rule("exercises/*.ipynb", True, "the exercises"),
    Rule("src/*", True, "the software; it reads keys and holds none"),
    Rule("docs/attribution-finder.md", True, "a lesson names it"),
    Rule(
        "docs/*", False, "for teachers and maintainers; decisions about graded questions are told"
    ),
    Rule("tests/conftest.py", True, "for the tests that go"),
    Rule("tests/nbval_sanitize.cfg", True, "nbval over the notebooks"),
    Rule("tests/test_students_version.py", True, "the tests that make sense without solutions"),
    Rule("tests/*", False, "they are about graded questions, or about making the course"),
    Rule("marking*.toml", False, "a teacher's own rules for marking"),
    Rule("benchmarks/*", False, "for maintainers"),
    Rule(".ci/*", False, "for maintainers"),
)


def rule_for(path: str) -> Rule | None:
    """Return the rule that decides about a path below the course folder, None where none does."""
    return next((rule for rule in RULES if fnmatchcase(path, rule.pattern)), None)


def goes(path: str) -> bool:
    """Whether a file of the course belongs into the students' version."""
    rule = rule_for(path)
    return rule is not None and rule.goes
