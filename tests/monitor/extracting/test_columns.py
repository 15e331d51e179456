"""Tables in PDF files without a rule: read by the places of their words, or left as they are."""

from monitor.extracting.extract import extract
from plans.reading.read import read
from plans.registry.load import shipped_registry
from tests.monitor.extracting import files

#: Left edges of four columns; a character is 16 points wide, so that they hold 2, 11, 7 and 6.
LEFT = (80, 130, 330, 460)
HEADING = ("序号", "任务", "责任单位", "完成时限")
TITLE = (90, 70 + 40, "河海协作任务清单")


def table(rows, top=150.0, step=24.0, gap=0.0):
    """The lines of a page: each row a tuple of cells, each cell its lines of text."""
    lines, y = [], top
    for row in rows:
        cells = [(cell,) if isinstance(cell, str) else cell for cell in row]
        for x, cell in zip(LEFT, cells, strict=False):
            lines += [(x, y + step * at, text) for at, text in enumerate(cell) if text]
        y += step * max(map(len, cells)) + gap
    return lines


ROWS = (
    HEADING,
    ("1", "推进样品登记", "商务部", "2031年6月"),
    ("2", ("完善跨区域的岸线巡查与联", "合通报制度"), ("水利部、自然资", "源部"), "2031年9月"),
    ("3", "公开巡查结果", "水利部", "长期"),
)
READ = [
    "序号\t任务\t责任单位\t完成时限",
    "1\t推进样品登记\t商务部\t2031年6月",
    "2\t完善跨区域的岸线巡查与联合通报制度\t水利部、自然资源部\t2031年9月",
    "3\t公开巡查结果\t水利部\t长期",
]


def text_of(*pages):
    made = extract(files.pdf(pages))
    assert made.state == "document", made.reason
    return made.text.split("\n"), made.reason


def test_rows_are_read_by_their_columns_and_wrapped_cells_joined():
    lines, reason = text_of([TITLE, *table(ROWS), (90, 400, "特此通知。")])
    assert lines == [TITLE[2], *READ, "特此通知。"]
    assert reason == "a table without rules was read by the places of its words: page 1"
    plan = read(extract(files.pdf([[TITLE, *table(ROWS)]])), shipped_registry())
    assert [(t.text, [a.agency for a in t.assignments]) for t in plan.tasks] == [
        ("推进样品登记", ["mofcom"]),
        ("完善跨区域的岸线巡查与联合通报制度", ["mwr", "mnr"]),
        ("公开巡查结果", ["mwr"]),
    ]


def test_a_table_goes_on_with_its_next_number_on_the_next_page():
    head, number = (90, 50, "河海协作办公室文件"), (280, 800, "— 1 —")
    first = [head, TITLE, *table(ROWS[:3]), number]
    second = [head, *table(ROWS[3:], top=120), (280, 800, "— 2 —")]
    assert text_of(first, second) == (
        [TITLE[2], *READ],
        "a table without rules was read by the places of its words: page 1, 2",
    )


def test_rows_without_numbers_are_read_where_each_is_one_full_line():
    rows = [("任务", "工作内容", "牵头单位", "备注"), ("修", "疏浚航道", "水利部", "甲"), ("建", "登记泊位", "商务部", "乙")]  # fmt: skip
    assert text_of([TITLE, *table(rows)])[0] == [TITLE[2], *map("\t".join, rows)]


def is_left_alone(page):
    lines, reason = text_of(page)
    assert not any("\t" in line for line in lines)
    assert reason is None
    for _, _, text in page:
        assert text in "".join(lines).replace(" ", "")


def test_cells_set_in_the_middle_of_their_row_are_no_sure_table():
    """The number stands beside the second of three lines: whose the first is, nobody can tell."""
    middle = [*table(ROWS[:2]), (LEFT[1], 198, "完善跨区域的岸线巡查与联"), (LEFT[0], 222, "2"), (LEFT[1], 222, "合通报制度"), (LEFT[2], 222, "水利部")]  # fmt: skip
    is_left_alone([TITLE, *middle])


def test_a_number_that_is_missing_makes_no_sure_table():
    is_left_alone([TITLE, *table((*ROWS[:2], ("3", "公开巡查结果", "水利部", "长期")))])


def test_rows_without_numbers_that_wrap_are_left_alone():
    rows = [("任务", "工作内容", "牵头单位", "备注"), ("修", ("完善跨区域的岸线巡查与联", "合通报制度"), "水利部", "甲")]  # fmt: skip
    is_left_alone([TITLE, *table(rows)])


def test_signatures_side_by_side_are_no_table():
    is_left_alone([TITLE, *table((("水利部", "商务部", "财政部"), ("1月", "2月", "3月")))])


def test_a_text_of_two_columns_is_no_table():
    rows = [(f"{at}.疏浚", "航道并登记泊位", "责任单位") for at in range(1, 9)]
    is_left_alone([TITLE, *table(rows)])


def test_a_table_of_an_ofd_file_is_read_by_its_columns():
    """Places in millimetres; its characters are 5 wide."""
    rows = [
        (20, 80, "序号"), (40, 80, "任务"), (110, 80, "责任单位"),
        (20, 90, "1"), (40, 90, "完善岸线巡查与联合通报"), (110, 90, "水利部、"), (130, 90, "司法部"),
        (40, 98, "制度"),
        (20, 108, "2"), (40, 108, "公开巡查结果"), (110, 108, "水利部"),
    ]  # fmt: skip
    made = extract(files.ofd([[(30, 50, "河海协作任务清单"), *rows, (100, 285, "— 1 —")]]))
    assert made.text.split("\n") == [
        "河海协作任务清单",
        "序号\t任务\t责任单位",
        "1\t完善岸线巡查与联合通报制度\t水利部、司法部",
        "2\t公开巡查结果\t水利部",
    ]
    assert made.reason == "a table without rules was read by the places of its words: page 1"
