// A small framework that the tests of this folder start from.

export const SMALL = `# A ladder for the tests
rungs: 1
id: small
version: 1.0.0
title: { en: Small ladder, zh-Hans: 小阶梯 }
languages: [en, zh-Hans]
sources:
  - { id: book, title: { en: The book, zh-Hans: 书 } }
tracks:
  - { id: technical, title: { en: Technical, zh-Hans: 技术 } }
scale:
  levels:
    - { level: 1, title: { en: Begins, zh-Hans: 入门 } }
    - { level: 2, title: { en: Works, zh-Hans: 独立 } }
areas:
  - { id: craft, title: { en: Craft, zh-Hans: 手艺 } }
competencies:
  - id: security
    area: craft
    title: { en: Security, zh-Hans: 安全 }
    behaviours:
      1:
        - { id: sec-1, text: { en: Reports a leaked key within the day, zh-Hans: 当天上报泄露的密钥 } }
      2:
        # the harder half
        - { id: sec-2, text: { en: Writes the threat model of a service, zh-Hans: 为一个服务写威胁模型 } }
  - id: testing
    area: craft
    title: { en: Testing, zh-Hans: 测试 }
    behaviours:
      1:
        - { id: test-1, text: { en: Adds a failing test before a fix, zh-Hans: 修复前先加一个失败的测试 } }
      2:
        - { id: test-2, text: { en: Removes flaky tests from the build, zh-Hans: 从构建中清除不稳定的测试 } }
roles:
  - id: programmer
    title: { en: Programmer, zh-Hans: 程序员 }
    tracks: [technical]
    expectations: { security: 1, testing: 1 }
    duties:
      - { id: fix, title: { en: Fixes defects, zh-Hans: 修复缺陷 }, competencies: [testing, security] }
  - id: architect
    title: { en: Architect, zh-Hans: 架构师 }
    tracks: [technical]
    experience:
      - { years: { min: 5, max: 8 }, source: book }
    expectations: { security: 2, testing: { level: 2, kind: should } }
    duties:
      - { id: design, title: { en: Designs systems, zh-Hans: 设计系统 }, competencies: [security], source: book }
transitions:
  - { from: programmer, to: architect, years: { min: 2, max: 4 } }
`
