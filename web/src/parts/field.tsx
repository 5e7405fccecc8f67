/** A label, the control under it, and what is wrong with it or how it is meant, beside it and told with it. */
import { type ReactNode, useId } from 'react'
import './parts.css'

interface ControlProps {
  readonly id: string
  readonly 'aria-invalid': boolean
  readonly 'aria-describedby': string | undefined
}

interface FieldProps {
  readonly label: string
  readonly hint?: string | undefined
  readonly fault?: string | null
  readonly children: (control: ControlProps) => ReactNode
}

export function Field({ label, hint, fault = null, children }: FieldProps) {
  const id = useId()
  const note = fault ?? hint
  return (
    <div className="fld">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-invalid': fault !== null,
        'aria-describedby': note === undefined ? undefined : `${id}-note`,
      })}
      {note !== undefined && (
        <span id={`${id}-note`} className={fault === null ? 'fld-hint' : 'fld-fault'} aria-live="polite">
          {note}
        </span>
      )}
    </div>
  )
}
