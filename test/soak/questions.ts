/** A question whose story goes on for some days of the world's time, and is then no longer watched. */
export interface SoakQuestion {
  readonly id: string
  readonly name: string
  readonly official: string
}

const dayMs = 86_400_000
/** A new question begins so often, and is watched for so long. */
const everyMs = dayMs / 2
const watchedMs = 25 * dayMs
/** When, from its begin, its story goes on. */
const steps = [1, 4, 8, 12, 16, 20].map((days) => days * dayMs)

function question(number: number): SoakQuestion {
  return { id: `zeppelin-${number}`, name: `Zeppelin ${number}`, official: `acme${number}.com` }
}

/** The questions that are watched at a moment of the world's time. */
export function watchedAt(now: number): SoakQuestion[] {
  const last = Math.floor(now / everyMs)
  return Array.from({ length: Math.ceil(watchedMs / everyMs) }, (_, n) => question(last - n))
}

/** What a feed tells of them between two moments. */
export function tellings(
  feed: number,
  feeds: number,
  { from, to }: { readonly from: number; readonly to: number },
) {
  const first = Math.floor((from - Math.max(...steps)) / everyMs)
  const numbers = Array.from({ length: Math.floor(to / everyMs) - first + 1 }, (_, n) => first + n)
  return numbers
    .filter((number) => number % feeds === feed)
    .flatMap((number) =>
      steps.flatMap((step, n) => {
        const at = number * everyMs + step
        return at > from && at <= to ? [telling(number, n, new Date(at))] : []
      }),
    )
}

function telling(number: number, step: number, at: Date) {
  const { name, official } = question(number)
  const season = ['spring', 'summer', 'autumn'][number % 3] ?? 'spring'
  const year = at.getUTCFullYear() + 2 + step
  const title =
    step === 0
      ? `Acme${number} announces ${name}, coming in ${season} ${year}`
      : step === steps.length - 1
        ? `Acme${number} releases ${name}`
        : `Acme${number} delays ${name} to ${season} ${year}`
  return { id: `story-${number}-${step}`, title, link: `https://${official}/news/${step}`, at }
}
