"""An invented yearly plan, as text and as a page, that tests amend task by task."""

from dataclasses import dataclass, field, replace

#: (task, bodies) under each section; nothing of it was ever published.
SECTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "一、完善湖泊数据制度",
        (
            (
                "研究起草《湖泊观测数据登记办法》，明确登记机构和程序。",
                "国家知识产权局、司法部负责",
            ),
            ("推进《水文资料共享条例》修改。", "水利部负责"),
            ("建立观测站联席会商机制，每季度通报一次进展。", "生态环境部、水利部按职责分工负责"),
        ),
    ),
    (
        "二、加强湖泊成果保护",
        (
            ("开展湖泊地理标志产品专项检查，公布典型案例。", "市场监管总局、国家知识产权局负责"),
            ("完善涉湖技术秘密案件审理规则。", "最高人民法院负责"),
            ("严厉打击制售假冒湖泊标识犯罪活动。", "公安部、最高人民检察院负责"),
            ("加强进出口环节湖泊产品执法，发布年度状况报告。", "海关总署负责"),
        ),
    ),
    (
        "三、促进湖泊成果运用",
        (
            ("支持高等学校建设湖泊技术转移中心，培养专门人才。", "教育部、科技部负责"),
            ("引导银行机构开发湖泊成果质押产品。", "中国人民银行、金融监管总局负责"),
            ("编制湖泊产业统计目录，按年发布数据。", "国家统计局、国家知识产权局负责"),
            ("举办湖泊创新成果展览会，推动国际交流。", "中国贸促会、商务部负责"),
            ("加快推进《湖泊生态标识使用规定》出台。", "国家林草局负责"),
        ),
    ),
)


@dataclass(frozen=True)
class Invented:
    """One text of the plan. ``tasks`` maps (section, task) positions to another text or body list;
    ``drop`` leaves tasks out; the numbers run on, as in the real plans."""

    year: int = 2031
    reworded: dict[tuple[int, int], str] = field(default_factory=dict)
    reassigned: dict[tuple[int, int], str] = field(default_factory=dict)
    drop: frozenset[tuple[int, int]] = frozenset()

    def with_bodies(self, section: int, task: int, bodies: str) -> "Invented":
        return replace(self, reassigned={**self.reassigned, (section, task): bodies})

    def with_words(self, section: int, task: int, words: str) -> "Invented":
        return replace(self, reworded={**self.reworded, (section, task): words})

    def without(self, *places: tuple[int, int]) -> "Invented":
        return replace(self, drop=self.drop | set(places))

    @property
    def title(self) -> str:
        return f"{self.year}年湖泊创新强国建设推进计划"

    def paragraphs(self) -> list[str]:
        found = [
            f"湖泊创新工作部际联席会议办公室关于印发《{self.title}》的通知",
            f"湖创联办〔{self.year}〕6号",
            "国家知识产权局、水利部、生态环境部、教育部、科技部、公安部、司法部、商务部：",
            f"现将《{self.title}》印发给你们，请结合实际认真组织实施。",
            "特此通知。",
            "湖泊创新工作部际联席会议办公室",
            f"{self.year}年4月29日",
            self.title,
            f"为做好{self.year}年湖泊创新各项工作，明确重点任务和措施，制定本计划。",
        ]
        number = 0
        for section, (heading, tasks) in enumerate(SECTIONS):
            found.append(heading)
            for place, (words, bodies) in enumerate(tasks):
                if (section, place) in self.drop:
                    continue
                number += 1
                words = self.reworded.get((section, place), words)
                bodies = self.reassigned.get((section, place), bodies)
                found.append(f"{number}.{words}（{bodies}）")
        return found

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs())

    def page(self, *, hits: int = 1, noise: str = "") -> bytes:
        """A page of the JCMS kind, with a counter that changes at every visit."""
        body = "".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs())
        return (
            "<!DOCTYPE html><html><head><meta charset='utf-8'>"
            f"<title>{self.title}</title>"
            f"<meta name='ArticleTitle' content='{self.title}'>"
            f"<meta name='PubDate' content='{self.year}-05-07 10:00'>"
            "<meta name='SiteName' content='湖泊创新网'></head><body>"
            "<div class='nav'><a href='/'>首页</a> <a href='/gk/'>公开</a></div>"
            f"<div class='article'><h1>{self.title}</h1>"
            f"<div class='article-content cont'>{body}</div></div>"
            f"<div class='share'>浏览：{hits} {noise}</div></body></html>"
        ).encode()


def column(rows: list[tuple[str, str, str]], *, more: str = "") -> bytes:
    """A list page: (address, title, date) rows."""
    items = "".join(
        f"<li><a href='{url}' title='{title}'>{title}</a><span>{date}</span></li>"
        for url, title, date in rows
    )
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>工作通知</title></head><body>"
        f"<div class='list'><ul>{items}</ul>{more}</div></body></html>"
    ).encode()


def article(title: str, *paragraphs: str) -> bytes:
    """A page that is no plan."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>"
        f"<meta name='ArticleTitle' content='{title}'></head><body><div class='article'>"
        f"<h1>{title}</h1><div class='article-content cont'>{body}</div></div></body></html>"
    ).encode()


def lost_tasks(plan: Invented) -> Invented:
    """The plan without five of its twelve tasks: more than is believed unseen."""
    return plan.without(*((2, n) for n in range(5)))
