"""Forbidden items are found where they are asked for, and not where they are only excluded."""

import csv
from pathlib import Path

import pytest
from tests.engine.scheme.small import SMALL

from baton.engine.lint.forbidden import forbidden_items, lint_forbidden, mentions
from baton.engine.scheme.text import from_yaml
from baton.words import Language, Severity, render, text


def found(text: str) -> set[str]:
    return {item.code for item in forbidden_items() if mentions(text, item)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("获省级领导批示每次加 1 分", "leaders_remarks"),
        ("领导肯定性批示", "leaders_remarks"),
        ("在市级以上媒体刊发稿件每篇加 0.1 分", "published_articles"),
        ("信息采用情况", "published_articles"),
        ("经验做法在全市推广的加 2 分", "experience_reports"),
        ("召开专题会议不少于 12 次", "meetings_and_papers"),
        ("会议次数", "meetings_and_papers"),
        ("会议次数不得少于每月 1 次", "meetings_and_papers"),
        ("每项工作须拍照留痕", "photographs"),
        ("未拍照上传的每次扣 0.5 分", "photographs"),
        ("按要求上传工作照片", "photographs"),
        ("学习笔记不少于 20 篇", "study_notes"),
        ("不写学习笔记的，每人扣 1 分", "study_notes"),
        ("心得体会篇数", "study_notes"),
        ("学习时长排名前三的满分", "learning_time"),
        ("学习强国积分", "learning_time"),
        ("点赞转发情况", "likes_and_shares"),
        ("公众号阅读量达到 1 万", "likes_and_shares"),
        ("网络投票前十名加分", "online_votes"),
        ("每日打卡率", "check_ins"),
        ("APP 注册率 100%", "check_ins"),
        ("手机签到", "check_ins"),
        ("日均在线时长", "online_time"),
        ("信访量同比下降", "petition_ranking"),
        ("信访工作全市排名", "petition_ranking"),
        ("进京上访人次", "petition_ranking"),
        ("不考核会议次数，领导批示每次加 1 分", "leaders_remarks"),
    ],
)
def test_what_is_asked_for_is_found(text: str, code: str) -> None:
    assert code in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "领导批示、媒体刊发、经验交流、会议发言一律不加分（减负规定）",
        "领导批示、媒体刊发等，一律不加分",
        "只查责任落实，不查学习笔记、会议次数",
        "学习时长、点赞转发不得作为依据",
        "学习笔记不得作为扣分依据",
        "只计组织调训，不计网络学时",
        "不考核信访量、不排名（符合取消信访排名的要求）",
        "以下内容不作为评分依据：领导批示、刊发文章",
        "拍照留痕（不要求）",
        "严禁以拍照留痕代替落实",
        "减少会议次数",
        "信访事项按期办结率",
        "“三公”经费与会议差旅费控制",
        "第三方抽样调查（样本≥30 家才计分）",
        "民主测评投票",
        "面授班签到",
        "项目审批文件齐全",
        "签署领导小组会议审定的方案",
    ],
)
def test_what_is_only_excluded_or_only_similar_is_not(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize("table", ["indicators.csv", "scheme_extras.csv"])
def test_no_false_alarm_in_the_example_county(shared_county: Path, table: str) -> None:
    with (shared_county / table).open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    alarms = [(row["code"], text) for row in rows for text in row.values() if text and found(text)]
    assert alarms == []


def test_a_name_is_an_error_and_a_description_a_warning_with_its_source() -> None:
    text = SMALL.replace("name: 增速", "name: 学习笔记篇数").replace(
        "lead: D1\n", "lead: D1\n    definition: 每日打卡\n", 1
    )
    by_severity = {p.severity: p for p in lint_forbidden(from_yaml(text, "")[0])}
    assert by_severity[Severity.ERROR].place.field == "indicators[I2].name"
    assert "2024年8月6日" in str(by_severity[Severity.ERROR].params["source"])
    assert "（据二手说明），自 2024-08-06 起（待核）" in render(by_severity[Severity.ERROR]).mend
    assert by_severity[Severity.WARNING].place.field == "indicators[I1].definition"


def test_a_plan_from_before_a_rule_is_not_held_to_it() -> None:
    text = SMALL.replace("name: 增速", "name: 学习笔记篇数").replace(
        "2025-01-01", "2011-01-01\neffective_to: 2011-12-31"
    )
    assert list(lint_forbidden(from_yaml(text, "")[0])) == []


def test_every_entry_is_dated_and_sourced() -> None:
    for item in forbidden_items():
        assert item.words
        assert item.source
        assert item.since.year >= 2013
        for sure in (item.certainty, item.since_certainty):
            assert all(text(sure.word, language) for language in Language)
