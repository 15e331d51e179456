"""The registry: one body by all its names, in the years for which each name held."""

import pytest

from plans.registry.load import RegistryError, load_registry, shipped_registry

HEADER = (
    "id,zh_full,zh_names,en_full,en_names,successor_of,since,until,member,checked,known_names\n"
)


def test_a_name_points_at_the_body_that_bore_it_in_that_year():
    registry = shipped_registry()
    assert registry.find_agency("版权局", 2017).id == "sapprft"
    assert registry.find_agency("版权局", 2024).id == "ccpd"
    assert registry.find_agency("版权局").id == "ccpd"


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("知识产权局", "cnipa"),
        ("国家 知识产权局", "cnipa"),
        ("SFA", "nfga"),
        ("people’s bank of china", "pbc"),
    ],
)
def test_names_are_found_whatever_their_width_case_and_layout(name, agency):
    assert shipped_registry().find_agency(name).id == agency


def test_a_longer_name_that_contains_a_known_one_is_no_hit():
    assert shipped_registry().find_agency("市知识产权局") is None


def test_succession_is_followed_through_several_mergers():
    assert shipped_registry().continues("nfra", "cbrc")
    assert not shipped_registry().continues("cbrc", "nfra")


def test_a_users_row_teaches_a_new_body_and_changes_the_version(tmp_path):
    (tmp_path / "agencies.csv").write_text(
        HEADER + "xyz,某某局,某某局,Some Bureau,SB,,,,no,seen,\n"
    )
    registry = load_registry(tmp_path)
    assert registry.find_agency("某某局").id == "xyz"
    assert registry.find_agency("科技部").id == "most"
    assert registry.version != shipped_registry().version


def test_a_name_given_to_two_bodies_is_refused_with_both_named(tmp_path):
    (tmp_path / "agencies.csv").write_text(
        HEADER + "xyz,科技部,科技部,Some Bureau,SB,,,,no,seen,\n"
    )
    with pytest.raises(RegistryError, match="most and at xyz"):
        load_registry(tmp_path)


def test_a_short_row_is_refused_with_file_and_line(tmp_path):
    (tmp_path / "agencies.csv").write_text(HEADER + "xyz,某某局\n")
    with pytest.raises(RegistryError, match=r"agencies\.csv, line 2"):
        load_registry(tmp_path)
