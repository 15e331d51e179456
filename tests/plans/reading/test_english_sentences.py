"""Commentary in prose: which bodies a sentence gives a duty, and in which role."""

import pytest

SENTENCES = [
    (
        "CNIPA, in conjunction with the NDRC, will draft new rules on data IP.",
        "cnipa responsible, ndrc support",
    ),
    (
        "The Ministry of Justice and the Supreme People's Court are jointly tasked with building a mediation network.",
        "moj responsible, spc responsible",
    ),
    (
        "Together with the Ministry of Finance, the CNIPA will expand pledge financing.",
        "cnipa responsible, mof support",
    ),
    (
        "Alongside the CNIPA, the Ministry of Education will manage the pilot.",
        "moe responsible, cnipa support",
    ),
    (
        "The revision of the Trademark Law, led by the CNIPA, will be sped up.",
        "cnipa lead",
    ),
    (
        "Work on the Copyright Law rules will be headed by the National Copyright Administration.",
        "ccpd lead",
    ),
    (
        "Under the plan, the MPS is to launch the Kunlun operation.",
        "mps responsible",
    ),
    (
        "The plan calls on the SAMR to issue guidelines on standard essential patents.",
        "samr responsible",
    ),
    (
        "The plan also directs the Ministry of Agriculture and Rural Affairs and the NFGA to amend the plant variety rules.",
        "mara responsible, nfga responsible",
    ),
    (
        "The GACC has been assigned a leading role in the Longteng operation.",
        "gacc lead",
    ),
    (
        "The CNIPA takes the lead in building the platform, with the MIIT and the MOFCOM in supporting roles.",
        "cnipa lead, miit support, mofcom support",
    ),
    (
        "The CNIPA will coordinate with the Ministry of Finance on subsidies.",
        "cnipa responsible, mof support",
    ),
    (
        "Oversight of the pilot falls within the remit of the National Data Administration.",
        "nda responsible",
    ),
    (
        "The National Financial Regulatory Administration, the People's Bank of China and others will promote insurance products.",
        "nfra responsible, pbc responsible",
    ),
    (
        "Jointly with the Ministry of Commerce, CCPIT will open three overseas offices.",
        "ccpit responsible, mofcom support",
    ),
    (
        "A national database will be established (CNIPA, MOST).",
        "cnipa responsible, most responsible",
    ),
    (
        'The State Administration for Market Regulation ("SAMR") will revise the Provisions on the Protection of Trade Secrets.',
        "samr responsible",
    ),
    (
        "Both the SPC and the SPP will publish typical cases.",
        "spc responsible, spp responsible",
    ),
    (
        'The China National Intellectual Property Administration (hereinafter "CNIPA") shall take charge of reviewing subsidies.',
        "cnipa responsible",
    ),
    (
        "Primary responsibility for geographical indications lies with the CNIPA, with assistance from the Ministry of Agriculture and Rural Affairs.",
        "cnipa responsible, mara support",
    ),
    (
        "The lead agency for this task is the Ministry of Justice.",
        "moj lead",
    ),
    (
        "Responsible authorities: CNIPA, MOJ.",
        "cnipa responsible, moj responsible",
    ),
    (
        "The CNIPA and the Ministry of Education co-lead a programme for universities.",
        "cnipa lead, moe lead",
    ),
    (
        "SAMR, which oversees the CNIPA, will amend the Anti-Unfair Competition Law.",
        "samr responsible",
    ),
    (
        "The NCAC is drafting regulations on folklore works.",
        "ccpd responsible",
    ),
    (
        "The Ministry of Commerce continues to negotiate with trading partners.",
        "mofcom responsible",
    ),
    (
        "Amendments to the Patent Law rules, prepared by the CNIPA, should be issued in 2024.",
        "cnipa responsible",
    ),
    (
        "The CNIPA leads, and the MOJ supports, the revision of the layout design rules.",
        "cnipa lead, moj support",
    ),
    (
        "Customs will intensify checks on small parcels.",
        "",
    ),
    (
        "The 2024 Plan tasks the National Medical Products Administration with refining the patent linkage system.",
        "nmpa responsible",
    ),
    (
        "The CNIPA (lead), MIIT and MOFCOM will develop an index.",
        "cnipa lead, miit responsible, mofcom responsible",
    ),
    (
        "The Cyberspace Administration of China is in charge of rules on training data.",
        "cac responsible",
    ),
    (
        "SAMR will lead a campaign against unfair listings with support from CNIPA.",
        "samr lead, cnipa support",
    ),
    (
        "The CNIPA will deepen its exchanges with the Nordic Patent Office.",
        "cnipa responsible",
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[s[:40] for s, _ in SENTENCES])
def test_a_sentence_of_commentary_is_one_measure_with_its_bodies(plan_of, sentence, expected):
    plan = plan_of(
        "China Releases 2024 IP Plan\n1. Protection\nThis part is about protection of rights.\n"
        f"{sentence}\n2. Others\nThe Ministry of Foreign Affairs will help."
    )
    measures = [task for task in plan.tasks if task.section == "1"]
    assert len(measures) == 1
    said = {f"{a.agency} {a.role}" for a in measures[0].assignments}
    assert said == set(filter(None, expected.split(", ")))
