/** The review screen, for whoever draws it and for whoever will need it soon. */
import { late } from '../parts/late-screen.js'

export const review = late(async () => (await import('./review.js')).Review)
