/** The review screen, for whoever draws it and for whoever will need it soon. */
import { lateScreen } from '../parts/late-screen.js'

export const review = lateScreen(async () => (await import('./review.js')).Review)
