/**
 * What the forms of 2019 (国办公开办函〔2019〕60号) and 2021 (国办公开办函〔2021〕30号) have in common: the six sections, the
 * applicant columns and most rows of the table of requests, and the table of review and litigation.
 */
import type { ColumnSpec, RowSpec, SectionSpec, TableSpec } from '../form.js'

export const SECTIONS: readonly SectionSpec[] = [
  {
    key: 'overview',
    title: '总体情况',
    pattern: /^(?:政府信息公开(?:工作)?)?(?:年度)?(?:工作)?(?:总体(?:工作)?情况|概述)$/,
    loose: /(?:总体|概述|概况|基本情况|工作情况|开展情况)/,
    required: true,
  },
  {
    key: 'proactive',
    title: '主动公开政府信息情况',
    pattern: /^(?:行政机关)?主动公开政府信息(?:的)?情况$/,
    loose: /主动公开.*情况$/,
    required: true,
  },
  {
    key: 'requests',
    title: '收到和处理政府信息公开申请情况',
    pattern: /^(?:行政机关)?(?:收到(?:和|及|与)?处理|收到并处理)政府信息公开申请(?:的)?情况$/,
    loose: /(?:申请.*情况|依申请公开.*)$/,
    required: true,
  },
  {
    key: 'review_litigation',
    title: '政府信息公开行政复议、行政诉讼情况',
    pattern:
      /^(?:因)?政府信息公开(?:工作)?(?:被)?(?:申请|提起)?行政复议(?:和|、|及|与|，|,)?(?:被)?(?:提起)?行政诉讼(?:的)?情况$/,
    loose: /(?:复议|诉讼).*情况$/,
    required: true,
  },
  {
    key: 'problems',
    title: '存在的主要问题及改进情况',
    pattern: /^(?:政府信息公开工作)?(?:中)?存在(?:的)?(?:主要)?问题(?:及|和|与)(?:下一步)?改进(?:情况|措施)(?:情况)?$/,
    loose: /问题|不足|改进|打算/,
    required: true,
  },
  {
    key: 'other',
    title: '其他需要报告的事项',
    pattern: /^其[他它](?:需要)?(?:报告|说明)(?:的)?事项$/,
    loose: /其[他它].*(?:事项|情况)$|需要(?:说明|报告)的.*事项/,
    required: true,
  },
]

/** What the form prints over the labels of the table of requests. */
export const CORNER_NOTE = '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）'

/** The kinds of applicant: the seven figure columns of the table of requests. */
export const APPLICANTS: readonly ColumnSpec[] = [
  {
    label: '申请人情况',
    children: [
      { key: 'natural_person', label: '自然人' },
      {
        label: '法人或其他组织',
        children: [
          { key: 'commercial_enterprise', label: '商业企业', variants: ['企业'] },
          { key: 'research_institution', label: '科研机构', variants: ['科研'] },
          { key: 'public_interest_org', label: '社会公益组织', variants: ['公益组织', '社会组织'] },
          { key: 'legal_service_org', label: '法律服务机构', variants: ['法律服务'] },
          { key: 'other_org', label: '其他' },
        ],
      },
      { key: 'total', label: '总计' },
    ],
  },
]

/** The rows above （六）其他处理, which is where the two forms differ. */
const RECEIVED: readonly RowSpec[] = [
  {
    key: 'requests.new',
    label: '一、本年新收政府信息公开申请数量',
    variants: ['一、本年新收政府信息公开申请数', '一、本年度新收政府信息公开申请数量'],
  },
  {
    key: 'requests.carried_in',
    label: '二、上年结转政府信息公开申请数量',
    variants: ['上年转结政府信息公开申请', '二、上年结转政府信息公开申请数', '二、上年度结转政府信息公开申请数量'],
  },
]

const OUTCOMES: readonly RowSpec[] = [
  { key: 'requests.outcome.granted', label: '（一）予以公开', variants: ['（一）予以公开情况'] },
  {
    key: 'requests.outcome.partial',
    label: '（二）部分公开（区分处理的，只计这一情形，不计其他情形）',
    variants: [
      '（二）部分公开（区分处理的，只计这一情况，不计其他情形）',
      '（二）部分公开',
      '（二）部分公开（区分处理）',
    ],
  },
  {
    label: '（三）不予公开',
    children: [
      { key: 'requests.outcome.denied.state_secret', label: '1.属于国家秘密' },
      {
        key: 'requests.outcome.denied.other_law',
        label: '2.其他法律行政法规禁止公开',
        variants: ['2.其他法律行政止公开', '2.其他法律、行政法规禁止公开', '2.其他法律法规禁止公开'],
      },
      { key: 'requests.outcome.denied.three_security_one_stability', label: '3.危及“三安全一稳定”' },
      {
        key: 'requests.outcome.denied.third_party',
        label: '4.保护第三方合法权益',
        variants: ['4.保护第三方合法利益', '4.保护第三方权益'],
      },
      {
        key: 'requests.outcome.denied.internal_affairs',
        label: '5.属于三类内部事务信息',
        variants: ['5.属于三类内容事务信息', '5.属于三类内部事物信息', '5.属于内部事务信息'],
      },
      {
        key: 'requests.outcome.denied.process_information',
        label: '6.属于四类过程性信息',
        variants: ['属于四类过程性性信息', '6.属于四类过程信息', '6.属于过程性信息'],
      },
      {
        key: 'requests.outcome.denied.enforcement_file',
        label: '7.属于行政执法案卷',
        variants: ['7.属于行政执法案卷信息', '7.属于行政执法案件'],
      },
      {
        key: 'requests.outcome.denied.administrative_inquiry',
        label: '8.属于行政查询事项',
        variants: ['8.属于行政查询事项信息', '8.行政查询事项'],
      },
    ],
  },
  {
    label: '（四）无法提供',
    children: [
      {
        key: 'requests.outcome.unavailable.not_held',
        label: '1.本机关不掌握相关政府信息',
        variants: ['本办不掌握相关政府信息', '1.本机关不掌握相关信息', '1.本行政机关不掌握相关政府信息'],
      },
      {
        key: 'requests.outcome.unavailable.needs_creation',
        label: '2.没有现成信息需要另行制作',
        variants: ['2.没有现成信息需另行制作', '2.没有现成信息、需要另行制作'],
      },
      {
        key: 'requests.outcome.unavailable.still_unclear',
        label: '3.补正后申请内容仍不明确',
        variants: ['3.补正后申请内容仍不明', '3.补正后仍不明确'],
      },
    ],
  },
  {
    label: '（五）不予处理',
    children: [
      {
        key: 'requests.outcome.not_processed.petition_complaint',
        label: '1.信访举报投诉类申请',
        variants: ['1.信访、举报、投诉类申请', '1.信访举报投诉类'],
      },
      { key: 'requests.outcome.not_processed.duplicate', label: '2.重复申请', variants: ['2.重复的申请'] },
      {
        key: 'requests.outcome.not_processed.public_publication',
        label: '3.要求提供公开出版物',
        variants: ['3.要求提供公开的出版物'],
      },
      {
        key: 'requests.outcome.not_processed.excessive_repeated',
        label: '4.无正当理由大量反复申请',
        variants: ['4.无正当理由大量、反复申请'],
      },
      {
        key: 'requests.outcome.not_processed.confirm_or_reissue',
        label: '5.要求行政机关确认或重新出具已获取信息',
        variants: ['5.要求行政机关确认或者重新出具已获取信息', '5.要求行政机关确认或重新出具已获取的信息'],
      },
    ],
  },
]

/** The rows of the table of requests around the vintage's own row （六）其他处理. */
export function requestRows(other: RowSpec): readonly RowSpec[] {
  return [
    ...RECEIVED,
    {
      label: '三、本年度办理结果',
      variants: ['三、本年办理结果'],
      children: [
        ...OUTCOMES,
        other,
        { key: 'requests.outcome.total', label: '（七）总计', variants: ['（七）合计', '办理结果总计'] },
      ],
    },
    {
      key: 'requests.carried_out',
      label: '四、结转下年度继续办理',
      variants: ['四、结转下年度', '四、结转下一年度继续办理', '四、结转下年继续办理'],
    },
  ]
}

export const REVIEW_LITIGATION: TableSpec = {
  key: 'review_litigation',
  record: 'review_litigation',
  section: 'review_litigation',
  title: '政府信息公开行政复议、行政诉讼情况',
  facts: 'column',
  columns: [
    {
      label: '行政复议',
      children: [
        { key: 'review.maintained', label: '结果维持' },
        { key: 'review.corrected', label: '结果纠正' },
        { key: 'review.other', label: '其他结果' },
        { key: 'review.pending', label: '尚未审结' },
        { key: 'review.total', label: '总计', variants: ['合计'] },
      ],
    },
    {
      label: '行政诉讼',
      children: [
        {
          label: '未经复议直接起诉',
          children: [
            { key: 'litigation.direct.maintained', label: '结果维持' },
            { key: 'litigation.direct.corrected', label: '结果纠正' },
            { key: 'litigation.direct.other', label: '其他结果' },
            { key: 'litigation.direct.pending', label: '尚未审结' },
            { key: 'litigation.direct.total', label: '总计', variants: ['合计'] },
          ],
        },
        {
          label: '复议后起诉',
          children: [
            { key: 'litigation.after_review.maintained', label: '结果维持' },
            { key: 'litigation.after_review.corrected', label: '结果纠正' },
            { key: 'litigation.after_review.other', label: '其他结果' },
            { key: 'litigation.after_review.pending', label: '尚未审结' },
            { key: 'litigation.after_review.total', label: '总计', variants: ['合计'] },
          ],
        },
      ],
    },
  ],
  rows: [{ key: 'count', label: '' }],
}
