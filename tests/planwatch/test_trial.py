"""`planwatch sources test`: what it says of a site as it is, twice in a row."""

import pytest

from tests.monitor.invented import Invented
from tests.monitor.watch import HEAD, article_source


@pytest.mark.parametrize(("path", "code", "says"), [("/plan.html", 0, "12"), ("/gone.html", 3, "")])
def test_a_source_is_looked_at_and_the_host_given_back(planwatch, publisher, path, code, says):
    publisher.page("/plan.html", Invented().page())
    planwatch.configure(HEAD + "\nsources:\n" + article_source(publisher.url(path)))
    for _ in range(2):
        answer = planwatch("sources", "test", "page")
        assert answer.code == code, answer.out + answer.err
        assert says in answer.out
        assert "HostBusy" not in answer.err
