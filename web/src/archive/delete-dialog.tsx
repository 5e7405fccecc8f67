/** Asks why, before documents are deleted. What is deleted is kept with its reason, and comes back when it is sent again. */
import { useState } from 'react'
import { Dialog } from '../parts/dialog.js'
import { useWords } from '../wording/words.js'

const WORDS = {
  zh: {
    title: (count: number) => `删除 ${count} 份`,
    about: '原件与记录留存，列表与导出中不再出现；重新上传即恢复。',
    reason: '原因（必填）',
    delete: '删除',
    cancel: '取消',
  },
  en: {
    title: (count: number) => `Delete ${count}`,
    about: 'Originals and records are kept, but no longer listed or exported. Sending a file again brings it back.',
    reason: 'Reason (required)',
    delete: 'Delete',
    cancel: 'Cancel',
  },
}

interface DeleteDialogProps {
  readonly count: number
  readonly isBusy: boolean
  readonly onDelete: (reason: string) => void
  readonly onCancel: () => void
}

export function DeleteDialog({ count, isBusy, onDelete, onCancel }: DeleteDialogProps) {
  const words = useWords(WORDS)
  const [reason, setReason] = useState('')
  return (
    <Dialog title={words.title(count)} onClose={onCancel}>
      <form
        className="arc-delete"
        onSubmit={(event) => {
          event.preventDefault()
          onDelete(reason.trim())
        }}
      >
        <p className="s2">{words.about}</p>
        <label>
          <span className="s2 xs">{words.reason}</span>
          <textarea
            required
            rows={3}
            maxLength={500}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </label>
        <div className="row g8">
          <span className="sp" />
          <button type="button" className="btn" onClick={onCancel}>
            {words.cancel}
          </button>
          <button type="submit" className="btn danger" disabled={isBusy || reason.trim() === ''}>
            {words.delete}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
