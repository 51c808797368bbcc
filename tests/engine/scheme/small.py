"""A small scheme in YAML that the tests of the language bend."""

SMALL = """\
code: S1
name: 小县考核方案
effective_from: 2025-01-01
tasks:
  - {code: t1, name: 工业立县, kind: main_line}
groups:
  - {code: A, name: 甲组, root: R}
units:
  - {code: U1, name: 白水镇, short_name: 白水, group: A}
  - {code: U2, name: 青山镇, group: A}
  - {code: D1, name: 县发改局}
nodes:
  - {code: R, name: 总分, full: 100}
indicators:
  - code: I1
    name: 投资完成率
    parent: R
    points: {A: 60}
    rule: {kind: completion, cap: 1.2}
    lead: D1
    hooks: [t1]
  - code: I2
    name: 增速
    parent: R
    points: {A: 40}
    rule: {kind: efficacy_linear}
    lead: D1
    hooks: [t1]
"""
