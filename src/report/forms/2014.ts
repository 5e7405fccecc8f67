/**
 * 国办发〔2014〕32号: one statistics table behind free prose in the order of art. 32 of the Regulations of 2007. No layout of the
 * prose is fixed, so no section is required. Provinces and cities put in rows and columns of their own; they are passed over.
 */
import type { Form } from '../form.js'

export const form2014: Form = {
  vintage: '2014',
  years: { from: 2014, to: 2018 },
  sections: [
    {
      key: 'overview',
      title: '概述',
      pattern:
        /^(?:政府信息公开)?(?:工作)?(?:概述|总体(?:工作)?情况|主要工作概述|基本工作情况|基本情况|政府信息公开工作要点落实情况)$/,
      loose: /(?:总体|概述|概况|基本情况|工作情况|开展情况)/,
      required: false,
    },
    {
      key: 'proactive',
      title: '主动公开政府信息情况',
      pattern: /^(?:政府信息)?主动公开(?:政府信息)?(?:的)?情况$/,
      loose: /主动公开.*情况$/,
      required: false,
    },
    {
      key: 'requests',
      title: '依申请公开政府信息情况',
      pattern: /^(?:政府信息)?依申请公开(?:政府信息)?(?:办理)?(?:和不予公开政府信息(?:的)?)?(?:的)?情况$/,
      loose: /(?:申请.*情况|依申请公开.*)$/,
      required: false,
    },
    {
      key: null,
      title: '政府信息公开的收费及减免情况',
      pattern: /^(?:政府信息公开|依申请)?(?:的)?收费(?:及|和)减免(?:的)?情况$/,
      required: false,
    },
    {
      key: 'review_litigation',
      title: '因政府信息公开申请行政复议、提起行政诉讼的情况',
      pattern:
        /^(?:因)?(?:政府信息公开)?(?:工作)?(?:被)?(?:申请)?(?:投诉举报、)?(?:行政)?复议(?:和|、|及)?(?:提起)?(?:行政)?诉讼(?:和(?:投诉|申诉|举报投诉))?(?:的)?情况$/,
      loose: /(?:复议|诉讼).*情况$/,
      required: false,
    },
    {
      key: 'problems',
      title: '存在的主要问题及改进措施',
      pattern: /^(?:政府信息公开工作)?(?:中)?(?:存在(?:的)?)?(?:主要)?问题(?:及|和|与)(?:改进(?:情况|措施)|工作打算)$/,
      loose: /问题|不足|改进|打算/,
      required: false,
    },
    {
      key: 'other',
      title: '需要说明的事项与附表',
      pattern: /^(?:其他)?需要(?:说明|报告)的(?:其他)?事项(?:与附表)?$/,
      loose: /其[他它].*(?:事项|情况)$|需要(?:说明|报告)的.*事项/,
      required: false,
    },
    { key: null, title: '回应解读情况', pattern: /^回应解读情况$/, required: false },
    {
      key: null,
      title: '机构建设和保障经费情况',
      pattern: /^(?:政府信息公开)?(?:工作)?机构(?:建设|设置|、人员)?.{0,12}(?:经费|人员).{0,6}情况$/,
      required: false,
    },
    { key: null, title: '政府信息公开会议和培训情况', pattern: /^政府信息公开会议和培训情况$/, required: false },
  ],
  tables: [
    {
      key: 'statistics_2014',
      record: 'statistics',
      section: null,
      title: '政府信息公开情况统计表',
      facts: 'row',
      columns: [{ key: 'value', label: '统计数', variants: ['本年累计', '数量', '统计数据', '统计数字', '数值'] }],
      otherColumns: ['统计指标', '指标', '单位', '计量单位', '序号', '代码', '指标代码', '本期实际'],
      rows: [
        {
          label: '一、主动公开情况',
          children: [
            {
              key: 'proactive.information.disclosed',
              label: '（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）',
              unit: '条',
              children: [
                {
                  key: 'proactive.normative_documents.newly_disclosed',
                  label: '其中：主动公开规范性文件数',
                  unit: '条',
                },
                { key: 'proactive.normative_documents.made', label: '制发规范性文件总数', unit: '件' },
              ],
            },
            {
              label: '（二）通过不同渠道和方式公开政府信息的情况',
              children: [
                { key: 'proactive.information.channel.gazette', label: '1.政府公报公开政府信息数', unit: '条' },
                { key: 'proactive.information.channel.website', label: '2.政府网站公开政府信息数', unit: '条' },
                { key: 'proactive.information.channel.weibo', label: '3.政务微博公开政府信息数', unit: '条' },
                { key: 'proactive.information.channel.wechat', label: '4.政务微信公开政府信息数', unit: '条' },
                { key: 'proactive.information.channel.other', label: '5.其他方式公开政府信息数', unit: '条' },
              ],
            },
          ],
        },
        {
          label: '二、回应解读情况',
          children: [
            {
              key: 'response.hotspots',
              label: '（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）',
              unit: '次',
            },
            {
              label: '（二）通过不同渠道和方式回应解读的情况',
              children: [
                {
                  key: 'response.press_conferences.total',
                  label: '1.参加或举办新闻发布会总次数',
                  unit: '次',
                  children: [
                    {
                      key: 'response.press_conferences.by_principal',
                      label: '其中：主要负责同志参加新闻发布会次数',
                      unit: '次',
                    },
                  ],
                },
                {
                  key: 'response.online_interviews.total',
                  label: '2.政府网站在线访谈次数',
                  unit: '次',
                  children: [
                    {
                      key: 'response.online_interviews.by_principal',
                      label: '其中：主要负责同志参加政府网站在线访谈次数',
                      unit: '次',
                    },
                  ],
                },
                { key: 'response.policy_interpretations', label: '3.政策解读稿件发布数', unit: '篇' },
                { key: 'response.weibo_wechat', label: '4.微博微信回应事件数', unit: '次' },
                { key: 'response.other', label: '5.其他方式回应事件数', unit: '次' },
              ],
            },
          ],
        },
        {
          label: '三、依申请公开情况',
          children: [
            {
              key: 'requests.new.total',
              label: '（一）收到申请数',
              unit: '件',
              children: [
                { key: 'requests.new.channel.in_person', label: '1.当面申请数', unit: '件' },
                { key: 'requests.new.channel.fax', label: '2.传真申请数', unit: '件' },
                { key: 'requests.new.channel.online', label: '3.网络申请数', unit: '件' },
                { key: 'requests.new.channel.letter', label: '4.信函申请数', unit: '件' },
              ],
            },
            {
              key: 'requests.completed.total',
              label: '（二）申请办结数',
              unit: '件',
              children: [
                { key: 'requests.completed.on_time', label: '1.按时办结数', unit: '件' },
                { key: 'requests.completed.extended', label: '2.延期办结数', unit: '件' },
              ],
            },
            {
              key: 'requests.replied.total',
              label: '（三）申请答复数',
              unit: '件',
              children: [
                { key: 'requests.replied.already_public', label: '1.属于已主动公开范围数', unit: '件' },
                { key: 'requests.replied.agreed', label: '2.同意公开答复数', unit: '件' },
                { key: 'requests.outcome.partial.total', label: '3.同意部分公开答复数', unit: '件' },
                {
                  key: 'requests.replied.denied',
                  label: '4.不同意公开答复数',
                  unit: '件',
                  children: [
                    { key: 'requests.outcome.denied.state_secret.total', label: '其中：涉及国家秘密', unit: '件' },
                    { key: 'requests.outcome.denied.trade_secret.total', label: '涉及商业秘密', unit: '件' },
                    { key: 'requests.outcome.denied.personal_privacy.total', label: '涉及个人隐私', unit: '件' },
                    {
                      key: 'requests.outcome.denied.three_security_one_stability.total',
                      label: '危及国家安全、公共安全、经济安全和社会稳定',
                      unit: '件',
                    },
                    {
                      key: 'requests.outcome.denied.not_government_information.total',
                      label: '不是《条例》所指政府信息',
                      unit: '件',
                    },
                    {
                      key: 'requests.outcome.denied.other_legal_grounds.total',
                      label: '法律法规规定的其他情形',
                      unit: '件',
                    },
                  ],
                },
                {
                  key: 'requests.outcome.unavailable.not_this_organ.total',
                  label: '5.不属于本行政机关公开数',
                  unit: '件',
                },
                { key: 'requests.outcome.unavailable.nonexistent.total', label: '6.申请信息不存在数', unit: '件' },
                { key: 'requests.replied.asked_to_amend', label: '7.告知作出更改补充数', unit: '件' },
                { key: 'requests.replied.redirected', label: '8.告知通过其他途径办理数', unit: '件' },
              ],
            },
          ],
        },
        {
          key: 'review.total',
          label: '四、行政复议数量',
          unit: '件',
          children: [
            { key: 'review.maintained', label: '（一）维持具体行政行为数', unit: '件' },
            { key: 'review.corrected', label: '（二）被依法纠错数', unit: '件' },
            { key: 'review.other_or_pending', label: '（三）其他情形数', unit: '件' },
          ],
        },
        {
          key: 'litigation.all.total',
          label: '五、行政诉讼数量',
          unit: '件',
          children: [
            { key: 'litigation.all.maintained', label: '（一）维持具体行政行为或者驳回原告诉讼请求数', unit: '件' },
            { key: 'litigation.all.corrected', label: '（二）被依法纠错数', unit: '件' },
            { key: 'litigation.all.other_or_pending', label: '（三）其他情形数', unit: '件' },
          ],
        },
        { key: 'complaints.total', label: '六、举报投诉数量', unit: '件' },
        { key: 'requests.fees_wanyuan', label: '七、依申请公开信息收取的费用', unit: '万元', type: 'decimal' },
        {
          label: '八、机构建设和保障经费情况',
          children: [
            { key: 'capacity.dedicated_offices', label: '（一）政府信息公开工作专门机构数', unit: '个' },
            { key: 'capacity.reading_points', label: '（二）设置政府信息公开查阅点数', unit: '个' },
            {
              key: 'capacity.staff.total',
              label: '（三）从事政府信息公开工作人员数',
              unit: '人',
              children: [
                {
                  key: 'capacity.staff.full_time',
                  label: '1.专职人员数（不包括政府公报及政府网站工作人员数）',
                  unit: '人',
                },
                { key: 'capacity.staff.part_time', label: '2.兼职人员数', unit: '人' },
              ],
            },
            {
              key: 'capacity.budget_wanyuan',
              label: '（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）',
              unit: '万元',
              type: 'decimal',
            },
          ],
        },
        {
          label: '九、政府信息公开会议和培训情况',
          children: [
            { key: 'training.meetings', label: '（一）召开政府信息公开工作会议或专题会议数', unit: '次' },
            { key: 'training.courses', label: '（二）举办各类培训班数', unit: '次' },
            { key: 'training.participants', label: '（三）接受培训人员数', unit: '人次' },
          ],
        },
      ],
    },
  ],
}
