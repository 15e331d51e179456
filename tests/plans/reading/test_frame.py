"""What stands around the tasks: title, number, addressees, signature, edition, footer."""

import datetime as dt

import pytest

NOTICE = """海洋工作部际联席会议办公室关于印发《2031年渔港振兴推进计划》的通知
国海联办〔2031〕4号
中央宣传部、最高人民法院、商务部（全国打击侵权假冒工作领导小组办公室）、水利部，各省级人民政府：
经联席会议同意，现将《2031年渔港振兴推进计划》印发给你们，请认真贯彻执行。
特此通知。
海洋工作部际联席会议办公室
（水利部代章）
2031年3月9日
2031年渔港振兴推进计划
为贯彻落实《海洋强国纲要（2021—2035年）》，做好渔港工作，制定本计划。
一、建设
1.修码头。（水利部负责）
2.修灯塔。（水利部负责）
（此件公开发布）"""


def test_a_notice_around_a_plan(plan_of):
    plan = plan_of(NOTICE)
    assert plan.title == "2031年渔港振兴推进计划"
    assert plan.document_number == "国海联办〔2031〕4号"
    assert plan.issuer == "海洋工作部际联席会议办公室"
    assert plan.issued_on == dt.date(2031, 3, 9)
    assert plan.edition == "2031"
    assert [a.agency or a.name for a in plan.addressees] == [
        "ccpd",
        "spc",
        "mofcom",
        "mwr",
        "各省级人民政府",
    ]
    assert [part.role for part in plan.frame] == [
        "issue_sentence",
        "issue_sentence",
        "preamble",
        "footer",
    ]
    assert len(plan.tasks) == 2


def test_a_state_council_text_signed_at_the_end(plan_of):
    plan = plan_of(
        "国务院关于支持渔港\n改革创新若干措施的通知\n国发〔2031〕8号\n"
        "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n渔港是门户。现将有关事项通知如下：\n"
        "一、建设\n（一）修码头。（负责部门：水利部）\n（二）修灯塔。（负责部门：水利部）\n"
        "国务院\n2031年11月7日\n（此件公开发布）"
    )
    assert plan.title == "国务院关于支持渔港改革创新若干措施的通知"
    assert plan.issuer == "国务院"
    assert plan.issued_on == dt.date(2031, 11, 7)
    assert plan.edition is None
    assert [a.kind for a in plan.addressees] == ["collective"] * 3
    assert plan.tasks[-1].text == "修灯塔。"


def test_a_reprint_without_notice(plan_of):
    plan = plan_of(
        "首页 > 政策 > 正文\n2031年渔港振兴推进计划\n发布时间：2031-04-02 来源：水利部 浏览：456\n"
        "一、建设\n1.修码头。（水利部负责）\n2.修灯塔。"
    )
    assert plan.title == "2031年渔港振兴推进计划"
    assert plan.published_on == dt.date(2031, 4, 2)
    assert plan.document_number is None
    assert plan.issuer is None


def test_the_pages_metadata_goes_before_a_printed_date(plan_of):
    plan = plan_of("渔港计划\n时间：2031-04-02\n1.修码头。", published_on=dt.date(2031, 4, 1))
    assert plan.published_on == dt.date(2031, 4, 1)


def test_the_title_of_the_page_stands_in_where_the_text_has_none(plan_of):
    assert plan_of("1.修码头。\n2.修灯塔。", title="2031年渔港计划").title == "2031年渔港计划"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("国知战联办〔2031〕12号", "国知战联办〔2031〕12号"),
        ("海政字 〔2031〕 84号", "海政字〔2031〕84号"),
        ("海政 〔2031〕9号", "海政〔2031〕9号"),
        ("海办发明电〔2031〕15号", "海办发明电〔2031〕15号"),
        ("海政发[2031]3号", "海政发[2031]3号"),
        ("（海政发〔2031〕3号）", "海政发〔2031〕3号"),
    ],
)
def test_the_number_is_read_on_its_line(plan_of, line, number):
    plan = plan_of(f"关于印发渔港计划的通知\n{line}\n各市人民政府：\n现印发给你们。\n1.修码头。")
    got = plan.document_number
    assert got == number or got == number.translate(str.maketrans("[]", "（）"))


def test_a_number_quoted_in_the_preamble_is_not_the_documents(plan_of):
    plan = plan_of("渔港计划\n根据国发〔2021〕20号文件，制定本计划。\n1.修码头。\n2.修灯塔。")
    assert plan.document_number is None


@pytest.mark.parametrize(
    ("title", "preamble", "edition"),
    [
        ("2031年渔港计划", "制定本计划。", "2031"),
        ("2031—2032年渔港计划", "制定本计划。", "2031-2032"),
        ("渔港行动方案（2031-2033年）", "制定本方案。", "2031-2033"),
        ("渔港年度推进计划", "为明确2031-2032年重点任务，制定本计划。", "2031-2032"),
        ("渔港年度推进计划", "为做好2031年渔港工作，制定本计划。", "2031"),
        ("关于做好2031年渔港工作的通知", "现通知如下：", "2031"),
        ("渔港指导意见", "《纲要（2021—2035年）》提出要求。为此制定本意见。", None),
        ("渔港指导意见", "自2031年3月起，渔港面貌一新。现提出意见。", None),
        ("渔港指导意见", "到2035年，建成百座渔港。制定本意见。", None),
    ],
)
def test_the_edition_is_the_year_that_the_plan_is_for(plan_of, title, preamble, edition):
    assert plan_of(f"{title}\n{preamble}\n一、建设\n1.修码头。\n2.修灯塔。").edition == edition


def test_a_phone_number_glued_to_the_title_is_dropped(plan_of):
    plan = plan_of("010-12345678关于印发2031年渔港计划的通知\n1.修码头。\n2.修灯塔。")
    assert plan.title == "关于印发2031年渔港计划的通知"


def test_several_signers(plan_of):
    plan = plan_of("渔港意见\n一、修码头。\n二、修灯塔。\n水利部\n民政部\n2031年3月9日")
    assert plan.issuer == "水利部、民政部"
    assert [task.text for task in plan.tasks] == ["修码头。", "修灯塔。"]


def test_signer_and_date_on_one_line(plan_of):
    plan = plan_of(
        "关于渔港的通知\n各市人民政府：\n现将有关事项通知如下。\n水利部办公室　2031年3月9日\n1.修码头。"
    )
    assert (plan.issuer, plan.issued_on) == ("水利部办公室", dt.date(2031, 3, 9))


def test_a_date_in_chinese_numerals(plan_of):
    plan = plan_of("渔港意见\n一、修码头。\n二、修灯塔。\n国务院\n二〇三一年三月九日")
    assert plan.issued_on == dt.date(2031, 3, 9)


def test_a_draft_says_so(plan_of):
    assert plan_of("渔港条例（征求意见稿）\n1.修码头。").nature == "draft"


def test_traditional_script_is_kept_and_understood(plan_of):
    plan = plan_of(
        "2031年漁港計劃\n一、建設\n1.推進《商標法》修改，保護著作權。（國家知識產權局牽頭，財政部及司法部按職責分工負責）\n2.修燈塔。"
    )
    task = plan.tasks[0]
    assert plan.language == "zh-Hant"
    assert task.text == "推進《商標法》修改，保護著作權。"
    assert [(a.name, a.agency, a.role) for a in task.assignments] == [
        ("國家知識產權局", "cnipa", "lead"),
        ("財政部", "mof", "responsible"),
        ("司法部", "moj", "responsible"),
    ]
    assert task.instruments[0].id == "trademark-law"
    assert task.instruments[0].commitment.level == 3


def test_a_local_governments_own_bodies_are_local(plan_of):
    plan = plan_of(
        "海州市人民政府办公室关于印发渔港方案的通知\n海政办〔2031〕2号\n1.修码头。（市水务局、财政局、知识产权局负责）\n2.修灯塔。（发展改革委、国家林草局负责）"
    )
    assert [(a.name, a.kind) for t in plan.tasks for a in t.assignments] == [
        ("市水务局", "local"),
        ("财政局", "local"),
        ("知识产权局", "local"),
        ("发展改革委", "local"),
        ("国家林草局", "agency"),
    ]


def test_a_rule_in_the_preamble_holds_for_the_whole_plan(plan_of):
    plan = plan_of(
        "2031年渔港分工\n为做好工作，制定本分工，各项任务列第一位的为牵头部门。\n1.修码头。（水利部、民政部负责）\n2.修灯塔。（司法部、水利部负责）"
    )
    assert [[a.role for a in t.assignments] for t in plan.tasks] == [["lead", "responsible"]] * 2


def test_a_half_year_names_the_edition(plan_of):
    plan = plan_of(
        "2031年下半年，全国渔港工作要围绕重点推进。\n一、建设\n（一）修码头。（水利部负责）\n（二）疏浚。"
    )
    assert plan.edition == "2031"


def test_addressees_and_issue_on_one_line_and_doubled_commas(plan_of):
    plan = plan_of(
        "海办发〔2031〕5号\n各省、自治区,、直辖市人民政府,,国务院各部委: 《2031年渔港要点》已经国务院同意,,现印发给你们,,请认真执行。\n"
        "国务院办公厅 2031年4月9日 ?。ù思\n?\n2031年渔港要点\n一、建设\n1.修码头,。(水利部,、民政部负责)\n2.疏浚。"
    )
    assert [a.name for a in plan.addressees] == ["各省、自治区、直辖市人民政府", "国务院各部委"]
    assert (plan.issuer, str(plan.issued_on)) == ("国务院办公厅", "2031-04-09")
    assert plan.title == "2031年渔港要点"
    assert [a.agency for a in plan.tasks[0].assignments] == ["mwr", "mca"]
    assert plan.tasks[0].text == "修码头。"


def test_a_sites_name_before_the_title_is_no_part_of_it(plan_of):
    plan = plan_of(
        "返回首页\n水利部关于渔港分工的意见\n中国渔港网\n水利部关于渔港分工的意见\n海发〔2031〕6号\n一、修码头。\n二、疏浚。"
    )
    assert plan.title == "水利部关于渔港分工的意见"


def test_a_citys_own_addressees_are_read_one_by_one(plan_of):
    plan = plan_of(
        "海政办发〔2031〕3号\n各县（区）人民政府，市委统战部，市水务局、市税务局：\n现印发给你们，请认真执行。\n1.修码头。"
    )
    assert [(a.name, a.kind) for a in plan.addressees] == [
        ("各县（区）人民政府", "collective"),
        ("市委统战部", "local"),
        ("市水务局", "local"),
        ("市税务局", "local"),
    ]


def test_a_reprint_with_a_broken_number_and_date(plan_of):
    plan = plan_of(
        "海州省渔港工作领导小组办公室关于印发《2031年海州省渔港推进计划》的通知\n海港办发2031〕3号\n"
        "各市人民政府，省属有关企业：\n现印发给你们，请认真执行。\n海州省渔港工作领导小组办公室\n2031年6月4\n"
        "2031年海州省渔港\n推进计划\n为做好工作，制定本计划。\n一、建设\n1.修码头（省水利厅负责）\n2.疏浚。"
    )
    assert plan.title == "2031年海州省渔港推进计划"
    assert plan.document_number == "海港办发2031〕3号"
    assert str(plan.issued_on) == "2031-06-04"
    assert [a.kind for a in plan.addressees] == ["collective", "collective"]
    assert plan.tasks[0].text == "修码头"


def test_neither_breadcrumb_source_nor_a_bodys_name_is_a_title(plan_of):
    plan = plan_of(
        "最新消息 | 海岸\n2031年漁港\n推進計畫\n【資料來源：漁港網】\n一、建設\n1.修碼頭。（水利部負責）\n2.疏浚。"
    )
    assert plan.title == "2031年漁港推進計畫"
    assert plan_of("渔港联席会议办公室\n1.修码头。\n2.疏浚。", title="渔港计划").title == "渔港计划"


@pytest.mark.parametrize(
    ("title", "local"),
    [
        ("海州市2031年渔港工作要点", True),
        ("四川省渔港方案", True),
        ("2031年上海市渔港工作要点", True),
        ("关于加强城市渔港建设的意见", False),
        ("智慧城市渔港建设方案", False),
        ("知识产权强市建设渔港方案", False),
        ("市场准入渔港方案", False),
        ("2031年渔港推进计划", False),
        ("国务院关于支持北京市渔港发展的意见", False),
        ("海州市人民政府关于渔港的意见", True),
    ],
)
def test_a_place_in_the_title_makes_a_local_document_only_as_its_issuer(title, local):
    from plans.reading.edition import is_local_document

    assert is_local_document(None, [title]) is local


def test_a_title_whose_first_line_ends_like_a_letterhead(plan_of):
    plan = plan_of(
        "国务院办公厅关于清理渔港规范性文件\n备案审查机制的指导意见\n国办发〔2031〕15号\n"
        "现提出以下意见：\n一、建设\n（一）修码头。\n（二）修灯塔。\n国务院办公厅\n2031年3月4日"
    )
    assert plan.title == "国务院办公厅关于清理渔港规范性文件备案审查机制的指导意见"


def test_addressees_that_are_places_one_by_one(plan_of):
    plan = plan_of(
        "国务院办公厅关于扩建渔港的通知\n国办发〔2031〕32号\n"
        "北京、天津、河北、江苏、西藏、陕西省（自治区、直辖市）人民政府，水利部：\n"
        "现将有关事项通知如下：\n一、修码头。\n二、修灯塔。\n国务院办公厅\n2031年7月17日"
    )
    assert [(one.kind, one.agency) for one in plan.addressees] == [
        ("collective", None),
        ("agency", "mwr"),
    ]
    assert plan.frame[0].text == "现将有关事项通知如下："


@pytest.mark.parametrize(
    ("title", "edition"),
    [
        ("国务院关于组建2032年蓝湾奥运会渔港协调委员会的批复", None),
        ("2032年蓝湾运动会渔港保障工作方案", "2032"),
        ("国务院关于2032年度渔港奖励的决定", "2032"),
    ],
)
def test_the_year_of_the_games_is_no_edition(plan_of, title, edition):
    assert plan_of(f"{title}\n一、修码头。\n二、修灯塔。").edition == edition


def test_a_foreword_with_numbers_is_no_task(plan_of):
    plan = plan_of(
        "渔港发展纲要\n一、序言\n1.渔港是门户。\n2.形势复杂。\n二、主要任务\n3.修码头。\n4.修灯塔。"
    )
    assert [task.id for task in plan.tasks] == ["3", "4"]


def test_a_bracket_of_years_below_the_title_is_its_end(plan_of):
    plan = plan_of(
        "蓝河省渔港三年行动方案\n（2031—2033年）\n为建设渔港，制定本方案。\n一、修码头。\n二、修灯塔。"
    )
    assert plan.title == "蓝河省渔港三年行动方案（2031—2033年）"
    assert plan.edition == "2031-2033"


def test_a_question_is_no_title(plan_of):
    plan = plan_of(
        "水利部负责人就《渔港条例》答记者问\n近日，《渔港条例》公布。\n问：为什么制定？\n答：渔港是门户。\n"
        "问：如何落实？\n答：将开展培训。"
    )
    assert plan.title == "水利部负责人就《渔港条例》答记者问"
    assert plan.nature == "commentary"


def test_the_number_below_the_names_of_many_issuers_is_found(plan_of):
    heads = "海洋工作部 最高人民法院 最高人民检察院\n工业和信息化部 公安部 国家市场监督管理总局\n"
    plan = plan_of(
        f"{heads}关于印发《2031年全国渔具打假和监管工作要点》的通知\n海渔发〔2031〕1号\n各省、自治区、直辖市海洋厅：\n"
        f"现印发你们，请认真贯彻执行。\n联系人：张某\n{heads}2031年3月8日\n2031年全国渔具打假和监管工作要点\n"
        "一、突出重点\n（一）严查假冒。\n（二）严惩犯罪。"
    )
    assert plan.document_number == "海渔发〔2031〕1号"
    assert plan.title == "2031年全国渔具打假和监管工作要点"


def test_on_one_line_a_blank_ends_the_source_before_the_title(plan_of):
    text = (
        "首页 > 正文 时间：2031-06-02 来源：某某网 2031年渔港保护工作计划 为保护渔港，制定本计划。 "
        "一、建设 1.修建码头，加固岸线，整治沿岸的道路和水道。（水利部负责） "
        "2.疏浚航道，清理淤泥，改善进出港条件。（民政部负责） 3.巡查灯塔。（公安部负责）"
    )
    plan = plan_of(text)
    assert plan.title == "2031年渔港保护工作计划"
    assert str(plan.published_on) == "2031-06-02"
    assert [task.id for task in plan.tasks] == ["1", "2", "3"]


def test_a_conference_and_a_date_under_the_title_sign(plan_of):
    plan = plan_of(
        "江北省渔港工作方案\n江北省渔港工作联席会议 2031年1月15日\n为保护渔港，制定本方案。\n"
        "一、建设\n1.修建码头。"
    )
    assert (plan.title, str(plan.issued_on)) == ("江北省渔港工作方案", "2031-01-15")
    assert plan.issuer == "江北省渔港工作联席会议"
