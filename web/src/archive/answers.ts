/** What the API says of batches, their files and documents, as src/adapters/http tells it. */

export interface BatchAnswer {
  readonly id: string
  readonly label: string
  readonly createdBy: string
  readonly createdAt: string
  /** null: it still takes files. */
  readonly closedAt: string | null
  /** Closed, and all of it read. */
  readonly isFinished: boolean
  readonly counts: {
    readonly received: { readonly new: number; readonly sameBytes: number; readonly refused: number }
    readonly read: { readonly accepted: number; readonly needsReview: number; readonly failed: number }
    readonly givenUp: number
    readonly deleted: number
    readonly waiting: number
  }
}

export interface FirstFlag {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
}

export interface ReceivedAnswer {
  readonly fileName: string
  readonly sha256: string | null
  readonly byteLength: number | null
  readonly outcome: 'new' | 'same_bytes' | 'refused'
  readonly reason: { readonly code: string; readonly message: string } | null
  readonly sameBytesAs: { readonly fileName: string; readonly receivedAt: string } | null
}

/** null: nobody has to look at it, and nobody has. */
export type ReviewStanding = 'open' | 'accepted' | 'rejected' | null

export type DocumentStatus = 'accepted' | 'needs_review' | 'failed' | 'unread' | 'given_up'

/** A file of a batch. */
export interface FileAnswer {
  readonly fileName: string
  readonly sha256: string | null
  readonly byteLength: number | null
  readonly outcome: 'new' | 'same_bytes' | 'refused'
  readonly reason: { readonly code: string; readonly message: string } | null
  readonly receivedAt: string
  readonly sameBytesAs: {
    readonly fileName: string
    readonly receivedAt: string
    readonly batchLabel: string | null
  } | null
  readonly sameReportAs: readonly { readonly sha256: string; readonly fileName: string }[]
  /** null: refused. */
  readonly status: DocumentStatus | 'deleted' | null
  readonly failureCode: string | null
  readonly givenUp: string | null
  readonly organ: string | null
  readonly year: number | null
  readonly firstFlag: FirstFlag | null
  readonly review: ReviewStanding
}

export interface DocumentAnswer {
  readonly sha256: string
  readonly fileName: string
  readonly byteLength: number
  readonly receivedAt: string
  readonly status: DocumentStatus
  readonly failureCode: string | null
  readonly title: string | null
  readonly organ: string | null
  /** null: not read, or nameless. */
  readonly organId: string | null
  readonly year: number | null
  readonly vintage: string | null
  readonly firstFlag: FirstFlag | null
  readonly review: ReviewStanding
}

export interface ReceiptCheckAnswer {
  readonly agrees: boolean
  readonly batchFound: boolean
  readonly isIntact: boolean
  readonly files: number
  readonly agreeing: number
  readonly differing: readonly {
    readonly fileName: string
    readonly code: string
    readonly message: string
  }[]
  readonly unlistedFiles: number
}

export function fileCount({ counts: { received } }: BatchAnswer): number {
  return received.new + received.sameBytes + received.refused
}

export function originalAddress(sha256: string): string {
  return `/api/v1/documents/${sha256}/original`
}
