"""English: official translations in list form, commentary in prose."""

import datetime as dt

import pytest

LIST = """Notice on Issuing the 2031 Plan for Fishing Harbours
GF (2031) No. 20
I. Building
(I) Quays
1. Advance the revision of the Trademark Law and its implementing regulations. (Responsible by the Ministry of Water Resources, the Ministry of Civil Affairs and CNIPA)
2. Repair the lighthouses by the end of June 2031. (Led by the Ministry of Transport, with the Ministry of Finance participating)
(II) Channels
3. Dredge the channels (including side arms). (The Ministry of Justice is responsible)
II. Management
4. Carry out patrols. (Drafted by the State Taxation Administration)
5. Publish guides. (Responsible: the Ministry of Education and other departments)
6. Train crews."""


def test_a_translation_in_list_form(plan_of):
    plan = plan_of(LIST)
    assert plan.nature == "translation"
    assert plan.document_number == "GF (2031) No. 20"
    assert plan.edition == "2031"
    assert [(s.id, s.number, s.title) for s in plan.sections] == [
        ("1", "I.", "Building"),
        ("1.1", "(I)", "Quays"),
        ("1.2", "(II)", "Channels"),
        ("2", "II.", "Management"),
    ]
    assert [t.id for t in plan.tasks] == ["1", "2", "3", "4", "5", "6"]
    assert [[(a.agency, a.role, a.open_ended) for a in t.assignments] for t in plan.tasks] == [
        [
            ("mwr", "responsible", False),
            ("mca", "responsible", False),
            ("cnipa", "responsible", False),
        ],
        [("mot", "lead", False), ("mof", "support", False)],
        [("moj", "responsible", False)],
        [("sta", "responsible", False)],
        [("moe", "responsible", True)],
        [],
    ]
    assert plan.tasks[2].text == "Dredge the channels (including side arms)."
    assert str(plan.tasks[1].deadline.date) == "2031-06-30"
    assert [i.id for i in plan.tasks[0].instruments] == ["trademark-law", "trademark-rules"]


PROSE = """Harbours Get a 2031 Plan
Published 3 April 2031
Jo Reed
On 1 April 2031, the Office released the 2031 Harbour Plan (the Plan).
[Objectives of the Plan]
The objectives are to 1) build quays, 2) train crews, and 3) keep the lights burning.
[Main Measures]
1. Building
Building is a key part of the Plan. The Ministry of Water Resources will repair quays. Reforms of the pilot service will be led by the Ministry of Transport and the Ministry of Justice. On the coast, the CNIPA will register marks, while SAMR will check the scales in U.S. 337 cases.
2. Training
Training involves schools. The Ministry of Education, along with other relevant departments, will train crews. The creation of a ship register will also be a focus. Guidance will be provided by the Ministry of Civil Affairs. Crews praised the Ministry of Culture and Tourism.
[Comment]
The Plan will change the coast, and the Ministry of Finance will pay for it."""


def test_prose_states_one_task_a_measure(plan_of):
    plan = plan_of(PROSE)
    assert plan.nature == "commentary"
    assert plan.published_on == dt.date(2031, 4, 3)
    assert plan.issued_on == dt.date(2031, 4, 1)
    assert [(t.id, [(a.agency or a.name, a.role) for a in t.assignments]) for t in plan.tasks] == [
        ("2.1-1", [("mwr", "responsible")]),
        ("2.1-2", [("mot", "lead"), ("moj", "lead")]),
        ("2.1-3", [("cnipa", "responsible")]),
        ("2.1-4", [("samr", "responsible")]),
        ("2.2-1", [("moe", "responsible"), ("other relevant departments", "support")]),
        ("2.2-2", []),
        ("2.2-3", [("mca", "responsible")]),
    ]
    assert plan.tasks[3].text == "SAMR will check the scales in U.S. 337 cases."
    assert plan.tasks[5].uncertain == "no body is named"


def test_objectives_and_comment_are_no_tasks(plan_of):
    plan = plan_of(PROSE)
    assert [p.text for p in plan.frame if p.role == "objective"] == [
        "build quays",
        "train crews",
        "keep the lights burning",
    ]
    assert [p.role for p in plan.frame][-1] == "closing"


def test_a_text_given_twice_is_read_once(plan_of):
    once, twice = plan_of(PROSE), plan_of(PROSE + "\n" + "\n".join(PROSE.split("\n")[4:]))
    assert [t.text for t in twice.tasks] == [t.text for t in once.tasks]
    assert len(twice.sections) == len(once.sections)
    assert "repeated" in {note.kind for note in twice.diagnostics}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The CNIPA will act.", ["cnipa responsible"]),
        ("The CNIPA and SAMR will jointly act.", ["cnipa responsible", "samr responsible"]),
        ("The CNIPA will lead the work.", ["cnipa lead"]),
        ("The CNIPA will spearhead the work.", ["cnipa lead"]),
        ("The work will be led by the CNIPA.", ["cnipa lead"]),
        (
            "The work will be overseen by the CNIPA, SAMR, and the Ministry of Justice.",
            ["cnipa responsible", "samr responsible", "moj responsible"],
        ),
        (
            "The CNIPA, together with the Ministry of Justice, will act.",
            ["cnipa responsible", "moj support"],
        ),
        ("The CNIPA is responsible for the work.", ["cnipa responsible"]),
        ("The Plan requires the CNIPA to act.", ["cnipa responsible"]),
        ("The CNIPA (formerly SIPO) will act.", ["cnipa responsible"]),
        ("The work will please the CNIPA.", []),
        ("Most of the safe ports will be cast in stone.", []),
        (
            "The State Administration of Harbours will act.",
            ["State Administration of Harbours responsible"],
        ),
    ],
)
def test_roles_in_a_sentence(plan_of, sentence, expected):
    plan = plan_of(f"Harbour News\n[Measures]\nThe coast is long. {sentence}")
    got = [f"{a.agency or a.name} {a.role}" for t in plan.tasks for a in t.assignments]
    assert got == expected


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        (
            "Lead: Ministry of Water Resources; participating: Ministry of Justice, CNIPA",
            [("mwr", "lead"), ("moj", "support"), ("cnipa", "support")],
        ),
        (
            "Led by CNIPA; cooperating agencies: the Ministry of Justice",
            [("cnipa", "lead"), ("moj", "support")],
        ),
        (
            "Responsible by CNIPA and the people's governments of the provinces concerned",
            [
                ("cnipa", "responsible"),
                ("people's governments of the provinces concerned", "responsible"),
            ],
        ),
    ],
)
def test_roles_in_a_bracket(plan_of, bracket, expected):
    plan = plan_of(f"Harbour Plan for 2031\n1. Build quays. ({bracket})\n2. Train crews. (CNIPA)")
    assert [(a.agency or a.name, a.role) for a in plan.tasks[0].assignments] == expected


def test_labels_that_close_a_paragraph_under_a_numbered_heading(plan_of):
    plan = plan_of(
        "2031 Plan for Harbours\nI. Building\n1. Build quays\n"
        "Build ten and repair five. Responsible: Ministry of Water Resources, Ministry of Justice\n"
        "2. Build lights\nRepair the lights. Lead: CNIPA; Support: Ministry of Justice\n"
    )
    assert [(t.id, t.text) for t in plan.tasks] == [
        ("1", "Build quays Build ten and repair five."),
        ("2", "Build lights Repair the lights."),
    ]
    assert [[(a.agency, a.role) for a in t.assignments] for t in plan.tasks] == [
        [("mwr", "responsible"), ("moj", "responsible")],
        [("cnipa", "lead"), ("moj", "support")],
    ]


def test_the_day_in_a_byline_is_the_articles(plan_of):
    plan = plan_of(
        "Harbour News\nBy Ada Lindholm, 14 May 2031\n[Measures]\nThe coast is long. "
        "The CNIPA will act."
    )
    assert (plan.published_on, plan.issued_on) == (dt.date(2031, 5, 14), None)


def test_headings_and_tasks_numbered_in_one_style(plan_of):
    plan = plan_of(
        "Harbour Plan for 2031\nA translation follows:\n1. Build the coast\n(1) Build quays\n"
        "1. Repair the quays. (The Ministry of Justice is responsible)\n"
        "2. Paint the quays. (The CNIPA is responsible)\n(2) Build lights\n"
        "3. Mend the lights. (The CNIPA is responsible)\n2. Train crews\n(1) Open schools\n"
        "4. Hire teachers. (The Ministry of Education is responsible)"
    )
    assert [(s.id, s.number, s.title) for s in plan.sections] == [
        ("1", "1.", "Build the coast"),
        ("1.1", "(1)", "Build quays"),
        ("1.2", "(2)", "Build lights"),
        ("2", "2.", "Train crews"),
        ("2.1", "(1)", "Open schools"),
    ]
    assert [(t.id, t.section) for t in plan.tasks] == [
        ("1", "1.1"),
        ("2", "1.1"),
        ("3", "1.2"),
        ("4", "2.1"),
    ]


def test_a_translation_on_one_line(plan_of):
    plan = plan_of(
        "Work on harbours in 20311. Build the coast(1) Build quays1. Repair the quays along the whole of the eastern "
        "shore and keep a register of them. (Responsible for the Ministry of Justice)2. Paint the quays and publish "
        "the colours. (The Ministry of Justice and the CNIPA are individually responsible for their duties)3. Mend the "
        "lights. (Ministry of Education, CNIPA)2. Train crews(1) Open schools4. Hire teachers for all the schools on "
        "the coast. (Responsible for the Ministry of Education)"
    )
    assert [s.title for s in plan.sections] == [
        "Build the coast",
        "Build quays",
        "Train crews",
        "Open schools",
    ]
    assert [[a.agency for a in t.assignments] for t in plan.tasks] == [
        ["moj"],
        ["moj", "cnipa"],
        ["moe", "cnipa"],
        ["moe"],
    ]


def test_a_text_cut_off_inside_its_last_bracket(plan_of):
    plan = plan_of(
        "Plan for 2031\n1. Repair the quays. (Responsible by the CNIPA)\n2. Paint them. (Responsible by the CNIPA)\n"
        "3. Mend the lights. (Responsible by the Ministry of Justice, the Minis"
    )
    assert [a.agency for a in plan.tasks[2].assignments] == ["moj"]
    assert plan.tasks[2].uncertain
