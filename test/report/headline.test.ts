import { describe, expect, test } from '@jest/globals'
import { readHeadline } from '../../src/report/headline.js'
import { documentOf, grid, paragraph } from '../build/document.js'

const head = (...paragraphs: string[]) => readHeadline(documentOf(paragraphs))

describe('a title', () => {
  test.each([
    ['清源区人民政府2023年政府信息公开工作年度报告', '清源区人民政府', 2023],
    ['清源区人民政府2023年度政府信息公开工作年度报告', '清源区人民政府', 2023],
    ['清源区人民政府2021年政府信息公开年度报告', '清源区人民政府', 2021],
    ['清源市水务局政府信息公开工作2022年度报告', '清源市水务局', 2022],
    ['清源市水务局2023年度政府信息公开工作报告', '清源市水务局', 2023],
    ['清源市水务局关于2022年度政府信息公开情况的报告', '清源市水务局', 2022],
    ['2020年清源镇人民政府政府信息公开工作的年度报告', '清源镇人民政府', 2020],
    ['清源市水务局2016年政务信息公开年度报告', '清源市水务局', 2016],
    ['清源市水务局2023年政府信息公开年报', '清源市水务局', 2023],
    ['清源市水务局政府信息公开工作年度报告（2023年度）', '清源市水务局', 2023],
    ['清源市水务局二〇二三年政府信息公开工作年度报告', '清源市水务局', 2023],
    ['清源市水务局２０２３年政府信息公开工作年度报告', '清源市水务局', 2023],
    ['清源市水务局 2023 年政府信息公开工作 年度报告', '清源市水务局', 2023],
  ])('%s', (title, organ, year) => {
    expect(head('首页 > 政务公开', title, '一、总体情况')).toMatchObject({
      title: title.replaceAll(' ', ''),
      organ,
      year,
    })
  })

  test('may run over lines, with the organ or the year on its own', () => {
    expect(head('清源市水务局', '2023年政府信息公开工作年度报告').title).toBe(
      '清源市水务局2023年政府信息公开工作年度报告',
    )
    expect(head('清源市水务局', '2023年', '政府信息公开工作', '年度报告').organ).toBe('清源市水务局')
    expect(head('清源市水务局2023年\n政府信息公开工作年度报告').year).toBe(2023)
  })

  test('does not take in what stands over it and is set in another way', () => {
    const heading = paragraph('清源市水务局2023年政府信息公开工作年度报告')
    const blocks = ['搜索', { ...heading, cue: { ...heading.cue, level: 1 } }]
    expect(readHeadline(documentOf(blocks))).toMatchObject({ organ: '清源市水务局', title: heading.text })
  })

  test('does not run over a table', () => {
    const title = '清源市水务局2023年政府信息公开工作年度报告'
    expect(readHeadline(documentOf(['信息中心', grid(['a|b']), title])).title).toBe(title)
  })

  test('may break within the name of the organ', () => {
    expect(head('清源市自然资源', '和规划局2023年政府信息公开工作年度报告').organ).toBe('清源市自然资源和规划局')
  })

  test('is not a sentence or a notice about reports', () => {
    expect(head('根据要求，编制2023年政府信息公开工作年度报告。').title).toBeNull()
    expect(head('关于报送2023年政府信息公开工作年度报告的通知').title).toBeNull()
  })

  test('is what the file says of itself where the body has none', () => {
    const document = {
      ...documentOf(['一、总体情况']),
      declaredTitle: '清源市水务局2023年政府信息公开工作年度报告-清源市人民政府',
    }
    expect(readHeadline(document)).toMatchObject({ organ: '清源市水务局', year: 2023 })
  })
})

describe('an organ that the title does not name', () => {
  test('is the one that signs', () => {
    expect(head('2023年政府信息公开工作年度报告', '一、总体情况', '清源市水务局', '2024年1月20日').organ).toBe(
      '清源市水务局',
    )
  })

  test('is the one that is said to publish', () => {
    expect(head('2023年政府信息公开工作年度报告', '发布机构：清源市水务局').organ).toBe('清源市水务局')
  })
})

describe('a period', () => {
  test.each([
    ['统计期限自2023年1月1日起至2023年12月31日止。', '2023-01-01', '2023-12-31'],
    ['统计期限从2019年1月1日到12月31日止。', '2019-01-01', '2019-12-31'],
    ['时间为2025年1月1日至12月31日。', '2025-01-01', '2025-12-31'],
    ['自2023年1月1日至12月31止。', '2023-01-01', '2023-12-31'],
    ['自20231月1日至202312月31日。', '2023-01-01', '2023-12-31'],
    ['自 2023 年 1 月 1 日起至 2023 年 12 月 31 日。', '2023-01-01', '2023-12-31'],
    ['自2023年4月1日至2023年12月31日。', '2023-04-01', '2023-12-31'],
  ])('%s', (text, start, end) => {
    expect(head(text).period).toEqual({ start, end })
  })

  test('is not invented', () => {
    expect(head('清源市水务局2023年政府信息公开工作年度报告', '本报告于2024年1月20日公布。').period).toBeNull()
  })
})
