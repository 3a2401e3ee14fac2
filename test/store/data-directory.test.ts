import { chmod, mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dataDirectory, dataDirectoryPath, thisMachine } from '../../src/store/data-directory.ts'
import { temporaryFolder } from '../support/embedded.ts'

const user = { platform: 'linux', uid: 1000, applicationData: '/home/ada/.local/share/openwatch' } as const

test('the environment names the data directory', () => {
  expect(dataDirectoryPath({ OPENWATCH_DATA: '/srv/openwatch' }, user)).toBe('/srv/openwatch')
  expect(dataDirectoryPath({ OPENWATCH_DATA: 'here' }, user)).toBe(join(process.cwd(), 'here'))
})

test('else it is the usual place of the user, and of the system for root on Linux', () => {
  expect(dataDirectoryPath({}, user)).toBe('/home/ada/.local/share/openwatch')
  expect(dataDirectoryPath({ OPENWATCH_DATA: '' }, user)).toBe('/home/ada/.local/share/openwatch')
  expect(dataDirectoryPath({}, { ...user, uid: 0 })).toBe('/var/lib/openwatch')
  expect(dataDirectoryPath({}, { ...user, platform: 'darwin', uid: 0 })).toBe(user.applicationData)
})

test('it is made closed to others, for root with a way through for the account of the server', async () => {
  const folder = await temporaryFolder()
  const mode = async (name: string, uid: number): Promise<number> => {
    const path = await dataDirectory({ OPENWATCH_DATA: join(folder, name) }, { ...thisMachine(), uid })
    return (await stat(path)).mode & 0o777
  }
  expect(await mode('user/data', 1000)).toBe(0o700)
  expect(await mode('root/data', 0)).toBe(0o711)
})

test('one that exists keeps its mode', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'data')
  await mkdir(path, { mode: 0o750 })
  await dataDirectory({ OPENWATCH_DATA: path })
  expect((await stat(path)).mode & 0o777).toBe(0o750)
})

test('one that cannot be had is an error that says why and what to do', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'file'), '')
  await expect(dataDirectory({ OPENWATCH_DATA: join(folder, 'file/data') })).rejects.toThrow(
    /file\/data cannot be used: a part of its path is a file\..*OPENWATCH_DATA/,
  )
  await expect(dataDirectory({ OPENWATCH_DATA: join(folder, 'file') })).rejects.toThrow(
    /file cannot be used: there is a file of that name\..*OPENWATCH_DATA/,
  )
})

// Root may write everywhere.
test.skipIf(process.getuid?.() === 0)('one without permission is an error that says so', async () => {
  const folder = await temporaryFolder()
  await chmod(folder, 0o500)
  await expect(dataDirectory({ OPENWATCH_DATA: join(folder, 'data') })).rejects.toThrow(
    /cannot be used: this account has no permission to write there/,
  )
  await expect(dataDirectory({ OPENWATCH_DATA: folder })).rejects.toThrow(
    /cannot be used: this account has no permission to write there/,
  )
})
