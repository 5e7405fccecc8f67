/**
 * Every sample of our own making: what it is called, what it reports, and how its bytes come about.
 *
 * The organs do not exist and the figures are dealt out by seed. Where a publisher's error is wanted, it is put in here and
 * nowhere else, so that what a sample shows can be read off its entry.
 */
import { form2014 } from '../../src/report/forms/2014.js'
import { form2019 } from '../../src/report/forms/2019.js'
import { form2021 } from '../../src/report/forms/2021.js'
import { gbk } from '../../test/build/gbk.js'
import { zip } from '../../test/build/zip.js'
import { docxOf } from './docx.js'
import { printPage, sitePage } from './html.js'
import type { SampleReport } from './model.js'
import { NOTICE_TITLE, notice } from './notice.js'
import { type Draft, reportOf } from './report.js'
import { markdown, plainText } from './text.js'
import { wordPage } from './word-html.js'

export interface Sample {
  readonly file: string
  readonly made: Made
  /** One, or one for each member of a zip; none where the file is no report. */
  readonly reports: readonly { readonly name: string; readonly report: SampleReport }[]
}

/** The other programs never give the same bytes twice. */
export type Made =
  | { readonly by: 'script'; readonly bytes: Uint8Array }
  | { readonly by: 'libreoffice'; readonly docx: Uint8Array }
  | { readonly by: 'chromium'; readonly html: string }

const waterBureau = reportOf({
  organ: '清源市水务局',
  self: '我局',
  year: 2023,
  form: form2021,
  seed: 101,
  size: { requests: 38, documents: 21, decisions: 420, disputes: 3 },
})

const cityGovernment = reportOf({
  organ: '临澜市人民政府',
  self: '我市',
  year: 2022,
  form: form2021,
  seed: 102,
  size: { requests: 2360, documents: 412, decisions: 186_000, disputes: 96, regulations: 14 },
  titleLines: ['临澜市人民政府', '2022年政府信息公开工作年度报告'],
  fee: 1320,
  print: withThousands,
})

const educationBureau2020 = reportOf({
  organ: '望岫县教育局',
  self: '我局',
  year: 2020,
  form: form2019,
  seed: 103,
  size: { requests: 24, documents: 9, decisions: 130, disputes: 1 },
  apart: true,
  titleLines: ['望岫县教育局', '2020年政府信息公开工作年度报告'],
})

const justiceBureau2016 = reportOf({
  organ: '云岫区司法局',
  self: '我局',
  year: 2016,
  form: form2014,
  seed: 104,
  size: { requests: 17, documents: 12, decisions: 150, disputes: 2 },
})

const commerceBureau = reportOf({
  organ: '临澜市商务局',
  self: '我局',
  year: 2024,
  form: form2021,
  seed: 105,
  size: { requests: 51, documents: 16, decisions: 260, disputes: 4 },
})

const landBureau2019 = reportOf({
  organ: '青墟县自然资源局',
  self: '我局',
  year: 2019,
  form: form2019,
  seed: 106,
  size: { requests: 143, documents: 11, decisions: 880, disputes: 7 },
})

const townBlanks: Draft = {
  organ: '石杏镇人民政府',
  self: '我镇',
  year: 2020,
  form: form2019,
  seed: 107,
  size: { requests: 5, documents: 2, decisions: 12, disputes: 0 },
}

const subdistrict: Draft = {
  organ: '澜东街道办事处',
  self: '我街道',
  year: 2021,
  form: form2021,
  seed: 108,
  size: { requests: 14, documents: 3, decisions: 40, disputes: 1 },
}

const civilAffairs: Draft = {
  organ: '清源市民政局',
  self: '我局',
  year: 2022,
  form: form2021,
  seed: 109,
  size: { requests: 33, documents: 18, decisions: 210, disputes: 2 },
}

const countyGovernment: Draft = {
  organ: '望岫县人民政府',
  self: '我县',
  year: 2023,
  form: form2021,
  seed: 110,
  size: { requests: 264, documents: 73, decisions: 21_500, disputes: 12 },
}

const educationBureau2022: Draft = {
  organ: '云岫区教育局',
  self: '我局',
  year: 2022,
  form: form2021,
  seed: 111,
  size: { requests: 29, documents: 7, decisions: 95, disputes: 0 },
}

const forestryBureau: Draft = {
  organ: '青墟县林业局',
  self: '我局',
  year: 2023,
  form: form2021,
  seed: 112,
  size: { requests: 19, documents: 6, decisions: 150, disputes: 1 },
}

const islandTown = reportOf({
  organ: '桃屿镇人民政府',
  self: '我镇',
  year: 2023,
  form: form2021,
  seed: 113,
  size: { requests: 0, documents: 0, decisions: 0, disputes: 0 },
})

const shoreSubdistrict = reportOf({
  organ: '杏汀街道办事处',
  self: '我街道',
  year: 2023,
  form: form2021,
  seed: 114,
  size: { requests: 8, documents: 2, decisions: 30, disputes: 0 },
})

export const SAMPLES: readonly Sample[] = [
  single('清源市水务局2023年度报告.docx', waterBureau, (report) => word(report, 'automatic')),
  single('清源市水务局2023年度报告.pdf', waterBureau, (report) => ({
    by: 'libreoffice',
    docx: docxOf(report.title, report.blocks, { numbering: 'automatic' }),
  })),
  single('临澜市人民政府2022年度报告.pdf', cityGovernment, (report) => ({
    by: 'chromium',
    html: printPage(report, { font: 'Droid Sans Fallback' }),
  })),
  single('望岫县教育局2020年度报告.docx', educationBureau2020, (report) => word(report, 'typed')),
  single('云岫区司法局2016年度报告.docx', justiceBureau2016, (report) => word(report, 'typed')),
  single('临澜市商务局2024年度报告.html', commerceBureau, (report) => script(utf8(sitePage(report)))),
  single('青墟县自然资源局2019年度报告.html', landBureau2019, (report) => script(gbk(wordPage(report)))),
  single(
    '石杏镇人民政府2020年度报告-零值留空.txt',
    reportOf({ ...townBlanks, print: (figure, key) => (figure === 0 && !key.endsWith('total') ? '' : String(figure)) }),
    (report) => script(utf8(`\ufeff${plainText(report)}`)),
  ),
  single('澜东街道办事处2021年度报告-正文与表格不符.md', reportOf({ ...subdistrict, misstatedRequests: 2 }), (report) =>
    script(utf8(markdown(report))),
  ),
  single(
    '清源市民政局2022年度报告-行合计有误.docx',
    reportOf({ ...civilAffairs, misprints: { 'requests.outcome.granted.total': 1 } }),
    (report) => word(report, 'automatic'),
  ),
  single(
    '望岫县人民政府2023年度报告-复议总计为零.pdf',
    reportOf({ ...countyGovernment, misprints: { 'review.total': -countyGovernment.size.disputes } }),
    (report) => ({ by: 'chromium', html: printPage(report, { font: 'Noto Serif CJK SC', landscape: true }) }),
  ),
  single(
    '云岫区教育局2022年度报告-勾稽不平.html',
    reportOf({
      ...educationBureau2022,
      misprints: { 'requests.new.natural_person': 1, 'requests.new.commercial_enterprise': -1 },
    }),
    (report) => script(utf8(sitePage(report))),
  ),
  single(
    '青墟县林业局2023年度报告-沿用旧表.docx',
    reportOf({ ...forestryBureau, layout: { singleOtherRow: true } }),
    (report) => word(report, 'typed'),
  ),
  archive('临澜市镇街2023年度报告.zip', [
    { name: '临澜市镇街/桃屿镇人民政府2023年度报告.txt', report: islandTown, bytes: gbk(plainText(islandTown)) },
    {
      name: '临澜市镇街/杏汀街道办事处2023年度报告.docx',
      report: shoreSubdistrict,
      bytes: docxOf(shoreSubdistrict.title, shoreSubdistrict.blocks, { numbering: 'typed' }),
    },
  ]),
  {
    file: '清源市人民政府办公室关于报送年度报告的通知.docx',
    made: script(docxOf(NOTICE_TITLE, notice(), { numbering: 'typed' })),
    reports: [],
  },
]

function single(file: string, report: SampleReport, make: (report: SampleReport) => Made): Sample {
  return { file, made: make(report), reports: [{ name: file, report }] }
}

/** Stored, not deflated: what deflating gives depends on the version of Node. */
function archive(
  file: string,
  members: readonly { readonly name: string; readonly report: SampleReport; readonly bytes: Uint8Array }[],
): Sample {
  const bytes = zip(...members.map((member) => ({ name: gbk(member.name), data: member.bytes, method: 0 })))
  return { file, made: script(bytes), reports: members }
}

function word(report: SampleReport, numbering: 'automatic' | 'typed'): Made {
  return script(docxOf(report.title, report.blocks, { numbering }))
}

function script(bytes: Uint8Array): Made {
  return { by: 'script', bytes }
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function withThousands(figure: number): string {
  const [whole = '', decimals] = String(figure).split('.')
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
  return decimals === undefined ? grouped : `${grouped}.${decimals}`
}
