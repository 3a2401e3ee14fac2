import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A configuration directory with these files, gone when the test is over (tests that run side by side pass their own `onTestFinished`). `openwatch.yaml` is there, empty, unless given. */
export async function configFolder(
  files: Readonly<Record<string, string>>,
  whenOver: (clean: () => Promise<void>) => void = onTestFinished,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'openwatch-config-'))
  whenOver(() => rm(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries({ 'openwatch.yaml': '', ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}
