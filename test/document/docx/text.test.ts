import { describe, expect, test } from '@jest/globals'
import { docxParts, p, packageOf, paragraph, part, relationships, run, text } from '../../build/docx.js'
import { documentOf, paragraphsOf, plain, read, readWithDoubts, texts } from '../../build/docx-reading.js'

const style = (id: string, name: string, content: string, kind = 'paragraph'): string =>
  `<w:style w:type="${kind}" w:styleId="${id}"><w:name w:val="${name}"/>${content}</w:style>`
const styled = (id: string): string => `<w:pStyle w:val="${id}"/>`

const cueOf = async (body: string, styles?: string) => {
  const [first] = paragraphsOf(await read(body, styles === undefined ? {} : { styles }))
  return first?.cue
}

describe('paragraphs', () => {
  test('blank ones give no block and no line number', async () => {
    const document = await read(p('甲') + paragraph('') + p('　 ') + p('乙'))
    expect(document.blocks.map((block) => (block.kind === 'paragraph' ? [block.text, block.location] : []))).toEqual([
      ['甲', { kind: 'line', line: 1 }],
      ['乙', { kind: 'line', line: 2 }],
    ])
    expect(document.pages).toEqual([])
  })

  test('runs are joined without anything between them', async () => {
    expect(await texts(paragraph(run('收到') + run('12') + run('件')))).toEqual(['收到12件'])
  })

  test('white space around a text counts only where the file says so', async () => {
    const loose = '<w:r><w:t> 甲 </w:t></w:r>'
    expect(await texts(paragraph(loose + run(' 乙 ')))).toEqual(['甲 乙 '])
  })

  test('white space counts where the whole document says so', async () => {
    const main = part('w:document', '<w:body><w:p><w:r><w:t> 甲 </w:t></w:r></w:p></w:body>')
    const keeping = main.replace('<w:document ', '<w:document xml:space="preserve" ')
    expect(plain(await documentOf(packageOf({ 'word/document.xml': main })))).toEqual(['甲'])
    expect(plain(await documentOf(packageOf({ 'word/document.xml': keeping })))).toEqual([' 甲 '])
  })

  test('a line end within a text is a space', async () => {
    expect(await texts(paragraph(run('甲\n乙')))).toEqual(['甲 乙'])
  })

  test('tabs, soft breaks and hyphens are characters', async () => {
    const body = paragraph(
      `<w:r>${text('甲')}<w:tab/>${text('乙')}<w:br/>${text('丙')}<w:noBreakHyphen/>${text('丁')}<w:softHyphen/>${text('戊')}</w:r>`,
    )
    expect(await texts(body)).toEqual(['甲\t乙\n丙-丁戊'])
  })

  test('breaks at the ends of a paragraph are not part of it', async () => {
    expect(await texts(paragraph(`<w:r><w:br w:type="page"/>${text('二、主动公开')}<w:br/></w:r>`))).toEqual([
      '二、主动公开',
    ])
  })

  test('tab stops in the properties are not tabs', async () => {
    expect(await texts(p('甲', '<w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs>'))).toEqual(['甲'])
  })

  test('characters of symbol fonts become the characters that they look like', async () => {
    const sym = (font: string, char: string): string => `<w:sym w:font="${font}" w:char="${char}"/>`
    const signs = [
      sym('Wingdings', 'F0FE'),
      sym('Wingdings 2', '0052'),
      sym('Symbol', 'F0B4'),
      sym('Wingdings', 'F081'),
      sym('宋体', '2460'),
    ]
    expect(await texts(paragraph(`<w:r>${signs.join('')}</w:r>`))).toEqual(['☑☑×①①'])
  })

  test('a character of a symbol font that is not known stays one that is no figure', async () => {
    const [shown] = await texts(paragraph('<w:r><w:sym w:font="Wingdings" w:char="0031"/></w:r>'))
    expect(shown).toBe('\uf031')
  })
})

describe('cues', () => {
  test('bold, centring and size come from the paragraph itself', async () => {
    const body = p('年度报告', '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="44"/>')
    expect(await cueOf(body)).toEqual({ level: null, bold: true, centred: true, size: 22 })
  })

  test('a paragraph that is bold in part is not bold', async () => {
    expect((await cueOf(paragraph(run('一、', '<w:b/>') + run('总体情况'))))?.bold).toBe(false)
    expect((await cueOf(paragraph(run('一、总体情况', '<w:b/>') + run(' '))))?.bold).toBe(true)
    expect((await cueOf(p('总体情况', '', '<w:b w:val="0"/>')))?.bold).toBe(false)
  })

  test.each(['黑体', 'SimHei', '方正小标宋简体', 'FZXiaoBiaoSong-B05S', '方正黑体_GBK'])(
    '%s is a heading face',
    async (face) => {
      expect((await cueOf(p('总体情况', '', `<w:rFonts w:eastAsia="${face}"/>`)))?.bold).toBe(true)
    },
  )

  test.each(['仿宋_GB2312', '微软雅黑', 'Microsoft YaHei', '宋体'])('%s is none', async (face) => {
    expect((await cueOf(p('总体情况', '', `<w:rFonts w:eastAsia="${face}" w:ascii="SimHei"/>`)))?.bold).toBe(false)
  })

  test('the size is that of most letters', async () => {
    const body = paragraph(run('注：', '<w:sz w:val="20"/>') + run('本表由办公室填报', '<w:sz w:val="32"/>'))
    expect((await cueOf(body))?.size).toBe(16)
  })

  test.each([
    ['heading 1', 1],
    ['Heading 2', 2],
    ['标题 3', 3],
  ])('a style named %s is a heading of level %i', async (name, level) => {
    expect((await cueOf(p('总体情况', styled('a')), style('a', name, '')))?.level).toBe(level)
  })

  test('an outline level is a level, and body text is none', async () => {
    expect((await cueOf(p('甲', '<w:outlineLvl w:val="1"/>')))?.level).toBe(2)
    const heading = style('1', 'heading 1', '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    expect((await cueOf(p('甲', styled('1')), heading))?.level).toBe(1)
    expect((await cueOf(p('甲', `${styled('1')}<w:outlineLvl w:val="9"/>`), heading))?.level).toBe(null)
  })

  test('properties are inherited through styles and defaults, and undone on the way', async () => {
    const defaults = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
    const base = style('base', 'base', '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr>')
    const derived = style('derived', 'derived', '<w:basedOn w:val="base"/><w:pPr><w:jc w:val="left"/></w:pPr>')
    const styles = defaults + base + derived
    expect(await cueOf(p('甲', styled('derived')), styles)).toEqual({
      level: null,
      bold: true,
      centred: false,
      size: 10.5,
    })
    expect((await cueOf(p('甲', styled('derived'), '<w:b w:val="false"/>'), styles))?.bold).toBe(false)
  })

  test('the default style holds where none is named, and where an unknown one is', async () => {
    const styles =
      '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
    expect((await cueOf(p('甲'), styles))?.size).toBe(16)
    expect((await cueOf(p('甲', styled('lost')), styles))?.size).toBe(16)
  })

  test('bold in the paragraph style and in the character style undo each other', async () => {
    const styles = style('p', 'p', '<w:rPr><w:b/></w:rPr>') + style('c', 'c', '<w:rPr><w:b/></w:rPr>', 'character')
    expect((await cueOf(p('甲', styled('p')), styles))?.bold).toBe(true)
    expect((await cueOf(p('甲', styled('p'), '<w:rStyle w:val="c"/>'), styles))?.bold).toBe(false)
    expect((await cueOf(p('甲', '', '<w:rStyle w:val="c"/>'), styles))?.bold).toBe(true)
  })

  test('styles based on each other in a circle end somewhere', async () => {
    const styles =
      style('a', 'a', '<w:basedOn w:val="b"/>') + style('b', 'b', '<w:basedOn w:val="a"/><w:rPr><w:b/></w:rPr>')
    expect((await cueOf(p('甲', styled('a')), styles))?.bold).toBe(true)
  })

  test('properties as they were before a revision do not count', async () => {
    const was = '<w:pPrChange><w:pPr><w:jc w:val="center"/></w:pPr></w:pPrChange>'
    const bold = '<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>'
    expect(await cueOf(p('甲', was, bold))).toEqual({ level: null, bold: false, centred: false, size: null })
  })
})

describe('hidden text', () => {
  const hides = style('h', 'h', '<w:rPr><w:vanish/></w:rPr>')

  test('is left out, hidden by the run or by a style', async () => {
    const run1 = run('甲') + run('隐', '<w:vanish/>')
    expect(await texts(paragraph(run1) + p('藏', styled('h')), { styles: hides })).toEqual(['甲'])
    const character = style('c', 'c', '<w:rPr><w:vanish/></w:rPr>', 'character')
    expect(await texts(paragraph(run('乙') + run('隐', '<w:rStyle w:val="c"/>')), { styles: character })).toEqual([
      '乙',
    ])
  })

  test('is shown where the run says so', async () => {
    expect(await texts(p('甲', styled('h'), '<w:vanish w:val="0"/>') + p('乙'), { styles: hides })).toEqual(['甲乙'])
  })

  test('takes the drawings in it along', async () => {
    const box = `<w:r><w:rPr><w:vanish/></w:rPr><w:pict><v:shape><v:textbox><w:txbxContent>${p('隐')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`
    expect(await texts(paragraph(run('甲') + box))).toEqual(['甲'])
  })

  test('a hidden paragraph mark lets a paragraph run on into the next', async () => {
    const lead = p('（一）主动公开。', '<w:rPr><w:vanish/></w:rPr>')
    expect(await texts(lead + p('全年公开12条。') + p('乙'))).toEqual(['（一）主动公开。全年公开12条。', '乙'])
    expect(await texts(lead)).toEqual(['（一）主动公开。'])
  })
})

describe('revisions', () => {
  test('are accepted: what was inserted stays, what was deleted goes', async () => {
    const body = paragraph(
      `${run('公开')}<w:del><w:r><w:delText>11</w:delText></w:r></w:del><w:ins>${run('12')}</w:ins>` +
        `<w:moveFrom>${run('旧')}</w:moveFrom><w:moveTo>${run('新')}</w:moveTo>${run('条')}`,
    )
    expect(await texts(body)).toEqual(['公开12新条'])
  })

  test('a paragraph whose mark was deleted joins the next one', async () => {
    const gone = paragraph(run('甲'), '<w:rPr><w:del/></w:rPr>')
    expect(await texts(gone + p('乙') + p('丙'))).toEqual(['甲乙', '丙'])
    expect(await texts(gone)).toEqual(['甲'])
  })
})

describe('fields, links and containers', () => {
  const field = (instruction: string, result: string): string =>
    `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${instruction}</w:instrText></w:r>` +
    `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${result}<w:r><w:fldChar w:fldCharType="end"/></w:r>`

  test('a field shows its result and never its instruction', async () => {
    expect(await texts(paragraph(run('第') + field('PAGE', run('3')) + run('页')))).toEqual(['第3页'])
    expect(await texts(paragraph(`<w:fldSimple w:instr="DATE">${run('2024年')}</w:fldSimple>`))).toEqual(['2024年'])
  })

  test('the result of a field within an instruction is not shown', async () => {
    const inner = field('DATE', run('隐'))
    const outer = `<w:r><w:fldChar w:fldCharType="begin"/></w:r>${inner}<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('显')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`
    expect(await texts(paragraph(outer + run('。')))).toEqual(['显。'])
  })

  test('a field that never ends is a doubt, for it swallows the text', async () => {
    const document = await readWithDoubts(paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + p('甲'))
    expect(document.doubts.map(({ code }) => code)).toEqual(['damaged_part'])
  })

  test.each(['w:hyperlink', 'w:smartTag', 'w:customXml', 'w:ins', 'w:bdo'])('%s is read through', async (name) => {
    expect(await texts(paragraph(`<${name}>${run('甲')}</${name}>`))).toEqual(['甲'])
  })

  test('content controls are read through in a line and around paragraphs', async () => {
    const sdt = (content: string): string =>
      `<w:sdt><w:sdtPr><w:placeholder/><w:text/></w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`
    expect(await texts(paragraph(sdt(run('甲'))) + sdt(p('乙') + p('丙')))).toEqual(['甲', '乙', '丙'])
  })

  test('of ruby only the base is text', async () => {
    const ruby = `<w:ruby><w:rubyPr/><w:rt>${run('hàn')}</w:rt><w:rubyBase>${run('汉')}</w:rubyBase></w:ruby>`
    expect(await texts(paragraph(`<w:r>${ruby}</w:r>`))).toEqual(['汉'])
  })

  test('references to notes and comments leave nothing in the text', async () => {
    const marks = '<w:r><w:footnoteReference w:id="2"/><w:commentReference w:id="0"/></w:r>'
    expect(await texts(paragraph(run('甲') + marks + run('乙')))).toEqual(['甲乙'])
  })
})

describe('text boxes', () => {
  const shape = (content: string): string =>
    `<w:pict><v:shape style="width:100pt;height:50pt"><v:textbox><w:txbxContent>${content}</w:txbxContent></v:textbox></v:shape></w:pict>`
  const drawing = (content: string): string =>
    `<w:drawing><wp:inline><wp:extent cx="1000000" cy="500000"/><a:graphic><a:graphicData>` +
    `<wps:wsp><wps:txbx><w:txbxContent>${content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>`

  test('follow the paragraph that they are anchored in', async () => {
    const body = paragraph(`${run('前')}<w:r>${shape(p('框一') + p('框二'))}</w:r>${run('后')}`) + p('下')
    expect(await texts(body)).toEqual(['前后', '框一', '框二', '下'])
  })

  test('stand twice in the file and once in the text', async () => {
    const twice = `<mc:AlternateContent><mc:Choice Requires="wps">${drawing(p('新框'))}</mc:Choice><mc:Fallback>${shape(p('旧框'))}</mc:Fallback></mc:AlternateContent>`
    expect(await texts(paragraph(`<w:r>${twice}</w:r>`))).toEqual(['新框'])
  })

  test('are read from the fallback where the first version needs what we do not know', async () => {
    const twice = `<mc:AlternateContent><mc:Choice Requires="w99"><w:r>${text('新')}</w:r></mc:Choice><mc:Fallback>${run('旧')}</mc:Fallback></mc:AlternateContent>`
    expect(await texts(paragraph(twice))).toEqual(['旧'])
  })

  test('do not disturb the run that they stand in', async () => {
    const body = paragraph(`<w:r><w:rPr><w:b/></w:rPr>${text('甲')}${shape(p('框'))}${text('乙')}</w:r>`)
    const document = await read(body)
    expect(plain(document)).toEqual(['甲乙', '框'])
    expect(paragraphsOf(document).map(({ cue }) => cue.bold)).toEqual([true, false])
  })
})

describe('what is not read', () => {
  test('text in an element that nobody knows is a doubt that names it', async () => {
    const body =
      paragraph(`${run('甲')}<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>`) + paragraph('<m:oMath>3</m:oMath>')
    const document = await readWithDoubts(body)
    expect(plain(document)).toEqual(['甲'])
    expect(document.doubts).toEqual([
      { code: 'damaged_part', message: expect.stringContaining('m:oMath'), location: null },
    ])
  })

  test.each([
    ['in a text', `<w:r><w:t>1<w:x>2</w:x></w:t></w:r>`],
    ['in a table but in no cell', `<w:tbl><w:tr>${p('12')}</w:tr></w:tbl>`],
    ['in a cell that is in no row', `<w:tbl><w:tc>${p('12')}</w:tc></w:tbl>`],
    [
      'in a deleted cell that nobody can delete so',
      `<w:tbl><w:tr><w:del><w:tc>${p('12')}</w:tc></w:del></w:tr></w:tbl>`,
    ],
  ])('text %s is one as well', async (_, content) => {
    const document = await readWithDoubts(content.startsWith('<w:r>') ? paragraph(content) : content)
    expect(document.doubts.map(({ code }) => code)).toEqual(['damaged_part'])
  })

  test('an unknown element without text is none', async () => {
    expect(await texts(paragraph(`${run('甲')}<w:future><w:mark w:val="1"/></w:future>`))).toEqual(['甲'])
  })

  test('an embedded file is a doubt', async () => {
    const document = await readWithDoubts(`${p('甲')}<w:altChunk r:id="rId9"/>`)
    expect(document.doubts.map(({ code }) => code)).toEqual(['damaged_part'])
  })

  const picture = (emu: number): string =>
    `<w:r><w:drawing><wp:inline><wp:extent cx="${emu}" cy="${emu}"/><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`

  test('a large picture is a doubt, a stamp is none', async () => {
    const document = await readWithDoubts(p('甲') + paragraph(picture(5_000_000)))
    expect(document.doubts).toEqual([
      { code: 'picture_page', message: expect.any(String), location: { kind: 'line', line: 1 } },
    ])
    expect(await texts(p('甲') + paragraph(picture(1_500_000)))).toEqual(['甲'])
  })

  test('so is a large picture in the old way of drawing', async () => {
    const old =
      '<w:r><w:object><v:shape style="width:415.3pt;height:300pt"><v:imagedata r:id="rId5"/></v:shape></w:object></w:r>'
    expect((await readWithDoubts(paragraph(old))).doubts.map(({ code }) => code)).toEqual(['picture_page'])
  })
})

describe('the other parts', () => {
  test('headers and notes are furniture', async () => {
    const footnotes = `<w:footnote w:type="separator" w:id="0">${p('线')}</w:footnote><w:footnote w:id="2">${p('注释')}</w:footnote>`
    const table = `<w:tbl><w:tr><w:tc>${p('页眉')}</w:tc></w:tr></w:tbl>`
    const document = await read(p('甲'), { header: table, footnotes })
    expect(plain({ ...document, blocks: document.furniture })).toEqual(['页眉', '注释'])
    expect(plain(document)).toEqual(['甲'])
  })

  test('the title among the properties is what the file says of itself', async () => {
    expect((await read(p('甲'), { title: ' 年度报告 ' })).declaredTitle).toBe('年度报告')
    expect((await read(p('甲'), { title: '' })).declaredTitle).toBe(null)
    expect((await read(p('甲'))).declaredTitle).toBe(null)
  })

  test('the document may lie anywhere in the package', async () => {
    const { 'word/document.xml': main = '' } = docxParts(p('甲'))
    const byRelationship = packageOf({
      '_rels/.rels': relationships([['officeDocument', '/doc/main%20part.xml']]),
      'doc/main part.xml': main,
    })
    const types = (type: string): string =>
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/x/y.xml" ContentType="application/${type}.main+xml"/></Types>`
    const byType = (type: string): Uint8Array => packageOf({ '[Content_Types].xml': types(type), 'x/y.xml': main })
    for (const file of [
      byRelationship,
      byType('vnd.openxmlformats-officedocument.wordprocessingml.template'),
      byType('vnd.ms-word.document.macroEnabled'),
      packageOf({ 'Word/Document.XML': main }),
    ]) {
      expect(plain(await documentOf(file))).toEqual(['甲'])
    }
  })

  test('strict files and unusual prefixes read the same', async () => {
    const strict = docxParts(p('甲', '<w:jc w:val="center"/>'))['word/document.xml']?.replace(
      'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
      'http://purl.oclc.org/ooxml/wordprocessingml/main',
    )
    const renamed = docxParts(p('甲', '<w:jc w:val="center"/>'))['word/document.xml']?.replaceAll(/\bw:(?!\/)/g, 'ns0:')
    const byDefault =
      '<document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:q="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
      '<body><p><pPr><jc q:val="center"/></pPr><r><t>甲</t></r></p></body></document>'
    for (const main of [strict, renamed?.replace('xmlns:w=', 'xmlns:ns0='), byDefault]) {
      const document = await documentOf(packageOf({ 'word/document.xml': main ?? '' }))
      expect(plain(document)).toEqual(['甲'])
      expect(paragraphsOf(document)[0]?.cue.centred).toBe(true)
    }
  })

  test('text in UTF-16 reads the same, and so does UTF-8 that calls itself UTF-16', async () => {
    const main = part('w:document', `<w:body>${p('甲')}</w:body>`).replace('UTF-8', 'UTF-16')
    const bytes = Buffer.from(`\ufeff${main}`, 'utf16le')
    for (const stored of [bytes, bytes.subarray(2), Buffer.from(bytes).swap16(), main]) {
      expect(plain(await documentOf(packageOf({ 'word/document.xml': stored })))).toEqual(['甲'])
    }
  })
})
