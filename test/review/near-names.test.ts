import { describe, expect, test } from '@jest/globals'
import { endingsLike, isNear } from '../../src/review/near-names.js'

describe('names', () => {
  test.each([
    ['澄湖区人民政府', '江州市澄湖区人民政府'],
    ['江苏省江州市澄湖区人民政府', '江州市澄湖区人民政府'],
    ['澄湖区人民政府', '澄湖区人民政府办公室'],
    ['澄湖区人民政府', '澄湖区政府'],
    ['江州市澄湖区人民政府办公室', '澄湖区政府办'],
    ['东坝街道办事处', '澄湖区东坝街道'],
    ['澄湖区卫生健康委', '江州市澄湖区卫生健康委员会'],
    ['澄湖区住房和城乡建设局', '澄湖区住房与城乡建设局'],
    ['澄湖区住房和乡城建设局', '澄湖区住房和城乡建设局'],
    ['澄湖区 水务局', '澄湖区水务局'],
    ['澄湖区（试点）水务局', '澄湖区(试点)水务局'],
  ])('%s and %s are near, whichever is asked about', (one, other) => {
    expect(isNear(one, other)).toBe(true)
    expect(isNear(other, one)).toBe(true)
    const [asked, found] = [endingsLike(one), endingsLike(other)]
    expect(asked).toContain(other.slice(-2))
    expect(found).toContain(one.slice(-2))
  })

  test.each([
    ['澄湖区财政局', '澄湖区民政局'],
    ['澄湖区人民政府', '洪湖区人民政府'],
    ['江州市财政局', '财政局'],
    ['江州市鼓楼区人民政府', '南州市鼓楼区人民政府'],
    ['澄湖区住房和城乡建设局', '洪湖区住房和城乡建设局'],
    ['澄湖区人民政府', '新澄湖区人民政府'],
    ['澄湖区水务局', '澄湖区水务局东坝分局'],
  ])('%s and %s are not', (one, other) => {
    expect(isNear(one, other)).toBe(false)
    expect(isNear(other, one)).toBe(false)
  })
})
