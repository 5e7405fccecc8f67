/** The rows that each group of outcomes consists of, by the key of the group. The forms print no subtotals; some organs do. */

export const GROUPS = {
  denied: [
    'requests.outcome.denied.state_secret',
    'requests.outcome.denied.other_law',
    'requests.outcome.denied.three_security_one_stability',
    'requests.outcome.denied.third_party',
    'requests.outcome.denied.internal_affairs',
    'requests.outcome.denied.process_information',
    'requests.outcome.denied.enforcement_file',
    'requests.outcome.denied.administrative_inquiry',
  ],
  unavailable: [
    'requests.outcome.unavailable.not_held',
    'requests.outcome.unavailable.needs_creation',
    'requests.outcome.unavailable.still_unclear',
  ],
  not_processed: [
    'requests.outcome.not_processed.petition_complaint',
    'requests.outcome.not_processed.duplicate',
    'requests.outcome.not_processed.public_publication',
    'requests.outcome.not_processed.excessive_repeated',
    'requests.outcome.not_processed.confirm_or_reissue',
  ],
  /** Three rows since 2021, one before. */
  other: [
    'requests.outcome.other.correction_overdue',
    'requests.outcome.other.fee_overdue',
    'requests.outcome.other.misc',
  ],
} as const

export const APPLICANT_KINDS = [
  'natural_person',
  'commercial_enterprise',
  'research_institution',
  'public_interest_org',
  'legal_service_org',
  'other_org',
] as const

export const APPLICANT_COLUMNS = [...APPLICANT_KINDS, 'total'] as const

const RESULTS = ['maintained', 'corrected', 'other', 'pending'] as const

/** What a figure is the sum of where it was left blank or is not printed at all; none for a figure that stands alone. */
export function partsOf(key: string): readonly string[] {
  const group = /^requests\.outcome\.(denied|unavailable|not_processed|other)\.subtotal\.(\w+)$/.exec(key)
  if (group !== null) return GROUPS[group[1] as keyof typeof GROUPS].map((row) => `${row}.${group[2]}`)
  const row = /^(requests\..+)\.total$/.exec(key)
  if (row !== null) return APPLICANT_KINDS.map((kind) => `${row[1]}.${kind}`)
  const results = /^(review|litigation\.(?:direct|after_review))\.total$/.exec(key)
  if (results !== null) return RESULTS.map((result) => `${results[1]}.${result}`)
  return []
}
