"""The register on disk: a full disk is one kind of error, wherever the database meets it."""

import sqlite3

import pytest
from msgspec.structs import fields

from briefing.marking.records import Record
from briefing.marking.register import Register
from briefing.marking.register_rows import _Filed

READINGS = {
    "entries": list,
    "answers": list,
    "marked": list,
    "decided": list,
    "argued": list,
    "totals": list,
    "people": list,
    "open_questions": list,
    "scored_exercises": list,
    "scored_heads": dict,
    "known": lambda known: known,
}


def test_what_the_register_reads_of_a_record_is_called_so_in_the_record():
    # A field of another name would be read as if it were never there.
    whole = {field.encode_name: field.default for field in fields(Record)}
    for field in fields(_Filed):
        assert whole[field.encode_name] == field.default, field.name


class FullDisk:
    """A database that needs room for a sorted copy and has none: its first step is taken at once."""

    def execute(self, *_):
        raise sqlite3.OperationalError("database or disk is full")


@pytest.mark.parametrize("reading", READINGS)
def test_a_full_disk_is_an_os_error_whatever_is_read(tmp_path, reading):
    register = Register(tmp_path / "register.sqlite")
    register.close()
    register._db = FullDisk()
    with pytest.raises(OSError, match="database or disk is full"):
        READINGS[reading](getattr(register, reading)())
