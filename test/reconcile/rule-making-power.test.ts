import { describe, expect, test } from '@jest/globals'
import { reconcile } from '../../src/reconcile/reconcile.js'
import { lacksRuleMakingPower } from '../../src/reconcile/rule-making-power.js'
import { reading } from '../build/reading.js'

describe('organs that cannot make 规章', () => {
  test.each([
    '清河县人民政府',
    '东江土家族自治县人民政府',
    '鄂温克族自治旗人民政府',
    '淮安市洪泽区人民政府',
    '洪泽区人民政府办公室',
    '南宁市青秀区人民政府',
    '广西壮族自治区南宁市青秀区人民政府',
    '海城市西柳镇人民政府',
    '新疆尼勒克县某镇',
    '石宜区白泉乡人民政府',
    '凤峰市广塘区渭峰街道办事处',
    '南台县民政局',
    '洛阳市政务服务和大数据管理局',
    '青昌市市场监督管理局',
    '上海市浦东新区教育局',
    '临溪综合保税区管理委员会',
    '国家税务总局清河县税务局',
  ])('%s', (organ) => {
    expect(lacksRuleMakingPower(organ)).toBe(true)
  })
})

describe('organs that can, or whose name leaves it open', () => {
  test.each([
    '',
    '东原市人民政府',
    '上海市人民政府办公厅',
    '河北省人民政府',
    '内蒙古自治区人民政府',
    '内蒙古自治区教育厅',
    '延边朝鲜族自治州人民政府',
    '国家市场监督管理总局',
    '广东省市场监督管理局',
    '北京市教育委员会',
    '四川省住房和城市建设局',
    '国家发展和改革委员会',
    '阿克苏地区教育局',
  ])('%s', (organ) => {
    expect(lacksRuleMakingPower(organ)).toBe(false)
  })

  test('are not asked for zeros', () => {
    const organ = '东原市人民政府'
    const { checks } = reconcile(reading('2021', { 'proactive.regulations.valid': 56 }, { organ }))
    expect(checks.some(({ rule }) => rule === 'T2-REG-POWER')).toBe(false)
  })
})
