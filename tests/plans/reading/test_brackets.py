"""Who does what: every form of bracket that plans use, each by an example of our own.

The expected side reads "id-or-name role" with + where the list is open.
"""

import pytest

from plans.reading.characters import fold

FORMS = [
    # one body, several, an open list
    ("水利部负责", "mwr responsible"),
    ("水利部、民政部负责", "mwr responsible, mca responsible"),
    ("水利部、民政部等部门负责", "mwr responsible+, mca responsible+"),
    ("水利部等负责", "mwr responsible+"),
    ("水利部等有关部门负责", "mwr responsible+"),
    ("水利部等有关部门和单位负责", "mwr responsible+"),
    ("水利部、民政部等按职责分工负责", "mwr responsible+, mca responsible+"),
    # named and collective
    ("水利部、联席会议有关成员单位负责", "mwr responsible, 联席会议有关成员单位 responsible"),
    ("防汛工作领导小组各成员单位按职责分工分别负责", "防汛工作领导小组各成员单位 responsible"),
    ("各有关部门和单位按职责分工负责", "各有关部门和单位 responsible"),
    ("各省级人民政府负责", "各省级人民政府 responsible"),
    (
        "水利部、民政部等和各有关省级人民政府负责",
        "mwr responsible+, mca responsible+, 各有关省级人民政府 responsible",
    ),
    (
        "水利部、民政部，各省级人民政府按职责分工负责",
        "mwr responsible, mca responsible, 各省级人民政府 responsible",
    ),
    (
        "水利部、各地区、各有关部门负责",
        "mwr responsible, 各地区 responsible, 各有关部门 responsible",
    ),
    # how the duty is shared says nothing about the role
    ("水利部、民政部按职责分别负责", "mwr responsible, mca responsible"),
    ("水利部、民政部按职责分工负责", "mwr responsible, mca responsible"),
    ("水利部、民政部按照职责分工分别负责", "mwr responsible, mca responsible"),
    ("水利部、民政部共同负责", "mwr responsible, mca responsible"),
    ("水利部、民政部依职责分工落实", "mwr responsible, mca responsible"),
    # a lead, and others
    ("水利部牵头负责", "mwr lead"),
    ("水利部、民政部牵头负责", "mwr lead, mca lead"),
    ("水利部牵头", "mwr lead"),
    (
        "水利部牵头负责，民政部、司法部按职责分工分别负责",
        "mwr lead, mca responsible, moj responsible",
    ),
    ("水利部牵头，民政部、司法部参与", "mwr lead, mca support, moj support"),
    ("水利部牵头，民政部、司法部配合", "mwr lead, mca support, moj support"),
    ("水利部牵头、民政部配合", "mwr lead, mca support"),
    ("水利部牵头，民政部等12个部门参与", "mwr lead, mca support+"),
    ("由水利部牵头，民政部协助", "mwr lead, mca support"),
    ("水利部（牵头）、民政部、司法部", "mwr lead, mca responsible, moj responsible"),
    ("水利部牵头会同民政部负责", "mwr lead, mca support"),
    ("水利部主办，民政部协办", "mwr lead, mca support"),
    ("水利部负总责，民政部、司法部提供保障", "mwr responsible, mca support, moj support"),
    ("水利部负责，民政部予以配合", "mwr responsible, mca support"),
    ("水利部、民政部按照职责分工抓好落实", "mwr responsible, mca responsible"),
    ("水利部狠抓落实", "mwr responsible"),
    ("牵头部门水利部，配合部门民政部、司法部", "mwr lead, mca support, moj support"),
    ("牵头单位为水利部，配合单位为民政部", "mwr lead, mca support"),
    ("牵头司局：水利部规划司；配合司局：财务司", "水利部规划司 lead, 财务司 support"),
    # together with, under the guidance of
    ("水利部会同有关部门负责", "mwr responsible, 有关部门 support"),
    ("水利部、民政部会同司法部负责", "mwr responsible, mca responsible, moj support"),
    ("水利部、民政部指导", "mwr guide, mca guide"),
    ("水利部指导，民政部参与", "mwr guide, mca support"),
    ("水利部指导，示范城市政府负责落实", "mwr guide, 示范城市政府 responsible"),
    # wordings of the same
    ("水利部负责牵头，民政部配合", "mwr lead, mca support"),
    ("水利部为牵头单位，民政部为配合单位", "mwr lead, mca support"),
    ("水利部牵头负责；民政部、司法部配合", "mwr lead, mca support, moj support"),
    ("水利部牵头民政部配合", "mwr lead, mca support"),
    ("水利部、民政部（按职责分工负责）", "mwr responsible, mca responsible"),
    ("水利部会同民政部研究制定", "mwr responsible, mca support"),
    ("水利部负责指导，各省负责实施", "mwr guide, 各省 responsible"),
    ("2031年底前完成，水利部负责", "mwr responsible"),
    (
        "各省、自治区、直辖市人民政府，水利部负责",
        "各省、自治区、直辖市人民政府 responsible, mwr responsible",
    ),
    (
        "水利部牵头，民政部等部门和各省级人民政府按职责分工负责",
        "mwr lead, mca responsible+, 各省级人民政府 responsible",
    ),
    # other separators
    ("水利部、民政部及司法部负责", "mwr responsible, mca responsible, moj responsible"),
    ("水利部和民政部负责", "mwr responsible, mca responsible"),
    ("水利部与民政部负责", "mwr responsible, mca responsible"),
    ("水利部以及有关部门负责", "mwr responsible, 有关部门 responsible"),
    ("水利部,民政部负责", "mwr responsible, mca responsible"),
    ("水利部 民政部负责", "mwr responsible, mca responsible"),
    ("水利部民政部司法部负责", "mwr responsible, mca responsible, moj responsible"),
    ("水利部.民政部负责", "mwr responsible, mca responsible"),
    # consulting another body
    ("水利部商民政部负责", "mwr responsible, mca support"),
    ("水利部会商商务部负责", "mwr responsible, mofcom support"),
    # those before the last comma are helped by those after it
    ("水利部、民政部，司法部配合", "mwr responsible, mca responsible, moj support"),
    # provinces
    (
        "北京市、广东省人民政府负责",
        "北京市 responsible, 广东省人民政府 responsible",
    ),
    # names that hold a separator
    ("工业和信息化部、文化和旅游部负责", "miit responsible, mct responsible"),
    ("国家发展和改革委员会和人力资源和社会保障部负责", "ndrc responsible, mohrss responsible"),
    ("中央宣传部（国家新闻出版署、国家版权局）、司法部负责", "ccpd responsible, moj responsible"),
    ("商务部（全国打击侵权假冒工作领导小组办公室）负责", "mofcom responsible"),
    # key and value
    ("负责部门：水利部、民政部", "mwr responsible, mca responsible"),
    ("责任单位：水利部、民政部", "mwr responsible, mca responsible"),
    ("牵头单位：水利部；配合单位：民政部、司法部", "mwr lead, mca support, moj support"),
    ("牵头部门：水利部，参与部门：民政部", "mwr lead, mca support"),
    ("责任单位：水利部；完成时限：2031年6月底", "mwr responsible"),
    ("负责部门：水利部，适用范围：沿海地区", "mwr responsible"),
    ("指导部门：水利部", "mwr guide"),
    # local bodies
    ("省水利厅、省民政厅负责", "省水利厅 responsible, 省民政厅 responsible"),
    ("市水务局、市市场监管局按职责分工负责", "市水务局 responsible, 市市场监管局 responsible"),
    ("东港海关负责", "东港海关 responsible"),
    ("人民银行东港市中心支行负责", "人民银行东港市中心支行 responsible"),
    # a district or a zone named alone; collectives that 及 joins
    ("临江经济开发区、南湖区负责", "临江经济开发区 responsible, 南湖区 responsible"),
    ("市级各有关部门及各县市区政府负责", "市级各有关部门 responsible, 各县市区政府 responsible"),
    (
        "省水利厅、省委编办及省直相关单位负责",
        "省水利厅 responsible, 省委编办 responsible, 省直相关单位 responsible",
    ),
    ("有关部门和地方负责", "有关部门和地方 responsible"),
    ("各县、市负责", "各县、市 responsible"),
    (
        "省水利厅、各市、县（区）水利局负责",
        "省水利厅 responsible, 各市、县（区）水利局 responsible",
    ),
    ("各省、自治区、直辖市渔业局配合", "各省、自治区、直辖市渔业局 support"),
    ("各盟行政公署、市人民政府负责", "各盟行政公署、市人民政府 responsible"),
    ("水利部负责，各市、县落实", "mwr responsible, 各市、县 responsible"),
    (
        "牵头单位：省水利厅，配合单位：各项目牵头单位",
        "省水利厅 lead, 各项目牵头单位 support",
    ),
    # unknown bodies are kept as printed
    ("中国渔港协会负责", "中国渔港协会 responsible"),
    ("水利部、东海研究院负责", "mwr responsible, 东海研究院 responsible"),
    # with a term
    ("水利部负责，2031年6月底前完成", "mwr responsible"),
    ("水利部、民政部负责，持续推进", "mwr responsible, mca responsible"),
    ("国务院各部门分别负责，年内持续推进", "国务院各部门 responsible"),
    ("牵头单位：省水利厅；责任单位：各县政府，6月底完成", "省水利厅 lead, 各县政府 responsible"),
    # legislative plans
    ("水利部起草", "mwr responsible"),
    ("水利部、司法部起草", "mwr responsible, moj responsible"),
]


def said(reading, content):
    plain = fold(content)
    from plans.reading.actors import names_of
    from plans.registry.load import shipped_registry

    names = names_of(shipped_registry(), 2031)
    out = []
    for one in reading.named:
        name = plain[one.start : one.end]
        agency = names.agency(name)
        out.append(f"{agency.id if agency else name} {one.role}{'+' if one.open_ended else ''}")
    return ", ".join(out)


@pytest.mark.parametrize(("content", "expected"), FORMS, ids=[f[0] for f in FORMS])
def test_a_bracket_says_who_does_what(duty_of, content, expected):
    reading = duty_of(content)
    assert reading is not None
    assert said(reading, content) == expected
    assert reading.doubt is None


@pytest.mark.parametrize(
    "content",
    [
        "本文有删减",
        "此件公开发布",
        "PPP",
        "以下简称示范区",
        "含移动式冷库",
        "包括设计、施工、监理等所有相关主体",
        "共5项",
        "5%",
        "2月2日（星期六）",
        "到2035年达到12件",
        "工程勘察除外",
        "主要负责人为组长",
        "分管负责同志牵头",
        "水利部门",
        "由省级主管部门负责同志担任",
        "星期六",
        "2021-2035年",
    ],
)
def test_other_brackets_name_nobody(duty_of, content):
    assert duty_of(content) is None


def test_the_scope_of_a_duty_ends_before_its_own_rule(duty_of):
    content = "负责部门：水利部；适用范围：全部海港，以下除注明外适用范围均为全部海港"
    reading = duty_of(content)
    assert fold(content)[slice(*reading.scope)] == "全部海港"
    assert len(reading.named) == 1


@pytest.mark.parametrize(
    "rule",
    [
        "列第一位者为牵头单位，下同",
        "排在第一位的部门为牵头部门，下同",
        "排名第一的为牵头单位，下同",
        "列首位的为牵头单位，以下同",
    ],
)
def test_first_in_the_list_leads_here_and_from_here_on(plan_of, rule):
    plan = plan_of(
        "2031年渔港计划\n一、建设\n1.建设渔港。（水利部、民政部等负责。" + rule + "）\n"
        "2.维护渔港。（司法部、水利部负责）\n3.巡查渔港。（民政部、司法部牵头负责）\n"
        "4.清理渔港。（各省级人民政府负责）"
    )
    roles = [[(a.agency or a.name, a.role) for a in t.assignments] for t in plan.tasks]
    assert roles == [
        [("mwr", "lead"), ("mca", "responsible")],
        [("moj", "lead"), ("mwr", "responsible")],
        [("mca", "lead"), ("moj", "lead")],
        [("各省级人民政府", "responsible")],
    ]


def test_before_the_rule_nobody_leads(plan_of):
    plan = plan_of(
        "渔港计划\n1.建设渔港。（水利部、民政部负责）\n"
        "2.维护渔港。（司法部、水利部负责，列第一位的为牵头单位，下同）"
    )
    assert [a.role for a in plan.tasks[0].assignments] == ["responsible", "responsible"]
    assert [a.role for a in plan.tasks[1].assignments] == ["lead", "responsible"]


def test_a_rule_carries_a_body_to_every_later_bracket(plan_of):
    plan = plan_of(
        "渔港计划\n一、建设\n"
        "1.建设渔港。（水利部指导，示范县政府负责落实。以下均需示范县政府落实，不再列出）\n"
        "2.维护渔港。（民政部指导）\n3.巡查渔港。"
    )
    second = plan.tasks[1].assignments
    assert [(a.agency or a.name, a.role, a.inherited) for a in second] == [
        ("mca", "guide", False),
        ("示范县政府", "responsible", True),
    ]
    assert plan.tasks[0].assignments[1].inherited is False
    assert plan.tasks[2].assignments == ()


def test_in_a_provinces_list_a_bare_name_is_the_provinces(who):
    assert who("（省发展改革委、知识产权局、教育厅负责）") == [
        "省发展改革委 responsible",
        "知识产权局 responsible",
        "教育厅 responsible",
    ]


def test_a_national_body_in_a_provinces_list_stays_national(who):
    assert who("（省发展改革委、国家林草局负责）") == [
        "省发展改革委 responsible",
        "nfga responsible",
    ]


def test_samr_begins_with_the_character_for_city_and_is_none(who):
    assert who("（市场监管总局、知识产权局负责）") == ["samr responsible", "cnipa responsible"]


@pytest.mark.parametrize(("year", "agency"), [(2016, "sapprft"), (2024, "ccpd")])
def test_a_name_is_the_body_that_bore_it_in_the_plans_year(who, year, agency):
    assert who("（版权局负责）", year) == [f"{agency} responsible"]


def test_a_registry_name_inside_a_longer_one_is_no_hit(who):
    assert who("（省级市场监管部门、市知识产权局负责）") == [
        "省级市场监管部门 responsible",
        "市知识产权局 responsible",
    ]


def test_several_brackets_cover_the_words_before_them(plan_of):
    plan = plan_of(
        "渔港计划\n一、建设\n1.建设渔港，疏浚航道。（水利部负责）改造灯塔。（民政部牵头，司法部配合）"
        "培训渔民。（教育部负责）\n2.维护渔港。（水利部负责）"
    )
    task = plan.tasks[0]
    assert task.text == "建设渔港，疏浚航道。改造灯塔。培训渔民。"
    assert [(a.agency, task.text[slice(*a.covers)]) for a in task.assignments] == [
        ("mwr", "建设渔港，疏浚航道。"),
        ("mca", "改造灯塔。"),
        ("moj", "改造灯塔。"),
        ("moe", "培训渔民。"),
    ]
    assert plan.tasks[1].assignments[0].covers is None


def test_a_bracket_before_a_semicolon_leaves_the_semicolon(plan_of):
    plan = plan_of("渔港计划\n1.建设渔港（水利部负责）；改造灯塔（民政部负责）。\n2.维护。")
    assert plan.tasks[0].text == "建设渔港；改造灯塔。"
    assert [plan.tasks[0].text[slice(*a.covers)] for a in plan.tasks[0].assignments] == [
        "建设渔港；",
        "改造灯塔。",
    ]


def test_an_explaining_bracket_stays_in_the_text(plan_of):
    plan = plan_of("渔港计划\n1.推广合作模式（PPP）和冷库（含移动式）。（水利部负责）\n2.维护。")
    assert plan.tasks[0].text == "推广合作模式（PPP）和冷库（含移动式）。"


def test_a_bracket_that_never_closes_is_read_to_the_end(who):
    assert who("。（水利部、民政部负责") == ["mwr responsible", "mca responsible"]


@pytest.mark.parametrize("pair", ["（）", "()", "【】", "［］", "[]", "〔〕"])
def test_every_kind_of_bracket(who, pair):
    assert who(f"。{pair[0]}责任单位：水利部、民政部{pair[1]}") == [
        "mwr responsible",
        "mca responsible",
    ]


def test_a_bracket_on_a_line_of_its_own_belongs_to_the_task_above(who):
    assert who("。\n（水利部牵头，民政部配合）") == ["mwr lead", "mca support"]


def test_labelled_lines_belong_to_the_task_above(plan_of):
    plan = plan_of(
        "2031年渔港计划\n1.建设渔港。\n牵头单位：水利部\n配合单位：民政部、司法部\n完成时限：2031年9月底\n"
        "2.维护渔港。责任单位：民政部；完成时限：长期坚持"
    )
    first, second = plan.tasks
    assert first.text == "建设渔港。"
    assert [(a.agency, a.role) for a in first.assignments] == [
        ("mwr", "lead"),
        ("mca", "support"),
        ("moj", "support"),
    ]
    assert str(first.deadline.date) == "2031-09-30"
    assert second.text == "维护渔港。"
    assert second.deadline.ongoing


def test_a_sentence_gives_a_duty_to_its_subject_only(plan_of):
    plan = plan_of(
        "海州省渔港方案\n（一）建设渔港。省水利厅牵头负责疏浚航道；省民政厅负责安置渔民。\n"
        "（二）主要负责人对本部门工作负责。制定最高人民法院关于渔港纠纷的解释。"
    )
    task = plan.tasks[0]
    assert [(a.name, a.kind, a.role, task.text[slice(*a.covers)]) for a in task.assignments] == [
        ("省水利厅", "local", "lead", "省水利厅牵头负责疏浚航道；"),
        ("省民政厅", "local", "responsible", "省民政厅负责安置渔民。"),
    ]
    assert plan.tasks[1].assignments == ()


def test_a_plan_without_brackets_assigns_nobody_and_complains_of_nothing(plan_of):
    plan = plan_of("渔港计划\n一、建设\n1.建设渔港。\n2.维护渔港。")
    assert [t.assignments for t in plan.tasks] == [(), ()]
    assert plan.diagnostics == ()


def test_a_bare_list_of_bodies_is_read_with_a_doubt(plan_of):
    plan = plan_of("渔港计划\n1.建设渔港。（水利部、民政部）\n2.维护渔港。（水利部负责）")
    assert [a.agency for a in plan.tasks[0].assignments] == ["mwr", "mca"]
    assert plan.tasks[0].uncertain
    assert plan.tasks[1].uncertain is None


def test_a_sentence_names_those_who_help_its_lead(plan_of):
    plan = plan_of(
        "海州省渔港方案\n（一）建设渔港。由省水利厅牵头，省民政厅、省财政厅配合，疏浚航道。\n（二）巡查。"
    )
    assert [(a.name, a.role) for a in plan.tasks[0].assignments] == [
        ("省水利厅", "lead"),
        ("省民政厅", "support"),
        ("省财政厅", "support"),
    ]
