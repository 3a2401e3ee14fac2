import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { configDirectory, shippedDirectory } from '../../src/config/directory.ts'
import { configFolder } from './folder.ts'

describe('the configuration directory', () => {
  it('is the one that OPENWATCH_CONFIG names, from the working directory', () => {
    expect(configDirectory({ OPENWATCH_CONFIG: 'mine' }, '/srv')).toBe('/srv/mine')
    expect(configDirectory({ OPENWATCH_CONFIG: '/etc/openwatch' }, '/srv')).toBe('/etc/openwatch')
  })

  it('else is config in the working directory where that has an openwatch.yaml, else the shipped one', async () => {
    const cwd = await configFolder({})
    await mkdir(join(cwd, 'config'))
    expect(configDirectory({}, cwd)).toBe(shippedDirectory())
    await writeFile(join(cwd, 'config/openwatch.yaml'), '')
    expect(configDirectory({ OPENWATCH_CONFIG: '' }, cwd)).toBe(join(cwd, 'config'))
  })
})
