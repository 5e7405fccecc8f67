/** All rules, in the order in which their checks stand in the record. */
import type { Rule } from './rule.js'
import { domainRules, structureRules } from './rules/cells-and-form.js'
import { narrativeRules, proseSumRule, yearOnYearRule } from './rules/narrative.js'
import { aggregateRule, copiedRule, crossYearRules } from './rules/other-reports.js'
import { proactiveRules } from './rules/proactive.js'
import { requestsRules } from './rules/requests.js'
import { reviewLitigationRules } from './rules/review-litigation.js'
import { statisticsRules } from './rules/statistics.js'

export const RULES: readonly Rule[] = [
  ...requestsRules,
  ...reviewLitigationRules,
  ...proactiveRules,
  ...statisticsRules,
  ...crossYearRules,
  copiedRule,
  aggregateRule,
  ...domainRules,
  ...structureRules,
  ...narrativeRules,
  yearOnYearRule,
  proseSumRule,
]
