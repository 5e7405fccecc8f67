/** All routes of the archive, beside those of access and operation that app.ts has by itself. */
import type { Routes } from './app.js'
import { batchRoutes } from './batches.js'
import { documentRoutes } from './documents.js'
import { factRoutes } from './facts.js'
import { fixityRoutes } from './fixity.js'
import { organRoutes } from './organs.js'
import { overviewRoutes } from './overview.js'
import { reviewRoutes } from './review.js'

export const ROUTES: readonly Routes[] = [
  batchRoutes,
  documentRoutes,
  factRoutes,
  reviewRoutes,
  organRoutes,
  overviewRoutes,
  fixityRoutes,
]
