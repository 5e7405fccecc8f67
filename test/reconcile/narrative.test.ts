import { describe, expect, test } from '@jest/globals'
import { captureIn } from '../../src/reconcile/captures.js'
import { indexFacts } from '../../src/reconcile/fact-index.js'
import { type Statement, statementsAbout } from '../../src/reconcile/narrative.js'
import { sentencesOf } from '../../src/reconcile/prose.js'
import { reconcile } from '../../src/reconcile/reconcile.js'
import { narrativeRules } from '../../src/reconcile/rules/narrative.js'
import type { Check } from '../../src/record.js'
import { type Cells, FIRST_LINE, reading, section, withProse, withSections } from '../build/reading.js'

type Captured = Readonly<Record<string, readonly number[]>>

/** What each rule captures in a text, exact figures only. */
function captured(text: string): Captured {
  const found: Record<string, number[]> = {}
  for (const sentence of sentencesOf(text)) {
    for (const rule of narrativeRules) {
      for (const { value, approximate } of captureIn(sentence, rule, null)) {
        if (approximate) continue
        found[rule.id] = [...(found[rule.id] ?? []), value]
      }
    }
  }
  return found
}

describe('figures stated in prose', () => {
  test.each<[string, Captured]>([
    // new requests
    ['全年新收政府信息公开申请12件。', { 'N-NEW': [12] }],
    ['2023年，我局新受理信息公开申请共计 1,208 件。', { 'N-NEW': [1208] }],
    ['新收到依申请公开政府信息申请３件', { 'N-NEW': [3] }],
    ['本年新增政府信息公开申请数量：7件', { 'N-NEW': [7] }],
    ['全年共收到公民、法人和其他组织提出的政府信息公开申请45件', { 'N-RECEIVED': [45] }],
    ['接收书面政务信息公开申请二十一件', { 'N-RECEIVED': [21] }],
    ['我镇受理了8件政府信息公开申请', { 'N-RECEIVED': [8] }],
    ['共收到6份群众提交的信息公开申请', { 'N-RECEIVED': [6] }],
    ['收到、办理政府信息公开申请15件', { 'N-RECEIVED': [15] }],
    ['受理政府信\n息公开申请 2\n1 件', {}],
    ['受理政府信 息公开申请 21 件', { 'N-RECEIVED': [21] }],
    ['不予受理政府信息公开申请2件', {}],
    ['自2008年以来累计收到政府信息公开申请560件', {}],
    ['收到网民留言248条，办结留言230条', {}],
    ['全年收办政府信息公开申请33件', { 'N-HANDLED': [33] }],
    ['承办依申请公开事项十二件', { 'N-HANDLED': [12] }],
    ['办理政府信息公开申请100余件', {}],
    ['收到政府信息公开申请一百多件', {}],
    ['收到政府信息公开申请约30件', {}],
    // none
    ['本年度未收到政府信息公开申请', { 'N-NONE': [0] }],
    ['没有收到公民、法人和其他组织提出的政府信息公开申请', { 'N-NONE': [0] }],
    ['2023年我街道无人提出依申请公开申请。', { 'N-NONE': [0] }],
    ['尚未收到依申请公开事项，不存在收费情况', { 'N-NONE': [0] }],
    ['无依申请公开情况。', { 'N-NONE': [0] }],
    ['未发生因政府信息公开申请引发的行政复议', { 'N-NO-REVIEW': [0] }],
    ['没有收到公众对政府信息公开申请的投诉', {}],
    // carried over
    [
      '新收政府信息公开申请5件，上年结转2件，结转下年度继续办理1件',
      { 'N-NEW': [5], 'N-CARRIED-IN': [2], 'N-CARRIED-OUT': [1] },
    ],
    ['上一年度转结政府信息公开申请0件', { 'N-CARRIED-IN': [0] }],
    ['另有3件申请按规定顺延至下一年度答复', { 'N-CARRIED-OUT': [3] }],
    ['顺延下年度办理政府信息公开申请四件', { 'N-CARRIED-OUT': [4] }],
    ['没有结转下年度的申请', { 'N-NO-CARRY-OUT': [0] }],
    // answers
    ['政府信息公开申请均按时答复，共办结19件', { 'N-REPLIED': [19] }],
    ['收到各类申请19件，已办结19件', {}],
    ['收到信息公开申请20件，已办结20件', { 'N-RECEIVED': [20], 'N-REPLIED': [20] }],
    ['对政府信息公开申请予以公开答复3件', { 'N-OUT-GRANTED': [3] }],
    ['依申请公开办理完毕5件，其中延期答复2件', { 'N-REPLIED': [5] }],
    [
      '答复申请30件，其中予以公开11件，部分公开4件，不予公开6件，无法提供7件，不予处理1件，其他处理1件，均为依申请公开',
      {
        'N-REPLIED': [30],
        'N-OUT-GRANTED': [11],
        'N-OUT-PARTIAL': [4],
        'N-OUT-DENIED': [6],
        'N-OUT-UNAVAILABLE': [7],
        'N-OUT-NOT-PROCESSED': [1],
        'N-OUT-OTHER': [1],
      },
    ],
    ['申请中予以公开及部分公开258件', {}],
    ['其它处理（逾期不补正）2件，为申请人原因', { 'N-OUT-OTHER': [2] }],
    ['不予公开的政府文件3件', {}],
    // review and litigation
    ['因政府信息公开被申请行政复议3起、被提起行政诉讼1起', { 'N-REVIEW': [3], 'N-LITIGATION': [1] }],
    ['政府信息公开类行政复议案件共5宗，诉讼案件2宗', { 'N-REVIEW': [5], 'N-LITIGATION': [2] }],
    ['全市新收行政复议申请1820件，行政复议工作成效明显', {}],
    [
      '信息公开行政复议9件，其中结果维持6件，结果纠正1件，其他结果2件',
      { 'N-REVIEW': [9], 'N-REVIEW-MAINTAINED': [6], 'N-REVIEW-CORRECTED': [1], 'N-REVIEW-OTHER': [2] },
    ],
    [
      '信息公开行政诉讼4件，其中结果维持3件，尚未审结1件',
      { 'N-LITIGATION': [4], 'N-LITIGATION-MAINTAINED': [3], 'N-LITIGATION-PENDING': [1] },
    ],
    ['未发生行政复议、行政诉讼及举报投诉情况', { 'N-NO-REVIEW': [0], 'N-NO-LITIGATION': [0] }],
    ['没有因政府信息公开被提起诉讼的情况', { 'N-NO-LITIGATION': [0] }],
    ['未发生被纠错的行政复议、行政诉讼案件', {}],
    ['未发生行政复议、行政诉讼败诉情况', {}],
    ['信息公开未经复议直接提起诉讼2件', { 'N-LITIGATION': [2] }],
    ['尚未审结的行政复议2件，涉及信息公开', { 'N-REVIEW': [2] }],
    // documents
    [
      '制定并发布规范性文件4件，废止规范性文件2件，现行有效规范性文件31件',
      { 'N-DOCS-MADE': [4], 'N-DOCS-REPEALED': [2], 'N-DOCS-VALID': [31] },
    ],
    ['出台行政规范性文件共两份', { 'N-DOCS-MADE': [2] }],
    ['宣布失效文件3个', { 'N-DOCS-REPEALED': [3] }],
    ['梳理历年文件685份', {}],
    // fees and disclosure
    ['收取政府信息公开处理费共计1200元', { 'N-INFO-FEE': [1200] }],
    ['本年度未收取任何信息公开处理费', { 'N-NO-INFO-FEE': [0] }],
    ['全年主动公开政府信息6359条，其中网站公开3988条', { 'N-DISCLOSED': [6359] }],
    ['主动发布各类信息总计75条', { 'N-DISCLOSED': [75] }],
  ])('%s', (text, expected) => {
    expect(captured(text)).toEqual(expected)
  })
})

describe('prose against the tables', () => {
  const checksOf = (text: string, cells: Cells): Check[] =>
    reconcile(withProse(reading('2021', cells), text)).checks.filter(({ rule }) => rule.startsWith('N-'))
  const check = (rule: string, text: string, cells: Cells): Check | undefined =>
    checksOf(text, cells).find((one) => one.rule === rule)

  test('a figure that differs is told with both figures', () => {
    expect(check('N-NEW', '新收政府信息公开申请196件。', { 'requests.new.total': 193 })).toEqual({
      rule: 'N-NEW',
      subject: '',
      level: 'warning',
      outcome: 'fail',
      expected: 193,
      actual: 196,
      facts: ['requests.new.total'],
      message: '正文“新收政府信息公开申请196件”，表中「本年新收·总计」为 193，相差 3。',
    })
  })

  test('prose that states nothing gives no check', () => {
    expect(checksOf('持续提升公开的质量和实效。', { 'requests.new.total': 193 })).toEqual([])
  })

  test('of several captures one that agrees is enough', () => {
    const text = '上半年收到政府信息公开申请3件。全年收到政府信息公开申请8件。'
    expect(check('N-RECEIVED', text, { 'requests.new.total': 8 })?.outcome).toBe('pass')
  })

  test('where none agrees the first is reported', () => {
    const text = '上半年收到政府信息公开申请3件。全年收到政府信息公开申请8件。'
    expect(check('N-RECEIVED', text, { 'requests.new.total': 9 })?.actual).toBe(3)
  })

  test('received may mean with what was carried in', () => {
    const cells = { 'requests.new.total': 8, 'requests.carried_in.total': 2 }
    expect(check('N-RECEIVED', '收到政府信息公开申请10件。', cells)).toMatchObject({
      outcome: 'pass',
      facts: ['requests.new.total', 'requests.carried_in.total'],
    })
  })

  test('a part of a total may be smaller than the total', () => {
    const text = '新收政府信息公开申请8件，其中网上收到政府信息公开申请5件。'
    expect(checksOf(text, { 'requests.new.total': 8 }).map(({ rule, outcome }) => [rule, outcome])).toEqual([
      ['N-NEW', 'pass'],
    ])
  })

  test('what follows a part in brackets is a total again', () => {
    const text = '新收政府信息公开申请8件（其中网络申请5件），答复政府信息公开申请7件。'
    expect(check('N-REPLIED', text, { 'requests.outcome.total.total': 8 })?.outcome).toBe('fail')
  })

  test('a rounded figure is not compared', () => {
    expect(checksOf('收到政府信息公开申请300余件。', { 'requests.new.total': 1 })).toEqual([])
  })

  test('a figure that the tables do not have is captured and not checked', () => {
    expect(checksOf('收取信息处理费400元，主动公开政府信息12条。', {})).toEqual([])
  })

  test('a sentence on the office alone is reported with that doubt', () => {
    const text = '区政府办代表区政府受理政府信息公开申请17件。'
    expect(check('N-RECEIVED', text, { 'requests.new.total': 95 })?.message).toContain('口径不同')
  })

  test('a group of outcomes is compared with the sum of its rows', () => {
    const cells = {
      'requests.outcome.unavailable.not_held.total': 265,
      'requests.outcome.unavailable.still_unclear.total': 72,
    }
    expect(check('N-OUT-UNAVAILABLE', '申请中无法提供265件。', cells)).toMatchObject({
      outcome: 'fail',
      expected: 337,
      message: '正文“无法提供265件”，表格（由各分项相加，空白按 0 计）为 337，相差 72。',
    })
  })

  test('the single row of the form before stands for its group', () => {
    const base = reading('2021', { 'requests.outcome.other.subtotal.total': 4 })
    const facts = base.facts.map((fact) =>
      /other\.(?:correction_overdue|fee_overdue|misc)\./.test(fact.key)
        ? { ...fact, reading: null, raw: null, absentByVariant: true }
        : fact,
    )
    const { checks } = reconcile(withProse({ ...base, facts }, '申请中其他处理4件。'))
    expect(checks.find(({ rule }) => rule === 'N-OUT-OTHER')).toMatchObject({
      outcome: 'pass',
      facts: ['requests.outcome.other.subtotal.total'],
    })
  })

  test('a blank row total is computed from its columns, and that is said', () => {
    const cells = { 'requests.new.total': '', 'requests.new.natural_person': 5, 'requests.new.other_org': 3 }
    expect(check('N-NEW', '新收政府信息公开申请8件。', cells)).toMatchObject({
      outcome: 'pass',
      message: '正文“新收政府信息公开申请8件”与表格（由各分项相加，空白按 0 计）一致。',
    })
  })

  test('a zero stated over blanks agrees, and that is said', () => {
    const cells = Object.fromEntries(
      ['maintained', 'corrected', 'other', 'pending', 'total'].map((result) => [`review.${result}`, '—']),
    )
    expect(check('N-NO-REVIEW', '未发生行政复议。', cells)).toMatchObject({
      outcome: 'pass',
      message: '正文“未发生行政复议”与表格（空白，按 0 计）一致。',
    })
    expect(check('N-REVIEW', '发生政府信息公开行政复议2件。', cells)?.outcome).toBe('skipped')
  })

  test('an unread cell is neither passed nor failed', () => {
    expect(check('N-NEW', '新收政府信息公开申请8件。', { 'requests.new.total': '见附表' })).toMatchObject({
      outcome: 'skipped',
      message: '表中「本年新收·总计」未能读出，无法与正文核对。',
    })
  })

  test('sections on problems and on proactive disclosure are not searched', () => {
    const base = reading('2021', {})
    const sections = [
      section('problems', '收到政府信息公开申请5件。'),
      section('proactive', '收到政府信息公开申请5件。'),
    ]
    expect(reconcile(withSections(base, sections)).checks.some(({ rule }) => rule === 'N-RECEIVED')).toBe(false)
  })

  test('subsections and their headings are searched', () => {
    const base = reading('2021', {})
    const child = { ...section(null, '办结5件。'), title: '收到政府信息公开申请5件' }
    const { checks } = reconcile(withSections(base, [section('overview', '', [child])]))
    expect(checks.find(({ rule }) => rule === 'N-RECEIVED')).toMatchObject({ outcome: 'fail', actual: 5 })
  })
})

describe('outcomes listed in prose', () => {
  const outcome = (text: string): string | undefined =>
    reconcile(withProse(reading('2021', {}), text)).checks.find(({ rule }) => rule === 'N-SUM-IN-PROSE')?.outcome

  test.each([
    ['答复政府信息公开申请6件，其中予以公开3件、部分公开2件、不予公开1件。', 'pass'],
    ['办理政府信息公开申请7件，其中予以公开3件、不予公开1件，结转下年度继续办理3件。', 'pass'],
    ['答复政府信息公开申请6件，其中予以公开3件、部分公开2件。', 'fail'],
    ['答复政府信息公开申请6件，其中予以公开5件、部分公开2件。', 'fail'],
    ['答复政府信息公开申请6件，其中予以公开3件、部分公开1件、不属于本机关公开2件。', undefined],
    ['答复政府信息公开申请6件，其中予以公开3件。', undefined],
    ['答复政府信息公开申请6件，其中予以公开3件、不予公开1件，其余转交其他机关。', undefined],
    ['答复政府信息公开申请6件。予以公开3件、部分公开1件。', undefined],
    ['答复政府信息公开申请60余件，其中予以公开3件、部分公开2件。', undefined],
  ])('%s', (text, expected) => {
    expect(outcome(text)).toBe(expected)
  })
})

describe('what the prose states of one fact', () => {
  const about = (key: string, text: string, cells: Cells = {}): readonly Statement[] => {
    const report = withProse(reading('2021', cells), text)
    return statementsAbout(key, reconcile(report).captures, indexFacts(report.facts))
  }
  const values = (key: string, text: string, cells: Cells = {}): readonly number[] =>
    about(key, text, cells).map(({ value }) => value)
  const NEW = 'requests.new.total'

  test('is given with its phrase and its place, in reading order', () => {
    const text = '平稳有序。\n上半年新收政府信息公开申请3件。\n全年新收政府信息公开申请11件。'
    expect(about(NEW, text)).toEqual([
      {
        value: 3,
        phrase: '新收政府信息公开申请3件',
        location: { kind: 'line', line: FIRST_LINE + 1 },
        sameScope: true,
      },
      {
        value: 11,
        phrase: '新收政府信息公开申请11件',
        location: { kind: 'line', line: FIRST_LINE + 2 },
        sameScope: true,
      },
    ])
  })

  test.each([
    ['review.total', '因政府信息公开引发行政复议10件', [10]],
    ['review.total', '全年未发生行政复议', [0]],
    ['review.corrected', '信息公开行政复议9件，其中结果维持6件，结果纠正1件', [1]],
    ['litigation.direct.total', '因政府信息公开引发行政诉讼2件', []],
    ['requests.outcome.granted.total', '答复申请5件，其中予以公开3件', [3]],
    ['requests.outcome.unavailable.not_held.total', '申请中无法提供3件', []],
    ['requests.new.natural_person', '新收政府信息公开申请8件', []],
    ['requests.carried_in.total', '上年结转政府信息公开申请2件', [2]],
    ['proactive.normative_documents.made', '制定规范性文件4件', [4]],
    [NEW, '收到政府信息公开申请300余件', []],
    [NEW, '新收政府信息公开申请8件，其中网上收到政府信息公开申请5件', [8]],
    [NEW, '新收、受理政府信息公开申请8件', [8]],
    [NEW, '办理政府信息公开申请8件', []],
    [NEW, '持续提升公开实效', []],
  ])('%s: %s', (key, text, expected) => {
    expect(values(key, text)).toEqual(expected)
  })

  test.each<[string, Cells, readonly number[]]>([
    ['agrees with the fact', { [NEW]: 8, 'requests.carried_in.total': 2 }, [8]],
    ['agrees with the fact and with the sum', { [NEW]: 8, 'requests.carried_in.total': 0 }, [8]],
    ['agrees with the sum alone', { [NEW]: 6, 'requests.carried_in.total': 2 }, []],
    ['agrees with neither', { [NEW]: 0, 'requests.carried_in.total': 2 }, [8]],
    ['stands against a cell that was not understood', { [NEW]: '见附表', 'requests.carried_in.total': 8 }, [8]],
  ])('is of the fact or of a sum over it: a figure that %s', (_, cells, expected) => {
    expect(values(NEW, '收到政府信息公开申请8件', cells)).toEqual(expected)
  })

  test('is of the only row of a group that the form of the organ has', () => {
    const report = withProse(reading('2021'), '申请中其他处理4件。')
    const facts = indexFacts(report.facts.filter(({ key }) => !/other\.(?:subtotal|\w+_overdue)\./.test(key)))
    const { captures } = reconcile(report)
    expect(statementsAbout('requests.outcome.other.misc.total', captures, facts)).toMatchObject([{ value: 4 }])
  })

  test('is of another scope where the sentence speaks of the office alone', () => {
    expect(about(NEW, '区政府办代表区政府受理政府信息公开申请17件', { [NEW]: 95 })).toMatchObject([
      { value: 17, sameScope: false },
    ])
  })
})

describe('a hostile text', () => {
  test.each(['行政复议1件,其中', '未', '收到公民、法人和其他组织提出的', '１', '申请其他处理('])(
    'of %s without end is worked through',
    (unit) => {
      const { checks } = reconcile(withProse(reading('2021', {}), unit.repeat(20_000)))
      expect(checks.length).toBeGreaterThan(0)
    },
  )

  test('of the same figures in ever more paragraphs is given all the same', () => {
    const report = withProse(reading('2021'), '新收政府信息公开申请3件。\n'.repeat(20_000))
    const { captures } = reconcile(report)
    expect(statementsAbout('requests.new.total', captures, indexFacts(report.facts))).toHaveLength(20_000)
  })
})
