/**
 * Which organs cannot make 规章, told by the name alone and only where the name leaves no doubt.
 *
 * Ministries, provinces and cities with districts can; counties, districts, townships and the departments of cities and
 * below cannot. A 市 may be either kind of city, so its government is never judged; nor are the departments of
 * the four cities that are provinces, and of provinces.
 */

const PROVINCIAL_CITY = /^(?:北京|上海|天津|重庆)市/
const TOWNSHIP = /(?:[镇乡]|苏木)(?:人民政府)?(?:办公室)?$|街道(?:办事处)?$/
/** 县、自治县、旗、区, but not 自治区, and not a 区 that is no district (社区, 园区). */
const COUNTY = '(?:县|旗|(?<!自治|社|园|景|小|山|地)区)'
const COUNTY_GOVERNMENT = new RegExp(`${COUNTY}人民政府(?:办公室)?$`)
const DEPARTMENT = '(?:局|委员会|委|办公室|中心|支队|大队)$'
const COUNTY_DEPARTMENT = new RegExp(`${COUNTY}(?!域)(?!.*人民政府).*${DEPARTMENT}`)
/** 洛阳市…局: a 市 that ends a place name, not the first sign of 市场 or the last of 城市. */
const CITY_DEPARTMENT = new RegExp(`^(?!国).{1,20}?(?<!城)市(?!场)(?!.*人民政府).*${DEPARTMENT}`)

export function lacksRuleMakingPower(organ: string): boolean {
  if (TOWNSHIP.test(organ) || COUNTY_GOVERNMENT.test(organ) || COUNTY_DEPARTMENT.test(organ)) return true
  return !PROVINCIAL_CITY.test(organ) && CITY_DEPARTMENT.test(organ)
}
