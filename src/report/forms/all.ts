import type { Form } from '../form.js'
import { form2014 } from './2014.js'
import { form2019 } from './2019.js'
import { form2021 } from './2021.js'

/** The newest first: where two fit alike and no year is known, the form in force is meant. */
export const FORMS: readonly Form[] = [form2021, form2019, form2014]
