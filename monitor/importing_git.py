"""Brings in the history of one file in git: every text that it has had, with the times of its commits."""

from __future__ import annotations

import datetime as dt
import os
import posixpath
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import msgspec

from monitor.importing import Imported, NotAnArchive, Wish, import_served
from monitor.polling.served import Served
from monitor.runtime import Runtime

_SECONDS = 60
_LONGEST_REASON = 300
#: Modes of a plain file; links and submodules are no texts.
_FILES = ("100644", "100755")


class GitText(msgspec.Struct, frozen=True, kw_only=True):
    """What the file held after one commit; ``blob`` is git's name of the bytes."""

    commit: str
    committed_at: dt.datetime
    blob: str


def texts_in_git(repository: Path, file: str) -> tuple[GitText, ...]:
    """Every text that ``file`` has had, oldest first; a text that came back is there again.

    ``file`` is its path as seen from the folder ``repository``. Where it was renamed, its history
    under the older name belongs to it; a file that it was copied from does not. Raises
    :class:`NotAnArchive` where there is no such repository, commit or file.
    """
    try:
        prefix = _git(repository, "rev-parse", "--show-prefix").decode().strip()
    except NotAnArchive as error:
        raise NotAnArchive(f"{error}; name the folder of a git repository") from error
    try:
        _git(repository, "rev-parse", "--verify", "--quiet", "HEAD")
    except NotAnArchive as error:
        raise NotAnArchive(f"{repository} has no commit yet; commit {file} first") from error
    place = posixpath.normpath(posixpath.join(prefix, file))
    if place == "." or _is_folder(repository, place):
        raise NotAnArchive(f"{file} is a folder in {repository}; name one file")
    log = _git(
        repository, "--literal-pathspecs", "log", "--follow", "--date-order", "--no-color",
        "--no-show-signature", "--no-ext-diff", "--diff-merges=first-parent", "--raw",
        "--no-abbrev", "-z", "--format=%x01%H %cI", "--", file,
    )  # fmt: skip
    found = list(_commits(log))
    if not found:
        raise NotAnArchive(
            f"{repository} has no history of {file}; name it as git ls-files does in that folder"
        )
    found.reverse()
    before = [None, *(text.blob if text else None for text in found)]
    return tuple(
        text for text, last in zip(found, before, strict=False) if text and text.blob != last
    )


def is_shallow(repository: Path) -> bool:
    """Whether the repository was cloned without its older commits."""
    return _git(repository, "rev-parse", "--is-shallow-repository").strip() == b"true"


def import_git_text(
    runtime: Runtime, repository: Path, file: str, text: GitText, wish: Wish
) -> Imported:
    """Import one text of the file; the time of the commit stands for that of the fetch.

    Bytes that git no longer has are the outcome ``unreadable``.
    """
    name = f"{file} @ {text.commit[:12]} ({text.committed_at:%Y-%m-%d})"
    largest = runtime.config.settings.max_bytes
    try:
        size = int(_git(repository, "cat-file", "-s", text.blob))
        if size > largest:
            detail = f"{size:,} bytes; settings.max_bytes is {largest:,}"
            return Imported(name=name, outcome="too_large", detail=detail)
        # Not `show`, which may send it through a program that the repository names.
        body = _git(repository, "cat-file", "blob", text.blob)
    except NotAnArchive as error:
        return Imported(name=name, outcome="unreadable", detail=str(error))
    address = wish.url or f"git:{quote(PurePosixPath(file).name)}@{text.commit[:12]}"
    served = Served(
        url=address,
        final_url=address,
        body=body,
        fetched_at=text.committed_at,
    )
    return import_served(runtime, name, served, wish)


def import_git_history(
    runtime: Runtime,
    repository: Path,
    file: str,
    wish: Wish,
    *,
    each: Callable[[Sequence[GitText]], Iterable[GitText]] = iter,
) -> Iterator[Imported]:
    """Import every text of :func:`texts_in_git`, and raise what it raises.

    ``each`` goes through the texts, as a progress bar does. Raises :class:`NotAnArchive` at the
    end, too, where older texts are missing because the repository is a shallow clone; what there
    is is imported by then.
    """
    for text in each(texts_in_git(repository, file)):
        if runtime.stopping():
            return
        yield import_git_text(runtime, repository, file, text, wish)
    if is_shallow(repository):
        raise NotAnArchive(
            f"{repository} is a shallow clone, so older texts of {file} are missing; "
            "run `git fetch --unshallow` in it and import again"
        )


def _is_folder(repository: Path, place: str) -> bool:
    try:
        return _git(repository, "cat-file", "-t", f"HEAD:{place}").strip() == b"tree"
    except NotAnArchive:
        return False  # Not there now; it may have been there before.


def _commits(log: bytes) -> Iterator[GitText | None]:
    """What each commit of the log left, newest first; None where it took the file away."""
    commit, at = "", ""
    words = iter(log.decode(errors="replace").split("\0"))
    for word in words:
        word = word.lstrip("\n")
        if word.startswith("\1"):
            commit, _, at = word[1:].strip().partition(" ")
        elif word.startswith(":"):
            _, mode, _, blob, status = word.split(" ")
            next(words)
            if status[0] in "RC":
                next(words)
            if status[0] == "D":
                yield None
            elif mode in _FILES:
                moment = dt.datetime.fromisoformat(at)
                yield GitText(commit=commit, committed_at=moment, blob=blob)
            if status[0] == "C":
                return  # Before this it was another file's history.


def _git(repository: Path, *arguments: str) -> bytes:
    # A hook that calls this program names its own repository; nothing is to be fetched meanwhile.
    environment = {name: value for name, value in os.environ.items() if name[:4] != "GIT_"}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(
            ["git", "-C", str(repository), *arguments],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env=environment,
        )
    except FileNotFoundError as error:
        raise NotAnArchive("git is not installed; install it, or export the texts") from error
    except subprocess.TimeoutExpired as error:
        raise NotAnArchive(f"git took longer than {_SECONDS} s on {repository}") from error
    if done.returncode != 0:
        reason = " ".join(done.stderr.decode(errors="replace").split())[:_LONGEST_REASON]
        raise NotAnArchive(f"{repository}: git says {reason or 'nothing, and failed'!r}")
    return done.stdout
