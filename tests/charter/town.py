"""A small charter that the tests read, and ways to spoil it."""

from yishi.charter.model import Charter, Fault
from yishi.charter.reader import read

HEADER = """\
---
body: town_meeting
title: 桃源镇镇长办公会议事规则
name: 镇长办公会
in_force: 2024-05-01
document: {raw: 桃政发〔20247, reading: 桃政发〔2024〕7号}
issued: {raw: "2024420", reading: 2024-04-20}
adopted_by: {body: town_meeting, year: 2024, number: 2}
posts:
  mayor: [镇长, 一把手]
  deputy: [副镇长]
units:
  office: [办公室, 党政办]
---
"""

BODY = """\
# 桃源镇镇长办公会议事规则

## 序言
为什么有这部规则。

> 提高工作效率

```no-rule
parts: [0.1]
reason: 目的，不产生义务
```

## 一、会议召集

### (一)召集
镇长召集并主持会议。

> 会议由镇长召集

```rule
kind: calls
parts: [1.1]
post: mayor
lead:
  days: 1
```

### (二)表态
#### 1.末位表态
主持人最后一个发言。

> 最后一个表态发言

```rule
kind: speaks_last
modality: must
parts: [1.2a, 1.2b]
reading: 主持人自己的议题也一样
seat: chair
```

```silent
topics: [quorum, tie]
```
"""

TOWN = HEADER + BODY
"""Line 15 is the title, line 34 opens the rule on calling, line 48 that on speaking last."""


def charter(text: str = TOWN) -> Charter:
    """The charter that the text holds, which must be without faults."""
    found, faults = read(text)
    assert not faults, faults
    assert found
    return found


def with_body(body: str) -> str:
    """The header and title with another body, whose first line is line 16."""
    return HEADER + BODY.splitlines()[0] + "\n" + body


def faults_of(text: str) -> list[tuple[int, str]]:
    """Line and id of each fault."""
    return [at(fault) for fault in read(text)[1]]


def at(fault: Fault) -> tuple[int, str]:
    """Line and id of a fault."""
    return fault.line, fault.message
