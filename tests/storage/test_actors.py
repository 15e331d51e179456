"""Names that the registry does not explain are counted over the newest readings."""

from plans.model import Assignment, Plan, Task
from storage import actors, readings
from tests.storage.examples import NOW, TOOLS, followed, text


def plan_naming(*names: str) -> Plan:
    tasks = tuple(
        Task(
            id=str(number),
            number=str(number),
            section=None,
            text=f"第{number}件事。",
            assignments=(Assignment(name=name, kind="unknown", role="responsible"),),
        )
        for number, name in enumerate(names, 1)
    )
    return Plan(title="茶", language="zh-Hans", tasks=tasks)


def test_unknown_names_come_with_their_number_of_tasks(database):
    with database.writing() as conn:
        followed(conn)
        version = text(conn, "one")
        readings.store_plan(
            conn, version.id, plan_naming("茶叶办", "水利组", "茶叶办"), now=NOW, **TOOLS
        )
    with database.reading() as conn:
        assert actors.unknown(conn) == (("茶叶办", 2), ("水利组", 1))


def test_a_name_that_a_later_reading_explains_is_gone(database):
    known = Assignment(name="茶叶办", kind="agency", agency="tea", role="responsible")
    explained = Task(id="1", number="1", section=None, text="第1件事。", assignments=(known,))
    with database.writing() as conn:
        followed(conn)
        version = text(conn, "one")
        readings.store_plan(conn, version.id, plan_naming("茶叶办"), now=NOW, **TOOLS)
        later = Plan(title="茶", language="zh-Hans", tasks=(explained,))
        readings.store_plan(conn, version.id, later, now=NOW, **(TOOLS | {"registry": "g2"}))
    with database.reading() as conn:
        assert actors.unknown(conn) == ()
