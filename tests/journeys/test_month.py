"""A month of the management meeting (处务会), each role in its own browser."""

from pathlib import Path

from tests.journeys.conftest import People
from tests.journeys.meeting import again, begins, enters, enters_for, finishes, presents, speaks
from tests.journeys.pdf import pdf
from tests.journeys.people import Person, expect
from tests.journeys.place import Place
from tests.journeys.proof import holds
from yishi.procedure.state import Deliberation

BUDGET = "2027年大厅运行经费预算"
PLATFORM = "窗口叫号系统更新"
CIRCULAR = "传达全市优化营商环境会议精神"
POSTS = "督查科岗位调整"
PLAN = "2027年信息化工作计划"


def items_come_in(place: Place, people: People) -> None:
    """Sections submit, one without what the rules ask for; each through the pages."""
    li, wu = people("li"), people("wu")
    place.clock.to("2026-10-12 09:10")
    li.goes("/").follows("议题").follows("报送议题").follows("向处务会报送")
    li.writes("议题名称", BUDGET).chooses("属于哪一类事项", "后勤、财务")
    li.picks("督查科", "以书面形式报送").answers("是不是重大问题", "是")
    li.writes("议题内容", "明年大厅运行经费测算表及说明。")
    li.writes("办理建议", "按180万元编列，压缩会议费一成。")
    li.presses("报送议题").is_told("已办理：报送议题")

    place.clock.to("2026-10-14 10:00")
    wu.goes("/submit").follows("向处务会报送")
    wu.writes("议题名称", PLATFORM).writes("办理建议", "分两批更换。")
    wu.chooses("属于哪一类事项", "窗口管理").answers("是不是重大问题", "是")
    wu.presses("报送议题").is_refused("议题应当以书面形式报送，并写明内容", "三")
    wu.sees("您填写的内容都还在下面")
    wu.picks("以书面形式报送").writes("议题内容", "现用系统已停止维护。").presses("报送议题")
    wu.is_told("已办理：报送议题").sees(PLATFORM, "已报送")

    place.clock.to("2026-10-20 16:00")
    _submits(people("wang"), CIRCULAR, "传达上级文件", "会议精神要点。")
    place.clock.to("2026-10-22 11:00")
    _submits(
        people("zhou"), POSTS, "干部的任免", "两个岗位的职责调整。", "邓洁同志兼任督查联络员。"
    )
    place.clock.to("2026-10-26 09:00")
    _submits(wu, PLAN, "工作计划", "计划草案。", "原则同意后印发。")


def _submits(person: Person, title: str, matter: str, content: str, proposal: str = "") -> None:
    person.goes("/submit").follows("向处务会报送")
    person.writes("议题名称", title).chooses("属于哪一类事项", matter)
    person.writes("议题内容", content).writes("办理建议", proposal).picks("以书面形式报送")
    if "任免" in matter:
        person.answers("是不是在干部管理权限以内", "是")
    person.presses("报送议题").is_told("已办理：报送议题")


def items_are_seen_to(place: Place, people: People) -> None:
    """The office returns one and collates all; the director decides what goes to the meeting."""
    xiao, zhou, chen = people("xiao"), people("zhou"), people("chen")
    place.clock.to("2026-10-26 10:00")
    xiao.goes("/").follows(POSTS, xiao.page.locator("#waiting")).follows("退回修改")
    xiao.writes("理由", "请补充岗位职责对照表。").presses("退回修改").is_told("已办理：退回修改")
    place.clock.to("11:30")
    zhou.takes_up("修改后重新报送", POSTS).writes("议题内容", "职责调整及职责对照表。")
    zhou.presses("修改后重新报送").is_told("已办理：修改后重新报送")
    place.clock.to("15:00")
    for title in (BUDGET, PLATFORM, CIRCULAR, POSTS, PLAN):
        xiao.does("汇总", title)
    place.clock.to("16:00")
    for title in (BUDGET, PLATFORM):
        chen.takes_up("审定同意上会", title).answers("是否重大", "是")
        chen.presses("审定同意上会").is_told("已办理：审定同意上会")
    chen.takes_up("审定同意上会", POSTS).answers("是否在管理权限以内", "是").presses("审定同意上会")
    for title in (CIRCULAR, PLAN):
        chen.does("审定同意上会", title)


def papers_are_handed_in(place: Place, people: People) -> None:
    """A real file, read by a member; what is none is refused and nothing typed is lost."""
    place.clock.to("2026-10-27 09:00")
    li = people("li")
    li.takes_up("准备会议材料", BUDGET).writes("材料名称", "预算测算表")
    li.brings("文件", "budget.pdf", b"\x00\x01\x02").presses("交材料").sees("这个文件认不出来")
    expect(li.page.get_by_label("材料名称")).to_have_value("预算测算表")
    li.brings("文件", "budget.pdf", pdf("Budget 2027")).presses("交材料")
    li.is_told("已办理：准备会议材料").follows(BUDGET).sees("预算测算表", "PDF")
    for name, title, paper in (("wu", PLATFORM, "更新方案"), ("zhou", POSTS, "岗位职责对照表")):
        person = people(name)
        person.takes_up("准备会议材料", title).writes("材料名称", paper)
        person.picks("没有电子文件").presses("交材料").is_told("已办理：准备会议材料")


def the_meeting_is_called(place: Place, people: People) -> None:
    """Convened off the usual day only with a reason; agenda, notice, receipts, leave."""
    chen, xiao, li, he = people("chen"), people("xiao"), people("li"), people("he", scripts=False)
    place.clock.to("2026-10-27 10:00")
    chen.goes("/").follows("会议").sees("按规则可定在2026年10月30日")
    chen.follows("填写召集单").writes("开会时间", "2026-11-10T09:00").presses("召集会议")
    chen.is_refused("会议一般在每月最后7天召开", "请写明理由")
    chen.writes("开会时间", "2026-10-30T09:00").presses("召集会议").is_told("已办理：召集会议")
    place.clock.to("14:00")
    xiao.takes_up("编排议程", "处务会").picks(CIRCULAR, BUDGET, PLATFORM, POSTS, PLAN)
    xiao.presses("编排议程").is_refused("应当不迟于2026年10月25日报送", PLAN, "五(一)")
    xiao.page.get_by_role("checkbox", name=PLAN).uncheck()
    wang = people("wang")  # the head of the office, at the same thing at the same time
    wang.takes_up("编排议程", "处务会").picks(CIRCULAR).presses("编排议程")
    xiao.orders(CIRCULAR, BUDGET, PLATFORM, POSTS).presses("编排议程")
    xiao.is_refused("王芳已经改动过这件事", "请核对以后再提交")
    xiao.presses("编排议程").is_told("已办理：编排议程")
    place.clock.to("15:00")
    xiao.takes_up("发出会议通知", "处务会").presses("发出会议通知").is_told("已办理：发出会议通知")
    place.clock.to("15:30")
    li.goes("/").presses("已阅，参加").is_told("已办理：已阅通知")
    he.goes("/").presses("已阅通知").is_told("已办理：已阅通知")
    xiao.goes("/").follows("处务会2026年10月30日会议")
    xiao.sees("参加 1 人 李强", "已阅（未答复）1 人 何立")
    liu = people("liu", phone=True)
    liu.goes("/").follows("会议通知").sees("2026年10月30日09:00", BUDGET)
    assert liu.fetches("材料：预算测算表") == pdf("Budget 2027")

    place.clock.to("2026-10-28 09:00")
    he.goes("/sittings/").follows("处务会2026年10月30日会议").follows("请假")
    he.writes("理由", "赴省里参加培训。").presses("请假").is_told("已办理：请假")
    place.clock.to("10:00")
    chen.does("批准请假", "何立")
    he.does("告知办公室", "处务会")


def one_is_called_in(place: Place, people: People) -> None:
    """The chair calls in somebody for one item."""
    place.clock.to("2026-10-29 09:00")
    chen = people("chen")
    chen.goes("/sittings/").follows("处务会2026年10月30日会议")
    chen.follows("确定其他列席人员", chen.row(PLATFORM)).picks("管一鸣")
    chen.presses("确定其他列席人员").sees("列席：管一鸣")


def the_meeting_opens(place: Place, people: People) -> None:
    """Members sign in on their phones; the secretary enters the rest."""
    chen, xiao = people("chen"), people("xiao")
    place.clock.to("2026-10-30 08:55")
    for name in ("liu", "wang", "li", "zhou", "wu"):
        enters(people(name, phone=True)).presses("我到了，签到").is_told("已办理：签到")
    enters(chen).presses("我到了，签到")
    enters(xiao)
    for name in ("曾建国", "管一鸣"):
        xiao.presses(name, xiao.attendee(name))
    xiao.sees("组成人员在会 7 人，应到 8 人")
    place.clock.to("09:00")
    chen.presses("宣布开会").is_told("已办理：宣布开会")
    guan = enters(people("guan", phone=True))
    guan.sees("前面还有 2 项议题", PLATFORM).does_not_see(BUDGET, POSTS)


def one_item_is_only_passed_on(place: Place, people: People) -> None:
    """What is only passed on needs no vote."""
    chen = people("chen")
    place.clock.to("09:02")
    begins(chen, 1)
    presents(people("wang", phone=True), "传达会议精神，建议各科室对照落实。")
    again(chen).answers("决定结果", "已传达、已听取")
    chen.writes("决定内容", "已传达。").presses("作出决定").is_told("已办理：作出决定")


def the_budget_is_adopted(place: Place, people: People) -> None:
    """Everybody speaks, the chair last; a double click counts once; the decision has a task."""
    chen, xiao, li = people("chen"), people("xiao"), people("li", phone=True)
    place.clock.to("10:00")
    begins(chen, 2)
    presents(li, "汇报预算测算，建议按180万元编列。")
    again(chen).sees("现在还不能表态", "会议主持人最后表态", "五(二)3", "刘敏", "吴昊")
    assert not chen.has("表态")

    place.clock.to("10:10")
    liu = people("liu", phone=True)
    enters(liu).sees("您是下一位").picks("赞成").writes("意见", "同意。").double_presses("表态")
    again(liu).sees("本人表态", within=liu.speaker("刘敏"))
    assert len(_talk(place, BUDGET).stated_by("liu")) == 1
    enters(xiao)
    zeng = xiao.speaker("曾建国")
    xiao.picks("赞成", within=zeng).writes("意见", "同意，注意节约。", zeng).presses("登记", zeng)
    xiao.sees("秘书登记", within=xiao.speaker("曾建国"))
    speaks(people("wang", phone=True), "赞成", "同意。")
    speaks(li, "赞成", "同意。")
    li.goes_back().sees("汇报预算测算")
    assert not li.has("表态")
    speaks(people("zhou", phone=True), "反对", "培训费偏低，不同意压缩。")
    again(chen).does_not_see("您的态度")
    speaks(people("wu", phone=True), "弃权", "请再核实设备费。")
    place.clock.to("10:40")
    again(chen).picks("赞成").writes("意见", "同意，培训费另行研究。").presses("表态")
    chen.sees("赞成 5 票", "需要 5 票", "赞成已达多数").answers("决定结果", "通过")
    chen.writes("决定内容", "同意2027年大厅运行经费预算按180万元编列。")
    chen.drafts("上报2027年预算", 责任科室="业务科", 责任人="李强")
    chen.presses("作出决定").is_told("已办理：作出决定")


def the_platform_finds_no_majority(place: Place, people: People) -> None:
    """One called in for the item speaks to it; four of eight are no majority: it is put off."""
    chen, xiao, guan = people("chen"), people("xiao"), people("guan", phone=True)
    place.clock.to("11:00")
    begins(chen, 3)
    presents(people("wu", phone=True), "汇报更新方案，建议分两批更换。")
    speaks(people("liu", phone=True), "反对", "先修后换。")
    enters_for(xiao, "曾建国")
    for name in ("wang", "li"):
        speaks(people(name, phone=True), "赞成", "同意。")
    speaks(people("zhou", phone=True), "反对", "预算不足。")
    speaks(people("wu", phone=True), "赞成", "同意。")
    speaks(guan, "赞成", "技术上可行。")
    place.clock.to("11:40")
    again(chen).picks("反对").writes("意见", "先做一期维护。").presses("表态")
    chen.page.get_by_text("看看为什么").first.click()
    chen.sees("赞成4票，全体组成人员8人，需要5票，没有达到多数", "五(二)3")
    if chen.has("缓议"):
        chen.follows("缓议")
    chen.answers("决定结果", "缓议").writes("决定内容", "没有形成多数，缓议。").presses("作出决定")
    chen.is_told("已办理：作出决定")
    again(guan).sees("已经议完，可以离开会场").does_not_see(BUDGET, POSTS)


def the_posts_are_settled_and_the_meeting_ends(place: Place, people: People) -> None:
    """All agree; then the chair closes the meeting."""
    chen, xiao = people("chen"), people("xiao")
    place.clock.to("12:00")
    begins(chen, 4)
    presents(people("zhou", phone=True), "汇报岗位调整，建议邓洁同志兼任督查联络员。")
    speaks(people("liu", phone=True), "赞成", "同意。")
    enters_for(xiao, "曾建国")
    for name in ("wang", "li", "zhou", "wu"):
        speaks(people(name, phone=True), "赞成", "同意。")
    again(chen).picks("赞成").presses("表态").answers("决定结果", "通过")
    chen.writes("决定内容", "同意岗位调整方案。")
    chen.drafts("办理岗位调整", 责任科室="办公室", 责任人="王芳", 办结时限="2026-11-10")
    chen.presses("作出决定").sees("议程已经全部议完").presses("宣布散会")
    chen.is_told("已办理：宣布散会")


def _talk(place: Place, title: str) -> Deliberation:
    (item,) = (i for i in place.state.items.values() if i.title == title)
    assert item.sitting is not None
    return place.state.sittings[item.sitting].talk_on(item.id)


def the_record_and_the_minutes(place: Place, people: People) -> None:
    """The record says what is missing in it, and so do the minutes; then both are done."""
    xiao = people("xiao")
    place.clock.to("14:00")
    xiao.goes("/sittings/").follows("处务会2026年第1次会议").follows("会议记录")
    xiao.sees("现在还不能完成记录", "何立", "五(二)4", "周琳 反对 本人表态 培训费偏低")
    xiao.follows("到会情况在会场登记").presses("请假", xiao.attendee("何立"))
    xiao.follows("会议记录")
    notes = xiao.page.locator("#note")
    xiao.writes("记录内容", "周琳补充：培训费明年拟另列。", notes).presses("记入会议记录", notes)
    place.clock.to("15:00")
    xiao.takes_up("完成会议记录", "处务会").presses("完成会议记录").is_told("已办理：完成会议记录")

    place.clock.to("2026-11-02 09:00")
    xiao.goes("/sittings/").follows("处务会2026年第1次会议").follows("会议纪要（待印发）")
    xiao.sees("印发以前还缺", "任务“上报2027年预算”没有写明：办结时限", "五(三)1", "尚未印发")
    assert not xiao.has("印发会议纪要")
    xiao.follows("明确责任", xiao.row("上报2027年预算")).writes("办结时限", "2026-11-20")
    xiao.presses("明确责任").sees("内容已经齐全", "〔2026〕1号（印发时编定）")
    xiao.presses("印发会议纪要").sees("〔2026〕1号", "办公室 2026年11月2日印发", "王芳", "何立")


def the_tasks_are_seen_through(place: Place, people: People) -> None:
    """Plan, feedback, checks; what cannot be done in time is adjusted with the director's word."""
    li, wang, xiao = people("li"), people("wang"), people("xiao")
    place.clock.to("2026-11-03 09:00")
    li.goes("/tasks/").follows("上报2027年预算").plans(
        ("2026-11-10", "征求意见"), ("2026-11-20", "上报")
    )
    li.presses("安排进度").is_told("已办理：安排进度").sees("征求意见")
    place.clock.to("2026-11-09 09:00")
    finishes(wang, "办理岗位调整", "已发文。")
    xiao.does("销号", "办理岗位调整")

    place.clock.to("2026-11-12 09:00")
    li.goes("/tasks/").follows("上报2027年预算").writes("进展情况", "财政口径有变化。")
    li.presses("反馈进展情况").is_told("已办理：反馈进展情况")
    xiao.goes("/tasks/").follows("上报2027年预算").follows("督促检查")
    xiao.writes("检查情况", "进度滞后。").presses("督促检查")
    xiao.follows("催办").writes("催办的话", "请尽快说明能否按时上报。").presses("催办")
    xiao.follows("报告领导").chooses("报告对象", "刘敏").writes(
        "报告的内容", "预算口径有变，可能延期。"
    )
    xiao.presses("报告领导").sees("反馈进展情况", "督促检查", "催办", "报告刘敏：预算口径有变")


def what_cannot_be_done_in_time_is_adjusted(place: Place, people: People) -> None:
    """The section asks, the director approves, and the next meeting has it on its agenda."""
    li, chen = people("li"), people("chen")
    place.clock.to("2026-11-13 09:00")
    li.goes("/tasks/").follows("上报2027年预算").follows("提出调整意见")
    li.writes("新情况、新问题", "财政部门调整了预算口径。")
    li.writes("造成的影响", "11月20日前无法完成上报。").writes(
        "书面意见", "请求延期并按新口径编列。"
    )
    li.writes("新的办结时限", "2026-12-04").presses("提出调整意见").is_told("已办理：提出调整意见")
    place.clock.to("11:00")
    chen.takes_up("批准调整", "调整意见")
    chen.presses("批准调整").is_told("已办理：批准调整")
    li.goes("/tasks/").follows("上报2027年预算").sees("2026年12月4日以前办结", "已批准")


def the_next_meeting_departs_from_what_is_usual(place: Place, people: People) -> None:
    """Off the usual day and told late, each with a reason asked for in place and kept."""
    chen, xiao = people("chen"), people("xiao")
    place.clock.to("2026-11-16 09:00")
    chen.goes("/sittings/").follows("填写召集单")
    chen.writes("开会时间", "2026-11-20T09:00").double_presses("召集会议")
    chen.is_refused("会议一般在每月最后7天召开", "请写明理由")
    expect(chen.page.get_by_label("开会时间")).to_have_value("2026-11-20T09:00")
    chen.writes("为什么这样办（记入合规报告）", "月底主任赴省学习。").presses("召集会议")
    chen.is_told("与一般规定不同之处及理由已经记录")
    xiao.goes("/sittings/").follows("处务会2026年11月20日会议").sees(f"第1项 {BUDGET}")
    xiao.follows("编排议程").picks(PLATFORM, PLAN).presses("编排议程").is_told("已办理：编排议程")
    place.clock.to("2026-11-20 08:00")
    xiao.takes_up("发出会议通知", "处务会2026年11月20日会议").presses("发出会议通知")
    xiao.is_refused("一般应当在2026年11月19日23:59以前通知，现在已过")
    xiao.writes("为什么这样办（记入合规报告）", "打印机故障。").presses("发出会议通知")
    xiao.is_told("与一般规定不同之处及理由已经记录")


def the_next_meeting_is_held(place: Place, people: People) -> None:
    """The adjusted matter, the one put off, the one that came too late last month."""
    chen, xiao, he = people("chen"), people("xiao"), people("he", scripts=False)
    place.clock.to("2026-11-20 08:55")
    enters(he).presses("我到了，签到").is_told("已办理：签到")
    enters(chen).presses("我到了，签到")
    enters(xiao)
    for name in ("刘敏", "曾建国", "王芳", "李强", "周琳", "吴昊"):
        xiao.presses(name, xiao.attendee(name))
    place.clock.to("09:00")
    chen.presses("宣布开会")
    tasks = {
        1: ("通过", "同意。", "按新口径编制预算", "业务科", "李强", "2026-12-04"),
        2: ("通过", "同意分两批更换。", "完成第一批更换", "信息科", "吴昊", "2026-12-25"),
        3: ("原则同意", "同意。", "印发计划", "信息科", "吴昊", "2026-12-10"),
    }
    for number, (outcome, words, task, unit, owner, due) in tasks.items():
        place.clock.to(f"{9 + number}:00")
        begins(chen, number)
        again(xiao).chooses("汇报人", owner).presses("登记汇报")
        enters_for(xiao, "刘敏")
        speaks(he, "赞成", "同意。")
        for name in ("曾建国", "王芳", "李强", "周琳", "吴昊"):
            enters_for(xiao, name)
        again(chen).picks("赞成").presses("表态").answers("决定结果", outcome)
        chen.writes("决定内容", words)
        if number == 1:
            chen.answers("上报2027年预算", "继续办理")
        chen.drafts(task, 责任科室=unit, 责任人=owner, 办结时限=due).presses("作出决定")
    chen.presses("宣布散会").is_told("已办理：宣布散会")


def everything_is_struck_off(place: Place, people: People) -> None:
    """The second minutes; results, one sent back; the director publishes a decision."""
    wang, xiao, li, wu, chen = (people(name) for name in ("wang", "xiao", "li", "wu", "chen"))
    place.clock.to("15:00")
    xiao.does("完成会议记录", "处务会2026年第2次会议")
    place.clock.to("2026-11-23 09:00")
    wang.does("印发会议纪要", "处务会2026年第2次会议")
    place.clock.to("2026-12-03 09:00")
    for task in ("上报2027年预算", "按新口径编制预算"):
        finishes(li, task, "已完成。")
    finishes(wu, "印发计划", "已完成。")
    place.clock.to("10:00")
    for task in ("上报2027年预算", "按新口径编制预算", "印发计划"):
        xiao.does("销号", task)
    place.clock.to("2026-12-22 09:00")
    finishes(wu, "完成第一批更换", "第一批已更换。")
    xiao.goes("/tasks/").follows("完成第一批更换").follows("退回继续办理")
    xiao.writes("理由", "验收单未附。").presses("退回继续办理").is_told("已办理：退回继续办理")
    place.clock.to("2026-12-23 09:00")
    finishes(wu, "完成第一批更换", "第一批已更换，附验收单。")
    xiao.does("销号", "完成第一批更换")
    xiao.goes("/tasks/").sees("没有符合条件的督办事项")
    chen.goes("/decisions/").follows(PLATFORM).presses("公开决定").sees("已公开")
    chen.goes("/reports/").sees("月底主任赴省学习。", "打印机故障。")


CHAPTERS = (
    items_come_in,
    items_are_seen_to,
    papers_are_handed_in,
    the_meeting_is_called,
    one_is_called_in,
    the_meeting_opens,
    one_item_is_only_passed_on,
    the_budget_is_adopted,
    the_platform_finds_no_majority,
    the_posts_are_settled_and_the_meeting_ends,
    the_record_and_the_minutes,
    the_tasks_are_seen_through,
    what_cannot_be_done_in_time_is_adjusted,
    the_next_meeting_departs_from_what_is_usual,
    the_next_meeting_is_held,
    everything_is_struck_off,
)


def test_a_month_from_the_first_item_to_the_last_task(
    place: Place, people: People, tmp_path: Path
) -> None:
    for chapter in CHAPTERS:
        chapter(place, people)

    assert not place.state.open_tasks
    holds(tmp_path / "journal")
