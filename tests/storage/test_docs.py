"""docs/storage.md says what storage offers."""

from tests.storage.signatures import DOCUMENT, written


def test_the_document_lists_what_there_is():
    said = DOCUMENT.read_text(encoding="utf-8")
    assert said == written(said), "run `python -m tests.storage.signatures`"
