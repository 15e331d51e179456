"""Two invented plans that differ in three duties and one word."""

OLD = """2041年湖泊创新推进计划
为做好2041年各项工作，制定本计划。
一、制度
1.推进《湖泊登记条例》修改。（国家知识产权局、司法部负责）
2.建立巡查制度，每季度公布结果。（市场监管总局负责）
二、服务
3.开放基础数据，提供多语言检索。（国家知识产权局负责）
4.举办湖泊科普活动。（科技部负责）
"""
NEW = (
    OLD.replace("1.推进《湖泊登记条例》", "1.加快推进《湖泊登记条例》")
    .replace("（市场监管总局负责）", "（市场监管总局、公安部负责）")
    .replace("每季度公布", "每月公布")
    .replace("4.举办湖泊科普活动。（科技部负责）\n", "")
)
#: The same text in another width and with other layout.
SAME = OLD.replace("。（", "。\n（").replace("：", ":").replace("，", ",")
