"""Tokens for the dashboard: shown once, kept as hashes."""

import stat


def test_a_token_is_shown_once_and_its_hash_kept_for_its_owner_alone(planwatch):
    answer = planwatch("token", "anna")
    assert answer.code == 0
    token = answer.out.strip()
    path = planwatch.folder / "data" / "tokens"
    assert token not in path.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8").startswith("anna:")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_second_one_of_the_same_name_is_refused(planwatch):
    planwatch("token", "anna")
    assert planwatch("token", "anna").code == 2
    assert planwatch("token", "a b").code == 2


def test_a_broken_file_of_tokens_is_named_with_its_line(planwatch):
    planwatch("token", "anna")
    path = planwatch.folder / "data" / "tokens"
    path.write_text(path.read_text(encoding="utf-8") + "nonsense\n", encoding="utf-8")
    answer = planwatch("token", "ben")
    assert answer.code == 2
    assert "tokens:2" in answer.err


def test_an_address_to_listen_at_must_be_one(planwatch):
    assert planwatch("dashboard", "--listen", "nowhere").code == 2
