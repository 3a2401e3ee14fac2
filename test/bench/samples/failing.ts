import type { Run } from '../../../bench/registry.ts'

/** A benchmark that breaks. */
export const run: Run = () => Promise.reject(new Error('the sample fails on purpose'))
