"""A week of the director's meeting (主任办公会), and the one after next, each role in a browser."""

from functools import partial
from pathlib import Path

from tests.journeys.conftest import People
from tests.journeys.meeting import again, begins, enters, enters_for, finishes, presents, speaks
from tests.journeys.pdf import pdf
from tests.journeys.people import Person
from tests.journeys.place import Place
from tests.journeys.proof import holds

QUEUE = "年底办事高峰窗口调度"
CIRCULAR = "传达市政府办文件"
HEATING = "大厅供暖提前"
CHANGE = "调整综合窗口开设时间"
SECTIONS = {"wang": "办公室", "li": "业务科", "zhou": "督查科", "wu": "信息科"}


def items_come_in(place: Place, people: People) -> None:
    """What is for the other meeting alone is refused by that one's clause; no paper form here."""
    li, wang, zhou = people("li"), people("wang"), people("zhou", phone=True)
    place.clock.to("2026-11-03 09:00")
    li.goes("/submit").follows("向主任办公会报送").writes("议题名称", QUEUE)
    li.chooses("属于哪一类事项", "日常工作").presses("报送议题").is_told("已办理：报送议题")
    zhou.goes("/submit").follows("向主任办公会报送").writes("议题名称", "大额采购")
    zhou.chooses("属于哪一类事项", "日常工作").answers("三重一大", "是").presses("报送议题")
    zhou.is_refused("现在不能这样办", "只能由处务会决定", "序言")
    place.clock.to("2026-11-04 09:00")
    wang.goes("/submit").follows("向主任办公会报送").writes("议题名称", CIRCULAR)
    wang.chooses("属于哪一类事项", "传达上级文件").presses("报送议题")


def the_meeting_is_called(place: Place, people: People) -> None:
    """Collated, approved, a paper; convened when the page proposes; one member on leave."""
    li, tan, chen, zeng = people("li"), people("tan"), people("chen"), people("zeng", phone=True)
    place.clock.to("2026-11-04 10:00")
    for title in (QUEUE, CIRCULAR):
        tan.does("汇总", title)
    chen.takes_up("审定同意上会", QUEUE).answers("是否重大", "不是").presses("审定同意上会")
    chen.does("审定同意上会", CIRCULAR)
    li.takes_up("准备会议材料", QUEUE).writes("材料名称", "近三年同期办件量")
    li.brings("文件", "counts.pdf", pdf("Counts")).presses("交材料").is_told("准备会议材料")
    place.clock.to("15:00")
    chen.goes("/sittings/").sees("按规则可定在2026年11月6日")
    weekly = chen.page.locator(".duty").filter(has_text="主任办公会")
    chen.follows("填写召集单", weekly).presses("召集会议").is_told("已办理：召集会议")
    tan.takes_up("编排议程", "主任办公会2026年11月6日会议").picks(CIRCULAR, QUEUE)
    tan.orders(CIRCULAR, QUEUE, "汇报").presses("编排议程").is_told("已办理：编排议程")
    tan.does("发出会议通知", "主任办公会2026年11月6日会议")
    zeng.goes("/").presses("已阅，参加").is_told("已办理：已阅通知")
    place.clock.to("2026-11-05 09:00")
    zeng.goes("/").follows("主任办公会2026年11月6日会议").follows("请假")
    zeng.writes("理由", "体检。").presses("请假").is_told("已办理：请假")
    chen.does("批准请假", "曾建国")
    zeng.does("告知办公室", "主任办公会2026年11月6日会议")


def the_meeting_opens(place: Place, people: People) -> None:
    """Section heads are in attendance and sign in like members."""
    chen, tan = people("chen"), people("tan")
    place.clock.to("2026-11-06 14:55")
    for name in ("liu", "he", "wang", "li", "wu"):
        enters(people(name, phone=True)).presses("我到了，签到").is_told("已办理：签到")
    enters(people("zhou", phone=True)).presses("我到了，签到")
    enters(chen).presses("我到了，签到").sees("组成人员在会 3 人，应到 4 人")
    place.clock.to("15:00")
    chen.presses("宣布开会").is_told("已办理：宣布开会")
    enters(tan).presses("请假", tan.attendee("曾建国"))
    begins(chen, 1)
    presents(people("wang", phone=True), "传达文件，建议各科室自查。")
    again(chen).answers("决定结果", "已传达、已听取").writes("决定内容", "已传达。")
    chen.presses("作出决定").is_told("已办理：作出决定")


def the_windows_are_discussed(place: Place, people: People) -> None:
    """Here the chair may speak first; the decision sums up and goes to a counter."""
    chen = people("chen")
    place.clock.to("15:11")
    begins(chen, 2)
    presents(people("li", phone=True), "高峰期增设两个综合窗口。")
    speaks(chen, "只发表意见", "先听大家的。")
    for name in ("liu", "he"):
        speaks(people(name, phone=True), "赞成", "同意增设。")
    speaks(people("wang", phone=True), "只发表意见", "人手要先落实。")
    speaks(people("li", phone=True), "赞成", "业务科可以调人。")
    speaks(people("zhou", phone=True), "反对", "先看一个月。")
    speaks(people("wu", phone=True), "赞成", "设备够用。")
    place.clock.to("15:30")
    again(chen).answers("决定结果", "通过").writes("决定内容", "12月增设两个综合窗口。")
    chen.writes("总结", "多数同意增设窗口，人员由业务科调配。")
    chen.drafts("增设综合窗口", 责任窗口="市场监管窗口", 责任人="罗平", 办结时限="2026-11-30")
    chen.presses("作出决定").is_told("已办理：作出决定")


def one_comes_from_the_floor(place: Place, people: People) -> None:
    """Raised and admitted, it still comes after all that is planned."""
    chen, li = people("chen"), people("li", phone=True)
    place.clock.to("15:31")
    again(li).follows("提出临时动议").writes("标题", HEATING).chooses("所属类别", "日常工作")
    li.writes("办理建议", "提前三天供暖。").presses("提出临时动议").sees("等主持人答复")
    again(chen).sees(HEATING).follows("同意临时动议").answers("是否重大", "不是")
    chen.presses("同意临时动议").is_told("已办理：同意临时动议")
    (item,) = (i for i in place.state.items.values() if i.title == HEATING)
    chen.goes(f"/do/begin_item?sitting={item.sitting}&item={item.id}")
    chen.is_refused("现在不能办理", "四(二)1")


def the_sections_report(place: Place, people: People) -> None:
    """Each section on its work; the chair hands out a task there and then."""
    chen = people("chen")
    place.clock.to("15:34")
    chen.goes("/")
    begins(chen, 3)
    for name, unit in SECTIONS.items():
        _reports(people(name, phone=True), unit)
    place.clock.to("15:50")
    there = again(chen).opens("布置工作任务").page.locator("details[open]")
    chen.writes("任务内容", "组织大厅秩序巡查", there).chooses("责任科室", "督查科", there)
    chen.chooses("责任人", "周琳", there).writes("办结时限", "2026-11-13", there)
    chen.presses("布置工作任务", there).is_told("已办理：布置工作任务")
    chen.answers("决定结果", "已传达、已听取").writes("决定内容", "已听取各科室汇报。")
    chen.presses("作出决定").is_told("已办理：作出决定")


def _reports(head: Person, unit: str) -> None:
    enters(head).writes(f"{unit}当前主要工作", "本周工作汇报。")
    head.presses("汇报当前主要工作").is_told("已办理：汇报当前主要工作")


def the_floor_item_is_settled_and_the_meeting_ends(place: Place, people: People) -> None:
    """Now it is its turn; then the chair closes the meeting."""
    chen = people("chen")
    place.clock.to("15:53")
    begins(chen, 4)
    presents(people("li", phone=True), "提前三天供暖。")
    for name in ("liu", "he", "wang", "li", "zhou", "wu"):
        speaks(people(name, phone=True), "赞成", "同意。")
    speaks(chen, "赞成", "同意。")
    chen.answers("决定结果", "通过").writes("决定内容", "11月12日起供暖。")
    chen.writes("总结", "一致同意。")
    chen.drafts("联系供暖", 责任科室="办公室", 责任人="王芳", 办结时限="2026-11-12")
    chen.presses("作出决定").presses("宣布散会").is_told("已办理：宣布散会")


def the_minutes_go_out(place: Place, people: People) -> None:
    """Record and minutes; the tasks begin."""
    tan, liu = people("tan"), people("liu", phone=True)
    place.clock.to("17:00")
    tan.does("完成会议记录", "主任办公会2026年第1次会议")
    place.clock.to("2026-11-09 09:00")
    tan.goes("/sittings/").follows("主任办公会2026年第1次会议").follows("会议纪要（待印发）")
    tan.sees("内容已经齐全", "会上布置的任务", "组织大厅秩序巡查").presses("印发会议纪要")
    liu.goes("/sittings/").follows("主任办公会2026年第1次会议").follows("会议纪要")
    liu.sees("〔2026〕1号", "12月增设两个综合窗口。", "罗平")


def a_change_needs_a_new_decision(place: Place, people: People) -> None:
    """A counter plans on a phone; what it cannot do in time only the meeting may change."""
    luo, tan, zhou = people("luo", phone=True), people("tan"), people("zhou", phone=True)
    place.clock.to("2026-11-10 09:00")
    luo.goes("/").follows("督办").follows("增设综合窗口")
    luo.plans(("2026-11-20", "调配人员"), ("2026-11-30", "开窗"))
    luo.presses("安排进度").is_told("已办理：安排进度")
    place.clock.to("2026-11-12 09:00")
    finishes(people("wang"), "联系供暖", "已供暖。")
    finishes(zhou, "组织大厅秩序巡查", "已巡查。")
    for task in ("联系供暖", "组织大厅秩序巡查"):
        tan.does("销号", task)
    place.clock.to("2026-11-16 09:00")
    luo.goes("/tasks/").follows("增设综合窗口").writes("进展情况", "人员已到位一半。")
    luo.presses("反馈进展情况")
    tan.goes("/tasks/").follows("增设综合窗口").follows("报告领导").chooses("报告对象", "陈志远")
    tan.writes("报告的内容", "窗口筹备过半。").presses("报告领导").is_told("已办理：报告领导")
    place.clock.to("2026-11-18 09:00")
    luo.goes("/tasks/").follows("增设综合窗口").sees("四(三)3")
    assert not luo.has("提出调整意见")
    li = people("li")
    li.goes("/tasks/").follows("增设综合窗口").follows("报送变更议题")
    li.writes("议题名称", CHANGE).chooses("属于哪一类事项", "日常工作")
    li.presses("报送议题").is_told("已办理：报送议题").sees(CHANGE, "已报送")


def the_change_is_decided(place: Place, people: People) -> None:
    """The next meeting decides anew; both decisions name each other."""
    tan, chen, li = people("tan"), people("chen"), people("li")
    place.clock.to("2026-11-18 10:30")
    tan.does("汇总", CHANGE)
    chen.takes_up("审定同意上会", CHANGE).answers("是否重大", "不是").presses("审定同意上会")
    weekly = chen.goes("/sittings/").page.locator(".duty").filter(has_text="主任办公会")
    chen.follows("填写召集单", weekly).writes("开会时间", "2026-11-20T15:00").presses("召集会议")
    tan.takes_up("编排议程", "主任办公会2026年11月20日会议").picks(CHANGE)
    tan.orders(CHANGE, "汇报").presses("编排议程").is_told("已办理：编排议程")
    tan.does("发出会议通知", "主任办公会2026年11月20日会议")
    place.clock.to("2026-11-20 14:55")
    enters(tan)
    for name in ("陈志远", "刘敏", "何立", "曾建国", "王芳", "李强", "周琳", "吴昊"):
        tan.presses(name, tan.attendee(name))
    place.clock.to("15:00")
    enters(chen).presses("宣布开会")
    begins(chen, 1)
    enters(tan).chooses("汇报人", "李强").presses("登记汇报")
    for name in ("刘敏", "何立", "曾建国", "王芳", "李强", "周琳", "吴昊"):
        enters_for(tan, name)
    again(chen).answers("决定结果", "通过").writes("决定内容", "综合窗口改为12月10日前先开一个。")
    chen.writes("总结", "一致同意调整。")
    chen.drafts("开设一个综合窗口", 责任窗口="市场监管窗口", 责任人="罗平", 办结时限="2026-12-10")
    chen.presses("作出决定").is_refused("没有写明原来的任务继续办理还是到此为止：“增设综合窗口”")
    chen.answers("增设综合窗口", "到此为止")
    chen.presses("作出决定").is_told("已办理：作出决定")
    begins(chen, 2)
    for name, unit in SECTIONS.items():
        _reports(people(name, phone=True), unit)
    again(chen).answers("决定结果", "已传达、已听取").writes("决定内容", "已听取各科室汇报。")
    chen.presses("作出决定").presses("宣布散会").is_told("已办理：宣布散会")
    li.goes("/decisions/").follows(QUEUE).sees("后来", CHANGE)


def everything_is_struck_off(place: Place, people: People) -> None:
    """The gap of a week explained; the last tasks done."""
    tan, chen, luo = people("tan"), people("chen"), people("luo", phone=True)
    place.clock.to("16:00")
    waits = tan.goes("/").page.locator("#waiting")
    tan.sees("没有写明以下议题的发言意见", CHANGE, "四(二)3", within=waits)
    tan.follows("主任办公会2026年第2次会议", waits).follows("会议记录").sees("现在还不能完成记录")
    tan.follows("补记", tan.card(CHANGE)).writes("记录内容", "大家都同意先开一个。")
    tan.presses("记入会议记录").sees("大家都同意先开一个。").presses("完成会议记录")
    place.clock.to("2026-11-23 09:00")
    tan.does("印发会议纪要", "主任办公会2026年第2次会议")
    chen.goes("/").follows("合规").chooses("会议机构", "主任办公会").presses("查看")
    chen.follows("说明未召开原因", chen.row("2026年第46周没有召开会议"))
    chen.writes("内容", "主任赴省开会。").presses("说明未召开原因").sees("主任赴省开会。")
    place.clock.to("2026-12-09 09:00")
    luo.goes("/tasks/?state=ended").follows("增设综合窗口").sees("任务随决定变更终止")
    finishes(luo, "开设一个综合窗口", "按调整后的决定办理。")
    tan.does("销号", "开设一个综合窗口")


CHAPTERS = (
    items_come_in,
    the_meeting_is_called,
    the_meeting_opens,
    the_windows_are_discussed,
    one_comes_from_the_floor,
    the_sections_report,
    the_floor_item_is_settled_and_the_meeting_ends,
    the_minutes_go_out,
    a_change_needs_a_new_decision,
    the_change_is_decided,
    everything_is_struck_off,
)


def test_a_week_from_the_first_item_to_the_last_task(
    place: Place, people: People, tmp_path: Path
) -> None:
    """With no script run in anybody's browser: none is needed for any act."""
    for chapter in CHAPTERS:
        chapter(place, partial(people, scripts=False))

    assert not place.state.open_tasks
    holds(tmp_path / "journal")
