/** All routes of the archive, beside those of access and operation that app.ts has by itself. */
import type { Routes } from './app.js'
import { batchRoutes } from './batches.js'
import { documentRoutes } from './documents.js'
import { factRoutes } from './facts.js'

export const ROUTES: readonly Routes[] = [batchRoutes, documentRoutes, factRoutes]
