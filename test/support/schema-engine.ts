import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'

interface Glue {
  readonly SchemaEngine: {
    readonly new: (options: object, log: () => void, adapter: object) => Promise<SchemaEngine>
  }
  readonly __wbg_set_wasm: (exports: WebAssembly.Exports) => void
}

/**
 * The SQL by which Prisma's own schema engine (its WebAssembly build, the one its CLI would download does the same)
 * makes an empty database hold `schema`, a schema.prisma text. `url` names any database: the engine connects to it.
 */
export async function sqlOfSchema(schema: string, url: string): Promise<string> {
  const { SchemaEngine: Engine } = await load()
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: url }))
  const engine = await Engine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, adapter)
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  return stdout ?? ''
}

async function load(): Promise<Glue> {
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(path.replace(/\.js$/, '.wasm'))
  const engine = glue as unknown as Glue
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  })
  engine.__wbg_set_wasm(instance.exports)
  ;(instance.exports['__wbindgen_start'] as () => void)()
  return engine
}
