// npm run screenshots [-- folder [path…]]: pictures of every page, light and dark, 390 and 1440 px wide, of an openwatch
// with a past of its own. With PORT in the environment that openwatch stays up afterwards, to be looked at by hand.
import { runSource } from './run-source.mjs'

await runSource('test/support/demo/screenshots.ts')
