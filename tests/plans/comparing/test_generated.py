"""Generated pairs and corpus texts: the figures of docs/accuracy.md may not fall."""

import json
import subprocess
import sys

import pytest

from bench.accuracy.changes import f1, named, read_text
from bench.compare.baselines import by_difflib, by_tfidf
from bench.compare.generate import generate, lexicon
from plans.comparing.compare import compare
from plans.comparing.wordings import wordings
from plans.model import to_json
from tests.plans.comparing.making import REGISTRY


def our_links(pair):
    links = compare(pair.old, pair.new, REGISTRY).links
    return {(frozenset(link.old), frozenset(link.new)) for link in links}


@pytest.mark.parametrize("words", ["held", "fresh"])
@pytest.mark.parametrize(
    ("difficulty", "least"), [("corrigendum", 1.0), ("amended", 0.99), ("next_year", 0.95)]
)
def test_links_of_generated_pairs(difficulty, least, words):
    pairs = [generate(difficulty, seed, words=words) for seed in range(4)]
    assert sum(f1(pair.links, our_links(pair)) for pair in pairs) / 4 >= least


@pytest.mark.parametrize("words", ["held", "fresh"])
def test_next_year_is_hard_for_what_others_do(words):
    pairs = [generate("next_year", seed, words=words) for seed in range(4)]
    for method, most in ((by_difflib, 0.17), (lambda a, b: by_tfidf(a, b, 0.2), 0.82)):
        total = 0.0
        for pair in pairs:
            old, new = ([t.text for t in one.tasks] for one in (pair.old, pair.new))
            total += f1(pair.links, named(pair, method(old, new)))
        assert total / 4 <= most


def test_a_generated_pair_is_the_same_every_time():
    one, other = generate("amended", 5), generate("amended", 5)
    assert (one.old, one.new, one.links) == (other.old, other.new, other.links)


@pytest.mark.parametrize("name", ["held", "fresh"])
def test_wording_that_is_held_out_is_shared_with_no_other_and_not_with_the_thesaurus(name):
    held = lexicon(name)
    words = {word for slots in held.values() for slot in slots for word in slot}
    for other in {"train", "held", "fresh"} - {name}:
        shared = {word for slots in lexicon(other).values() for slot in slots for word in slot}
        assert not words & shared
    known = wordings()
    groups = known.frame | known.same
    for slots in held.values():
        for slot in slots:
            found = [{groups[word] for word in known.pattern.findall(text)} for text in slot]
            spelled = [set(known.pattern.findall(text)) for text in slot]
            for k in range(len(slot)):
                for m in range(k):
                    only_k = {groups[w] for w in spelled[k] - spelled[m]}
                    only_m = {groups[w] for w in spelled[m] - spelled[k]}
                    assert not only_k & only_m, (slot, found)


def test_the_made_pair_of_the_corpus(corpus, scorers, tmp_path):
    folder = corpus / "pairs" / "made-1"
    found = compare(read_text(folder / "old.txt"), read_text(folder / "new.txt"), REGISTRY)
    (tmp_path / "changes.json").write_bytes(to_json(found))
    output = subprocess.run(
        [
            sys.executable,
            str(scorers / "score_changes.py"),
            str(folder / "gold.json"),
            str(tmp_path / "changes.json"),
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    figures = json.loads(output.splitlines()[0])
    assert figures["links_f1"] == 1.0, output
    assert figures["duty_f1"] >= 0.98, output
    assert figures["changes_f1"] >= 0.97, output
    assert (figures["severity"], figures["false_major"]) == (1.0, 0), output


def test_a_law_is_followed_article_by_article(corpus):
    before, after = sorted((corpus / "laws").glob("反垄断法*"))
    found = compare(read_text(before), read_text(after), REGISTRY)
    added = {c.new[0] for c in found.changes if c.kind == "task_added"}
    assert added == {"5", "9", "11", "19", "32", "37", "40", "54", "55", "63", "64"}
    assert not [c for c in found.changes if c.kind == "task_removed"]
    assert all(c.severity == "editorial" for c in found.changes if c.kind == "task_renumbered")


def test_a_changeset_fits_its_contract(corpus):
    import jsonschema

    folder = corpus / "pairs" / "made-1"
    found = compare(read_text(folder / "old.txt"), read_text(folder / "new.txt"), REGISTRY)
    contract = json.loads((corpus.parent / "contracts" / "changeset.schema.json").read_text())
    jsonschema.validate(json.loads(to_json(found)), contract)
