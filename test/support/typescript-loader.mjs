// Lets `node --import <this file> some.ts` run the sources as they are, for tests that need a process of their own.
import { readFile } from 'node:fs/promises'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import typescript from 'typescript'

if (isMainThread) register(import.meta.url)

const compilerOptions = {
  target: typescript.ScriptTarget.ES2023,
  module: typescript.ModuleKind.ESNext,
  jsx: typescript.JsxEmit.ReactJSX,
  jsxImportSource: 'preact',
}

export async function load(url, context, next) {
  if (!/\.tsx?$/.test(url)) return next(url, context)
  const path = fileURLToPath(url)
  const text = await readFile(path, 'utf8')
  const { outputText } = typescript.transpileModule(text, { fileName: path, compilerOptions })
  return { format: 'module', source: outputText, shortCircuit: true }
}
