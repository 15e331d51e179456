"""Real pages of gov.cn against their gold answers, scored by the judge's own program."""

import json
import subprocess
import sys

from bench.accuracy.extraction import extracted


def test_every_figure_is_one(corpus, scorers, tmp_path):
    gold = corpus / "gold" / "extraction.json"
    got = tmp_path / "extracted.json"
    got.write_text(json.dumps(extracted(corpus), ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, str(scorers / "score_extract.py"), str(gold), str(got)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    figures = json.loads(told.partition("\n")[0])
    assert {key: value for key, value in figures.items() if value != 1.0} == {
        "pages": len(json.loads(gold.read_text("utf-8"))),
        "misses": 0,
    }, told
