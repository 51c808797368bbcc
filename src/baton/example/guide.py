"""The guided tour of the example county, through its month and its finished year, each step with an account."""

from typing import Final

from baton.web.guide.step import Step

STEPS: Final = (
    Step("zhouhe", "office", "guide.board"),
    Step("heqing", "reports", "guide.grid"),
    Step("guruoshui", "verify", "guide.approve"),
    Step("linxiaoman", "home", "guide.clerk"),
    Step("shengyuanchuan", "check", "guide.check"),
    Step("heqing", "verify", "guide.answer"),
    Step("duanzhiqiu", "office", "guide.score"),
    Step("xianlingdao", "results", "guide.leader"),
    Step("zhouhe", "tracking", "guide.lagging"),
    Step("zhuyifan", "newest-league", "guide.own"),
    Step("zhouhe", "workshop", "guide.scheme"),
    Step("shengyuanchuan", "targets", "guide.target"),
    Step("zhouhe", "plan", "guide.plan"),
    Step("zhuyifan", "objections", "guide.objection"),
    Step("zhouhe", "years", "guide.year"),
    Step("shengyuanchuan", "years", "guide.own_year"),
)
