"""Turns what pip, uv and the operating system report into one sentence; never runs anything."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from briefing.errors import BriefingError

RECORD = ".start/set-up.log"

_DISK_FULL = (
    "no space left on device",
    "(os error 28)",
    "[errno 28]",
    "disk quota exceeded",
    "not enough space on the disk",
    "(os error 112)",
)
_NOT_ALLOWED = ("read-only file system", "permission denied", "access is denied")
_CERTIFICATE = ("certificate_verify_failed", "invalid peer certificate", "unknownissuer")
_NO_NETWORK = (
    "failed to establish a new connection",
    "temporary failure in name resolution",
    "name or service not known",
    "getaddrinfo failed",
    "error sending request",
    "dns error",
    "tcp connect error",
    "connection refused",
    "connection reset",
    "connection aborted",
    "network is unreachable",
    "cannot connect to proxy",
    "read timed out",
    "connecttimeouterror",
    "operation timed out",
    "network connectivity is disabled",
)
_OTHER_PACKAGE = ("do not match the hashes", "hash mismatch")


class SetUpError(BriefingError):
    """Setting up cannot go on; the message is the sentence to show."""


def sentence_for_output(output: str, course: Path) -> str | None:
    """Return the sentence for a failed command, or None where its output is not one we know.

    Args:
        output: everything the command printed.
        course: the course folder.
    """
    said = output.lower()
    if is_disk_full(output):
        return disk_full(course)
    if any(sign in said for sign in _CERTIFICATE):
        return (
            "This network replaces the certificates of the sites it lets through, so nothing can "
            "be fetched safely; try another network, or ask whoever runs this one for its "
            "certificate file and set SSL_CERT_FILE and PIP_CERT to it."
        )
    if any(sign in said for sign in _NO_NETWORK):
        return (
            "The packages cannot be fetched, because the network is missing or blocks them; "
            "connect to the internet and run the same command again."
        )
    if any(sign in said for sign in _OTHER_PACKAGE):
        return (
            "A package that was fetched is not the one this course was tested with, so it was "
            "not installed; run the same command again, on another network if you can."
        )
    if any(sign in said for sign in _NOT_ALLOWED):
        return not_writable(course)
    return None


def is_disk_full(output: str) -> bool:
    """Whether a command failed for want of room."""
    said = output.lower()
    return any(sign in said for sign in _DISK_FULL)


def sentence_for_os_error(error: OSError, course: Path) -> str:
    """Return the sentence for an error of the operating system during setting up."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or getattr(error, "winerror", None) == 112:
        return disk_full(course)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return not_writable(course)
    return f"Setting up stopped: {error}; put that right and run the same command again."


def disk_full(course: Path) -> str:
    """Return the sentence for a full disk, with what is free and what is needed."""
    try:
        free = f"{shutil.disk_usage(course).free // 1_000_000} MB are free beside the course"
    except OSError:
        free = "there is too little room"
    return (
        f"The disk is full: {free} and setting up needs about 700 MB; make room and run the same "
        "command again."
    )


def not_writable(course: Path) -> str:
    """Return the sentence for a course folder, or an environment, that cannot be written to."""
    return (
        f"Nothing can be written in {course}; close JupyterLab if it is running, or copy the "
        "course to a folder of your own, such as Documents, and run the same command there."
    )


def unknown(step: str, output: str) -> str:
    """Return the sentence for a failure that has none of its own."""
    last = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "")
    said = f" with “{last[:200]}”" if last else ""
    return (
        f"Setting up stopped while {step}{said}; the whole record is in {RECORD}, and the same "
        "command run again starts afresh."
    )
