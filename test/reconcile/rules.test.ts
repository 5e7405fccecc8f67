/** Every rule is shown holding and broken: an example that cannot fail would say nothing of its rule. */
import { describe, expect, test } from '@jest/globals'
import { type FactIndex, indexFacts } from '../../src/reconcile/fact-index.js'
import { type OtherReports, reconcile } from '../../src/reconcile/reconcile.js'
import { expand } from '../../src/reconcile/relation.js'
import type { RelationRule, Term } from '../../src/reconcile/rule.js'
import { RULES } from '../../src/reconcile/rules.js'
import type { Check, Vintage } from '../../src/record.js'
import type { ReportReading } from '../../src/report/reading.js'
import { type Cells, FORMS, fact, formFacts, reading, section, withProse } from '../build/reading.js'

interface Example {
  readonly vintage?: Vintage
  readonly cells?: Cells
  /** Figures that the form does not print, as if the organ had printed them. */
  readonly extra?: Cells
  readonly prose?: string
  readonly report?: Partial<ReportReading>
  readonly previous?: Cells
  readonly children?: Cells
  /** The instance looked at; '' where left out. */
  readonly subject?: string
}

function checkOf(rule: string, example: Example): Check | undefined {
  const { vintage = '2021', cells = {}, extra = {}, prose = '', report = {}, subject = '' } = example
  const base = withProse(reading(vintage, cells, report), prose)
  const facts = [...base.facts, ...Object.entries(extra).map(([key, cell]) => fact(key, cell))]
  return reconcile({ ...base, facts }, othersOf(vintage, example)).checks.find(
    (check) => check.rule === rule && check.subject === subject,
  )
}

function othersOf(vintage: Vintage, { previous, children }: Example): OtherReports {
  const index = (cells: Cells): FactIndex => indexFacts(formFacts(vintage, cells))
  return {
    ...(previous === undefined ? {} : { previous: index(previous) }),
    ...(children === undefined ? {} : { children: index(children) }),
  }
}

const APPLIED = '全年收到政府信息公开申请'
const COLUMN = 'natural_person'

/** A request of one natural person from its arrival to its total, so that rows and columns agree. */
const ONE_REQUEST: Cells = {
  'requests.new.natural_person': 5,
  'requests.new.total': 5,
  'requests.outcome.granted.natural_person': 5,
  'requests.outcome.granted.total': 5,
  'requests.outcome.total.natural_person': 5,
  'requests.outcome.total.total': 5,
}

const total = (key: string): string => `requests.outcome.${key}.total`

function subtotal(group: string, row: string): readonly [Example, Example] {
  const cells = { [`requests.outcome.${group}.${row}.${COLUMN}`]: 2 }
  const key = `requests.outcome.${group}.subtotal.${COLUMN}`
  return [
    { cells, extra: { [key]: 2 }, subject: COLUMN },
    { cells, extra: { [key]: 3 }, subject: COLUMN },
  ]
}

function combined(measure: string): readonly [Example, Example] {
  const cells = { [`litigation.direct.${measure}`]: 2, [`litigation.after_review.${measure}`]: 1 }
  return [
    { cells, extra: { [`litigation.all.${measure}`]: 3 } },
    { cells, extra: { [`litigation.all.${measure}`]: 4 } },
  ]
}

function statistics(right: Cells, wrong: Cells): readonly [Example, Example] {
  return [
    { vintage: '2014', cells: right },
    { vintage: '2014', cells: wrong },
  ]
}

function on2019(right: Cells, wrong: Cells, more: Example = {}): readonly [Example, Example] {
  return [
    { vintage: '2019', cells: right, ...more },
    { vintage: '2019', cells: wrong, ...more },
  ]
}

function prose(text: string, right: Cells, wrong: Cells, extra: Example = {}): readonly [Example, Example] {
  return [
    { prose: text, cells: right, ...extra },
    { prose: text, cells: wrong, ...extra },
  ]
}

function outcomes(phrase: string, key: string): readonly [Example, Example] {
  return prose(`答复政府信息公开申请，其中${phrase}4件。`, { [key]: 4 }, { [key]: 5 })
}

function results(cases: string, key: string, name: string): readonly [Example, Example] {
  return prose(`发生${cases}9件，其中${name}4件。`, { [key]: 4 }, { [key]: 3 })
}

/** For each rule: where it holds, and where it is broken. */
const EXAMPLES: Record<string, readonly [Example, Example]> = {
  'T3-BALANCE': [
    { cells: ONE_REQUEST, subject: COLUMN },
    { cells: { ...ONE_REQUEST, 'requests.new.natural_person': 6 }, subject: COLUMN },
  ],
  'T3-OUTCOME-19': on2019(
    { ...ONE_REQUEST, 'requests.outcome.other.subtotal.total': 1, 'requests.outcome.total.total': 6 },
    { ...ONE_REQUEST, 'requests.outcome.other.subtotal.total': 1 },
    { subject: 'total' },
  ),
  'T3-OUTCOME-21': [
    { cells: ONE_REQUEST, subject: COLUMN },
    { cells: { ...ONE_REQUEST, 'requests.outcome.other.misc.natural_person': 1 }, subject: COLUMN },
  ],
  'T3-ROW-19': on2019(ONE_REQUEST, { ...ONE_REQUEST, 'requests.new.other_org': 1 }, { subject: 'requests.new' }),
  'T3-ROW-21': [
    { cells: ONE_REQUEST, subject: 'requests.outcome.granted' },
    {
      cells: { ...ONE_REQUEST, 'requests.outcome.granted.total': 4 },
      subject: 'requests.outcome.granted',
    },
  ],
  'T3-SUB-DENIED': subtotal('denied', 'third_party'),
  'T3-SUB-UNAVAILABLE': subtotal('unavailable', 'not_held'),
  'T3-SUB-NOT_PROCESSED': subtotal('not_processed', 'duplicate'),
  'T3-SUB-OTHER': [
    {
      cells: { 'requests.outcome.other.misc.natural_person': 2, 'requests.outcome.other.subtotal.natural_person': 2 },
      subject: COLUMN,
    },
    {
      cells: { 'requests.outcome.other.misc.natural_person': 2, 'requests.outcome.other.subtotal.natural_person': 1 },
      subject: COLUMN,
    },
  ],
  'T3-EMPTY': [
    { cells: ONE_REQUEST, subject: COLUMN },
    { cells: { 'requests.carried_out.natural_person': 1 }, subject: COLUMN },
  ],
  'T3-CARRY-LE': [
    { cells: { 'requests.new.total': 2, 'requests.carried_out.total': 2 }, subject: 'total' },
    { cells: { 'requests.new.total': 2, 'requests.carried_out.total': 3 }, subject: 'total' },
  ],
  'T3-CARRY-SHARE': [
    { cells: { 'requests.new.total': 100, 'requests.carried_out.total': 30 } },
    { cells: { 'requests.new.total': 100, 'requests.carried_out.total': 31 } },
  ],
  'T4-REVIEW': [
    { cells: { 'review.total': 3, 'review.maintained': 2, 'review.pending': 1 } },
    { cells: { 'review.total': 0, 'review.maintained': 2, 'review.pending': 1 } },
  ],
  'T4-LITIGATION-DIRECT': [
    { cells: { 'litigation.direct.total': 1, 'litigation.direct.other': 1 } },
    { cells: { 'litigation.direct.total': 2, 'litigation.direct.other': 1 } },
  ],
  'T4-LITIGATION-AFTER-REVIEW': [
    { cells: { 'litigation.after_review.total': 1, 'litigation.after_review.corrected': 1 } },
    { cells: { 'litigation.after_review.total': 0, 'litigation.after_review.corrected': 1 } },
  ],
  'T4-LIT-ALL-MAINTAINED': combined('maintained'),
  'T4-LIT-ALL-CORRECTED': combined('corrected'),
  'T4-LIT-ALL-OTHER': combined('other'),
  'T4-LIT-ALL-PENDING': combined('pending'),
  'T4-LIT-ALL-TOTAL': combined('total'),
  'T4-AFTER-LE': [
    { cells: { 'litigation.after_review.total': 3, 'review.total': 2 }, previous: { 'review.total': 1 } },
    { cells: { 'litigation.after_review.total': 3, 'review.total': 2 }, previous: {} },
  ],
  'T4-VS-T3': [
    { cells: { 'review.total': 5, ...ONE_REQUEST }, previous: {} },
    { cells: { 'review.total': 5, 'litigation.direct.total': 2, ...ONE_REQUEST }, previous: { [total('total')]: 1 } },
  ],
  'T2-VALID-GE-MADE-REGULATIONS': [
    {
      cells: { 'proactive.regulations.made': 3, 'proactive.regulations.repealed': 1, 'proactive.regulations.valid': 2 },
    },
    {
      cells: { 'proactive.regulations.made': 3, 'proactive.regulations.repealed': 1, 'proactive.regulations.valid': 1 },
    },
  ],
  'T2-VALID-GE-MADE-NORMATIVE_DOCUMENTS': [
    { cells: { 'proactive.normative_documents.made': 3, 'proactive.normative_documents.valid': 30 } },
    { cells: { 'proactive.normative_documents.made': 3, 'proactive.normative_documents.valid': 2 } },
  ],
  'XY-VALID-REGULATIONS': [
    {
      cells: {
        'proactive.regulations.made': 2,
        'proactive.regulations.repealed': 1,
        'proactive.regulations.valid': 12,
      },
      previous: { 'proactive.regulations.valid': 11 },
    },
    {
      cells: { 'proactive.regulations.made': 2, 'proactive.regulations.valid': 12 },
      previous: { 'proactive.regulations.valid': 11 },
    },
  ],
  'XY-VALID-NORMATIVE_DOCUMENTS': [
    {
      cells: { 'proactive.normative_documents.made': 61, 'proactive.normative_documents.valid': 481 },
      previous: { 'proactive.normative_documents.valid': 420 },
    },
    {
      cells: { 'proactive.normative_documents.made': 61, 'proactive.normative_documents.valid': 422 },
      previous: { 'proactive.normative_documents.valid': 420 },
    },
  ],
  'T2-REG-POWER': [{}, { cells: { 'proactive.regulations.valid': 6 } }],
  'T2-REG-POWER-19': on2019({}, { 'proactive.regulations.disclosed_total': 1 }),
  'T2-FEE-UNIT': [
    { cells: { 'proactive.fees.amount_wanyuan': 7730.28 } },
    { cells: { 'proactive.fees.amount_wanyuan': 77_302_800 } },
  ],
  'T2-19-TOTAL-GE-NEW-REGULATIONS': on2019(
    { 'proactive.regulations.newly_disclosed': 2, 'proactive.regulations.disclosed_total': 2 },
    { 'proactive.regulations.newly_disclosed': 2, 'proactive.regulations.disclosed_total': 1 },
  ),
  'T2-19-NEW-VS-MADE-REGULATIONS': on2019(
    { 'proactive.regulations.newly_disclosed': 2, 'proactive.regulations.made': 2 },
    { 'proactive.regulations.newly_disclosed': 2, 'proactive.regulations.made': 1 },
  ),
  'XY-19-DISCLOSED-REGULATIONS': on2019(
    { 'proactive.regulations.newly_disclosed': 2, 'proactive.regulations.disclosed_total': 7 },
    { 'proactive.regulations.newly_disclosed': 2, 'proactive.regulations.disclosed_total': 5 },
    { previous: { 'proactive.regulations.disclosed_total': 5 } },
  ),
  'T2-19-TOTAL-GE-NEW-NORMATIVE_DOCUMENTS': on2019(
    { 'proactive.normative_documents.newly_disclosed': 2, 'proactive.normative_documents.disclosed_total': 3 },
    { 'proactive.normative_documents.newly_disclosed': 2 },
  ),
  'T2-19-NEW-VS-MADE-NORMATIVE_DOCUMENTS': on2019(
    { 'proactive.normative_documents.newly_disclosed': 2, 'proactive.normative_documents.made': 2 },
    { 'proactive.normative_documents.newly_disclosed': 332, 'proactive.normative_documents.made': 326 },
  ),
  'XY-19-DISCLOSED-NORMATIVE_DOCUMENTS': on2019(
    { 'proactive.normative_documents.disclosed_total': 5 },
    { 'proactive.normative_documents.disclosed_total': 6 },
    { previous: { 'proactive.normative_documents.disclosed_total': 5 } },
  ),
  'T2-19-ITEMS-NONNEG': on2019(
    { 'proactive.licensing.items_prev_year': 3, 'proactive.licensing.items_change': -3 },
    { 'proactive.licensing.items_prev_year': 3, 'proactive.licensing.items_change': -4 },
    { subject: 'proactive.licensing' },
  ),
  'XY-19-ITEMS': on2019(
    { 'proactive.fees.items_prev_year': 8 },
    { 'proactive.fees.items_prev_year': 9 },
    {
      previous: { 'proactive.fees.items_prev_year': 9, 'proactive.fees.items_change': -1 },
      subject: 'proactive.fees',
    },
  ),
  'T2-19-PROCUREMENT': on2019(
    { 'proactive.procurement.projects': 2, 'proactive.procurement.amount_wanyuan': 25.1 },
    { 'proactive.procurement.projects': 2 },
  ),
  'T2-19-DECISIONS-ITEMS': on2019(
    { 'proactive.penalties.items_prev_year': 2, 'proactive.penalties.decisions': 9 },
    { 'proactive.penalties.decisions': 9 },
    { subject: 'proactive.penalties' },
  ),
  'S14-NEW': statistics(
    { 'requests.new.total': 3, 'requests.new.channel.fax': 1, 'requests.new.channel.online': 2 },
    { 'requests.new.total': 4, 'requests.new.channel.fax': 1, 'requests.new.channel.online': 2 },
  ),
  'S14-COMPLETED': statistics(
    { 'requests.completed.total': 3, 'requests.completed.on_time': 3 },
    { 'requests.completed.total': 3, 'requests.completed.on_time': 3, 'requests.completed.extended': 1 },
  ),
  'S14-REPLIED': statistics(
    { 'requests.replied.total': 2, [total('unavailable.nonexistent')]: 2 },
    { 'requests.replied.total': 2, [total('unavailable.nonexistent')]: 1 },
  ),
  'S14-DENIED': statistics(
    { 'requests.replied.denied': 2, [total('denied.trade_secret')]: 2 },
    { 'requests.replied.denied': 2, [total('denied.trade_secret')]: 3 },
  ),
  'S14-REVIEW': statistics(
    { 'review.total': 2, 'review.other_or_pending': 2 },
    { 'review.total': 2, 'review.corrected': 1 },
  ),
  'S14-LITIGATION': statistics(
    { 'litigation.all.total': 2, 'litigation.all.maintained': 2 },
    { 'litigation.all.total': 2 },
  ),
  'S14-STAFF': statistics(
    { 'capacity.staff.total': 5, 'capacity.staff.full_time': 2, 'capacity.staff.part_time': 3 },
    { 'capacity.staff.total': 6, 'capacity.staff.full_time': 2, 'capacity.staff.part_time': 3 },
  ),
  'S14-NORMATIVE-LE': statistics(
    { 'proactive.normative_documents.newly_disclosed': 2, 'proactive.information.disclosed': 2 },
    { 'proactive.normative_documents.newly_disclosed': 2, 'proactive.information.disclosed': 1 },
  ),
  'S14-CHANNELS': statistics(
    { 'proactive.information.disclosed': 5, 'proactive.information.channel.website': 6 },
    { 'proactive.information.disclosed': 5, 'proactive.information.channel.website': 4 },
  ),
  'S14-PRESS-LE': statistics(
    { 'response.press_conferences.total': 2, 'response.press_conferences.by_principal': 2 },
    { 'response.press_conferences.by_principal': 2 },
  ),
  'S14-INTERVIEW-LE': statistics(
    { 'response.online_interviews.total': 2, 'response.online_interviews.by_principal': 1 },
    { 'response.online_interviews.total': 2, 'response.online_interviews.by_principal': 3 },
  ),
  'S14-COMPLETED-REPLIED': statistics(
    { 'requests.completed.total': 2, 'requests.replied.total': 2 },
    { 'requests.completed.total': 2, 'requests.replied.total': 1 },
  ),
  'S14-COMPLETED-NEW': statistics(
    { 'requests.completed.total': 2, 'requests.new.total': 3 },
    { 'requests.completed.total': 4, 'requests.new.total': 3 },
  ),
  'S14-DOCS': statistics(
    { 'proactive.normative_documents.newly_disclosed': 2, 'proactive.normative_documents.made': 2 },
    { 'proactive.normative_documents.newly_disclosed': 3, 'proactive.normative_documents.made': 2 },
  ),
  'XY-CARRY': [
    { cells: { 'requests.carried_in.total': 4 }, previous: { 'requests.carried_out.total': 4 }, subject: 'total' },
    { cells: { 'requests.carried_in.total': 4 }, previous: { 'requests.carried_out.total': 5 }, subject: 'total' },
  ],
  'XY-JUMP': [
    { cells: { 'requests.new.total': 500 }, previous: { 'requests.new.total': 50 }, subject: 'requests.new.total' },
    { cells: { 'requests.new.total': 550 }, previous: { 'requests.new.total': 50 }, subject: 'requests.new.total' },
  ],
  'XY-JUMP-FEES': [
    { cells: { 'proactive.fees.amount_wanyuan': 12 }, previous: { 'proactive.fees.amount_wanyuan': 15.5 } },
    { cells: { 'proactive.fees.amount_wanyuan': 120_000 }, previous: { 'proactive.fees.amount_wanyuan': 15.5 } },
  ],
  'XY-SAME': [
    { cells: ONE_REQUEST, previous: { ...ONE_REQUEST, 'review.total': 1 } },
    { cells: ONE_REQUEST, previous: ONE_REQUEST },
  ],
  'AGG-SUM': [
    { cells: ONE_REQUEST, children: ONE_REQUEST, subject: 'requests.new.total' },
    { cells: ONE_REQUEST, children: {}, subject: 'requests.new.total' },
  ],
  'D-INT': [
    { cells: { 'review.total': 3 }, subject: 'review.total' },
    { cells: { 'review.total': 3.5 }, subject: 'review.total' },
  ],
  'D-SIGNED': on2019(
    { 'proactive.fees.items_change': -26_524 },
    { 'proactive.fees.items_change': -2.5 },
    { subject: 'proactive.fees.items_change' },
  ),
  'D-MONEY': [
    { cells: { 'proactive.fees.amount_wanyuan': 59_237.2449 }, subject: 'proactive.fees.amount_wanyuan' },
    { cells: { 'proactive.fees.amount_wanyuan': -3 }, subject: 'proactive.fees.amount_wanyuan' },
  ],
  'ST-SECTIONS': [{}, { report: { sections: [section('overview', ''), section('other', '')] } }],
  'ST-TABLES': [
    {},
    { report: { formTables: reading('2021').formTables.map((table) => ({ ...table, state: 'picture' })) } },
  ],
  'ST-ROWS': [{}, { cells: { 'review.total': null } }],
  'ST-BLANK': [{}, { cells: { 'review.total': '', 'review.other': '—' } }],
  'ST-YEAR': [{}, { report: { period: { start: '2022-01-01', end: '2022-12-31' } } }],
  'ST-SEC5': [{}, { report: { sections: [section('problems', '无。')] } }],
  'ST-SEC6-FEE': [{}, { report: { sections: [section('other', '无其他需要报告的事项。')] } }],
  'ST-FORM-MIX': [{}, { report: { mixedForms: ['（六）其他处理'] } }],
  'N-NEW': prose('全年新收政府信息公开申请5件。', ONE_REQUEST, {}),
  'N-RECEIVED': prose(`${APPLIED}5件。`, ONE_REQUEST, {}),
  'N-HANDLED': prose('全年办理政府信息公开申请5件。', ONE_REQUEST, {}),
  'N-NONE': prose('全年未收到政府信息公开申请。', {}, ONE_REQUEST),
  'N-CARRIED-IN': prose('上年结转4件。申请', { 'requests.carried_in.total': 4 }, {}),
  'N-CARRIED-OUT': prose('结转下年度继续办理4件。', { 'requests.carried_out.total': 4 }, {}),
  'N-NO-CARRY-OUT': prose('无下年度结转。', {}, { 'requests.carried_out.total': 4 }),
  'N-REPLIED': prose('答复政府信息公开申请5件。', ONE_REQUEST, {}),
  'N-OUT-GRANTED': outcomes('予以公开', total('granted')),
  'N-OUT-PARTIAL': outcomes('部分公开', total('partial')),
  'N-OUT-DENIED': outcomes('不予公开', total('denied.third_party')),
  'N-OUT-UNAVAILABLE': outcomes('无法提供', total('unavailable.not_held')),
  'N-OUT-NOT-PROCESSED': outcomes('不予处理', total('not_processed.duplicate')),
  'N-OUT-OTHER': outcomes('其他处理', total('other.misc')),
  'N-REVIEW': prose('因政府信息公开引发行政复议4件。', { 'review.total': 4 }, {}),
  'N-LITIGATION': prose(
    '因政府信息公开引发行政诉讼4件。',
    { 'litigation.direct.total': 3, 'litigation.after_review.total': 1 },
    { 'litigation.direct.total': 3 },
  ),
  'N-REVIEW-MAINTAINED': results('行政复议', 'review.maintained', '结果维持'),
  'N-LITIGATION-MAINTAINED': results('行政诉讼', 'litigation.direct.maintained', '结果维持'),
  'N-REVIEW-CORRECTED': results('行政复议', 'review.corrected', '结果纠正'),
  'N-LITIGATION-CORRECTED': results('行政诉讼', 'litigation.after_review.corrected', '结果纠正'),
  'N-REVIEW-OTHER': results('行政复议', 'review.other', '其他结果'),
  'N-LITIGATION-OTHER': results('行政诉讼', 'litigation.direct.other', '其他结果'),
  'N-REVIEW-PENDING': results('行政复议', 'review.pending', '尚未审结'),
  'N-LITIGATION-PENDING': results('行政诉讼', 'litigation.direct.pending', '尚未审结'),
  'N-NO-REVIEW': prose('未发生行政复议和行政诉讼。', {}, { 'review.total': 1 }),
  'N-NO-LITIGATION': prose('未发生行政复议和行政诉讼。', {}, { 'litigation.after_review.total': 1 }),
  'N-DOCS-MADE': prose('制发规范性文件4件。', { 'proactive.normative_documents.made': 4 }, {}),
  'N-DOCS-REPEALED': prose('废止规范性文件4件。', { 'proactive.normative_documents.repealed': 4 }, {}),
  'N-DOCS-VALID': prose('现行有效规范性文件4件。', { 'proactive.normative_documents.valid': 4 }, {}),
  'N-INFO-FEE': [
    { prose: '收取信息处理费400元。', extra: { 'narrative.information_fee.collected_yuan': 400 } },
    { prose: '收取信息处理费400元。', extra: { 'narrative.information_fee.collected_yuan': 300 } },
  ],
  'N-NO-INFO-FEE': [
    { prose: '未收取信息处理费。', extra: { 'narrative.information_fee.collected_yuan': 0 } },
    { prose: '未收取信息处理费。', extra: { 'narrative.information_fee.collected_yuan': 300 } },
  ],
  'N-DISCLOSED': [
    {
      vintage: '2014',
      cells: { 'proactive.information.disclosed': 12 },
      report: proactiveProse('主动公开政府信息12条。'),
    },
    {
      vintage: '2014',
      cells: { 'proactive.information.disclosed': 11 },
      report: proactiveProse('主动公开政府信息12条。'),
    },
  ],
  'N-YOY': prose(
    '全年新收政府信息公开申请5件，同比增长25%。',
    ONE_REQUEST,
    { ...ONE_REQUEST, 'requests.new.total': 6 },
    { previous: { 'requests.new.total': 4 } },
  ),
  'N-SUM-IN-PROSE': [
    { prose: '答复政府信息公开申请5件，其中予以公开3件、部分公开2件。' },
    { prose: '答复政府信息公开申请5件，其中予以公开3件、部分公开1件。' },
  ],
}

function proactiveProse(text: string): Partial<ReportReading> {
  return { sections: [section('proactive', text)] }
}

test('every rule has its examples, and no example is of another rule', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(RULES.map(({ id }) => id).sort())
})

test('no rule stands twice', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length)
})

describe.each(Object.entries(EXAMPLES))('%s', (id, [held, broken]) => {
  test('passes where it holds', () => {
    expect(checkOf(id, held)).toMatchObject({ outcome: 'pass' })
  })

  test('fails where it is broken, at its level and with the facts that took part', () => {
    const rule = RULES.find((one) => one.id === id)
    const check = checkOf(id, broken)
    expect(check).toMatchObject({ outcome: 'fail', level: rule?.level })
    expect(check?.message).toMatch(/。$/)
  })
})

describe('the keys of the rules', () => {
  /** Derived figures that no form prints, and one that stands in prose alone. */
  const unprinted = /\.subtotal\.|^litigation\.all\.|^narrative\./

  const keysOf = (terms: readonly Term[]): readonly string[] =>
    terms.flatMap((term) => {
      if (typeof term === 'number') return []
      if (typeof term === 'string') return [term]
      return 'anyOf' in term ? term.anyOf.flat() : [term.key]
    })

  const relations = RULES.filter((rule): rule is RelationRule => 'op' in rule)

  test.each(relations.map((rule) => [rule.id, rule] as const))('%s are facts of the forms it is for', (_id, rule) => {
    for (const vintage of rule.vintages) {
      const known = new Set(formFacts(vintage).map(({ key }) => key))
      const strange = expand(rule)
        .flatMap(({ left, right }) => keysOf([...left, ...right]))
        .filter((key) => !known.has(key) && !unprinted.test(key))
      expect(strange).toEqual([])
    }
  })

  test('of a sum are never counts and money at once', () => {
    const types = new Map(
      Object.keys(FORMS).flatMap((vintage) =>
        formFacts(vintage as Vintage).map(({ key, type }) => [key, type] as const),
      ),
    )
    const mixed = relations
      .filter(({ op }) => op !== 'both_zero_or_both_positive')
      .flatMap(expand)
      .filter(({ left, right }) => {
        const money = keysOf([...left, ...right]).map((key) => types.get(key) === 'decimal')
        return money.includes(true) && money.includes(false)
      })
    expect(mixed).toEqual([])
  })
})
