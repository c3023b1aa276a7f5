"""What a student wrote: the file's schema, reading, saving, restoring, handing in; marks nothing."""

from briefing.answers.disk import SaveFailed
from briefing.answers.earlier import EarlierVersion
from briefing.answers.folder import NoWorkFolder, work_folder
from briefing.answers.handin import HandInFile, hand_in
from briefing.answers.payload import WrongAnswer, is_empty, to_compact, to_file
from briefing.answers.read import NewerVersion, NotGradable, parse_answers
from briefing.answers.schema import Answer, AnswersFile
from briefing.answers.store import AnswersStore, Receipt
from briefing.answers.student import (
    WrongCode,
    change_code,
    check_code,
    file_part,
    propose_code,
    student_code,
)
from briefing.answers.tree import AnswersUnreadable
from briefing.answers.w3c import Mark, MarkNotPlaced, mark_from_w3c, mark_to_w3c

__all__ = [
    "Answer",
    "AnswersFile",
    "AnswersStore",
    "AnswersUnreadable",
    "EarlierVersion",
    "HandInFile",
    "Mark",
    "MarkNotPlaced",
    "NewerVersion",
    "NoWorkFolder",
    "NotGradable",
    "Receipt",
    "SaveFailed",
    "WrongAnswer",
    "WrongCode",
    "change_code",
    "check_code",
    "file_part",
    "hand_in",
    "is_empty",
    "mark_from_w3c",
    "mark_to_w3c",
    "parse_answers",
    "propose_code",
    "student_code",
    "to_compact",
    "to_file",
    "work_folder",
]
