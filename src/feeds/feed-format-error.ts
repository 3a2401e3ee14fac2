/** What is wrong with bytes that should be a feed. */
export type FeedFormatCode = 'empty' | 'not-a-feed' | 'html-page' | 'too-deep' | 'too-large' | 'broken'

/** The one error of the parser: says in words what was found in place of a feed. */
export class FeedFormatError extends Error {
  override readonly name = 'FeedFormatError'
  readonly code: FeedFormatCode
  constructor(code: FeedFormatCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
