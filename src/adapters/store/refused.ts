/** The store cannot be used as it is; the message tells the person who started gouji why, and what to do. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused'
}
