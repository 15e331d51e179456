"""What a person may get wrong: one line that says what there is instead, and exit code 2."""

import pytest

from tests.monitor.invented import Invented
from tests.monitor.watch import HEAD


@pytest.fixture
def kept(planwatch):
    planwatch.configure(HEAD)
    answer = planwatch("import", planwatch.file("plan.txt", Invented().text))
    assert answer.code == 0, answer.err
    return planwatch


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("versions", "laeks"), "did you mean lakes?"),
        (("versions", "quite-another"), "`planwatch documents` lists them"),
        (("diff", "lakes#1", "lake#2"), "did you mean lakes?"),
        (("show", "lakes@2099"), "`planwatch versions lakes` lists what there is"),
        (("show", "lakes@as-of:yesterday"), "write it as 2025-05-07"),
        (("agency", "Ministry of Nothing", "--document", "lakes"), "the registry does not know it"),
        (("review", "confirm", "lakes#1"), "lakes#1 is a version already, no mirror's variant"),
        (("sources", "test", "nowhere"), "no source 'nowhere'"),
        (("import", "no-such-file"), "no file or folder"),
        (("import", "plan.txt", "--document", "lakse"), "did you mean lakes? There are:"),
        (("import", "plan.txt", "--document", "x"), "A new one is named under `documents:`"),
        (("import", "https://a.example/", "--history-of", "a.txt"), "clone https://a.example/"),
        (("token", "a b"), "no name for a token"),
    ],
)
def test_one_line_says_what_to_do(kept, command, says):
    answer = kept(*command)
    assert answer.code == 2, answer.err
    assert says in " ".join(answer.err.split())
    assert "Traceback" not in answer.err


def test_a_known_body_without_a_duty_is_no_mistake(kept):
    answer = kept("agency", "mnr", "--document", "lakes", "--json")
    assert (answer.code, answer.json()) == (0, [])


def test_an_export_that_cannot_be_written(kept):
    kept.file("taken", "a file")
    answer = kept("export", "lakes", "taken/below")
    assert answer.code == 3
    assert "name another folder" in answer.err


def test_a_mistyped_document_is_not_made(kept):
    before = kept("documents", "--json").json()
    assert kept("import", "plan.txt", "--document", "lakse").code == 2
    assert kept("documents", "--json").json() == before
