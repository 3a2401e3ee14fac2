import { ready } from './prepare.mjs'

await ready({ build: true })
