/** One file → the server, large ones so that they go on where they broke off. Throws Problem where the server refused, or LineBroken. */
import type { ReceivedAnswer } from './answers.js'
import { LARGE_BYTES, sendLarge, TooLarge } from './send-large.js'
import { sendSmall } from './send-small.js'
import type { Sending } from './sending.js'

export async function sendFile(sending: Sending): Promise<readonly ReceivedAnswer[]> {
  if (sending.file.size < LARGE_BYTES) return sendSmall(sending)
  try {
    return await sendLarge(sending)
  } catch (error) {
    if (error instanceof TooLarge) return sendSmall(sending)
    throw error
  }
}
