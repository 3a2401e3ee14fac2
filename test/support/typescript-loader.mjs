// Lets `node --import <this file> some.ts` run the sources as they are, for tests that need a process of their own.
// What a source comes to is kept under node_modules/.cache: loading the compiler costs more than the rest of a start.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { register } from 'node:module'
import process from 'node:process'
import { fileURLToPath, URL } from 'node:url'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) register(import.meta.url)

const cache = new URL('../../node_modules/.cache/openwatch-tests/', import.meta.url)

export async function load(url, context, next) {
  if (!/\.tsx?$/.test(url)) return next(url, context)
  const path = fileURLToPath(url)
  const text = await readFile(path, 'utf8')
  const kept = new URL(`${createHash('sha256').update(`${path}\0${text}`).digest('hex')}.js`, cache)
  const source = await readFile(kept, 'utf8').catch(() => compile(path, text, kept))
  return { format: 'module', source, shortCircuit: true }
}

async function compile(path, text, kept) {
  const { default: typescript } = await import('typescript')
  const compilerOptions = {
    target: typescript.ScriptTarget.ES2023,
    module: typescript.ModuleKind.ESNext,
    jsx: typescript.JsxEmit.ReactJSX,
    jsxImportSource: 'preact',
  }
  const { outputText } = typescript.transpileModule(text, { fileName: path, compilerOptions })
  await keep(kept, outputText).catch(() => undefined)
  return outputText
}

async function keep(place, text) {
  const draft = new URL(`${place.href}.${process.pid}`)
  await mkdir(cache, { recursive: true })
  await writeFile(draft, text)
  await rename(draft, place)
}
