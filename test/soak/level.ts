/** What was measured of one thing, over time. */
export interface Series {
  readonly name: string
  readonly unit: 'MB' | ''
  readonly values: readonly number[]
  /** What it may grow by in the second half although it is level: one more of it means nothing. */
  readonly slack: number
  /** Grows with what is found, by intention: evidence is kept for ever. It is shown and not judged. */
  readonly isKept?: boolean
}

/** How a series stands at the end. */
export interface Levelled {
  readonly first: number
  readonly half: number
  readonly last: number
  readonly most: number
  /** Growth over the second half, by the slope of its lows. */
  readonly growth: number
  /** Growth in parts of the size at half-time. */
  readonly share: number
  readonly isLevel: boolean
}

const windows = 10
/** A tenth over the second half counts as level. */
const mostShare = 0.1

/**
 * Tells whether a series levels off: a line is laid through the lows of ten windows of its second half, since what is
 * collected now and then goes up and down between lows that stay.
 */
export function levelOf({ values, slack }: Series): Levelled {
  const second = values.slice(Math.floor(values.length / 2))
  const size = Math.max(1, Math.floor(second.length / windows))
  const lows = Array.from({ length: Math.floor(second.length / size) }, (_, n) =>
    Math.min(...second.slice(n * size, (n + 1) * size)),
  )
  const growth = slope(lows) * Math.max(0, lows.length - 1)
  const half = lows[0] ?? 0
  const share = half === 0 ? 0 : growth / half
  return {
    first: values[0] ?? 0,
    half,
    last: lows.at(-1) ?? 0,
    most: Math.max(...values),
    ...{ growth, share, isLevel: growth <= slack || share <= mostShare },
  }
}

/** Of the line with the least squares through values at equal distances. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const [over, under] = values.reduce(
    ([o, u], value, n) => [o + (n - middle) * (value - mean), u + (n - middle) ** 2],
    [0, 0],
  )
  return under === 0 ? 0 : over / under
}
