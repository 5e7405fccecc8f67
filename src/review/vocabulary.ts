/** The words that decisions, the queue and organs are told in: apart from the schemas made of them, which would bring the page their validator. */

/** Why a publisher's figure does not agree: 发布方笔误、口径不同、单位不同、四舍五入、其他. */
export const REASONS = ['slip', 'scope', 'unit', 'rounding', 'other'] as const

/** Errors with a proposal, errors without, differences between prose and table, remarks, accepted ones drawn for audit. */
export const QUEUE_CLASSES = ['proposal', 'error', 'prose', 'note', 'audit'] as const

/** Whose turn a report of the queue is: nobody's, the caller's, somebody else's. */
export const QUEUE_CLAIMS = ['free', 'mine', 'others'] as const

/** Of organs, from the top. */
export const LEVELS = ['central', 'province', 'city', 'county', 'township', 'other'] as const
