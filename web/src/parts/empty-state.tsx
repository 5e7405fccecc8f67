/** Nothing is here: what that means, and what one can do. */
import type { ReactNode } from 'react'
import './parts.css'

interface EmptyStateProps {
  readonly title: string
  readonly children?: ReactNode
}

export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <p>{title}</p>
      {children}
    </div>
  )
}
