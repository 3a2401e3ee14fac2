import type { Command } from 'commander'
import { configDirectory } from '../config/directory.ts'
import { loadConfig } from '../config/load.ts'
import { maskUrl } from '../report/mask-url.ts'
import { oneLine } from '../report/plain.ts'
import { glance } from '../store/glance.ts'
import { listFeeds } from '../store/feeds.ts'
import { listItemsBriefly } from '../store/watch-items.ts'
import { complete, type Candidate, type Named, type NamesOf } from './complete.ts'
import { UsageError } from './fault.ts'
import type { Io } from './io.ts'

const scripts: Readonly<Record<string, string>> = {
  // what is typed is split here: bash itself takes an address for several words, as it holds a colon
  bash: `_openwatch() {
  local line last typed="\${COMP_LINE:0:COMP_POINT}" words=() values=()
  read -ra words <<< "$typed"
  [[ $typed == *[[:space:]] ]] && words+=("")
  last="\${words[\${#words[@]}-1]}"
  while IFS= read -r line; do values+=("\${line%%$'\\t'*}"); done < <(openwatch complete -- "\${words[@]:1}" 2>/dev/null)
  if [[ $last == *:* && $COMP_WORDBREAKS == *:* ]]; then values=("\${values[@]#"\${last%"\${last##*:}"}"}"); fi
  COMPREPLY=("\${values[@]}")
}
complete -o default -F _openwatch openwatch
`,
  zsh: `#compdef openwatch
_openwatch() {
  local line values=()
  while IFS= read -r line; do
    values+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <(openwatch complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  _describe openwatch values
}
compdef _openwatch openwatch
`,
  fish: `complete -c openwatch -f -a '(openwatch complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
}

/** The shells that have one. */
export const shells = Object.keys(scripts)

/** `openwatch completion <shell>`: prints what makes a shell complete openwatch's commands, options and names. */
export function printCompletion(io: Io, shell: string): number {
  const script = scripts[shell]
  if (script === undefined)
    throw new UsageError(`there is no completion for "${shell}"; there is ${shells.join(', ')}`)
  io.out(script)
  return 0
}

/** `openwatch complete`: what the last word may become, a line each, its description after a tab. For shells. */
export async function printCandidates(io: Io, program: Command, words: readonly string[]): Promise<number> {
  for (const { value, description } of await complete(program, words, namesOf(io)))
    io.out(`${value}\t${oneLine(description)}\n`)
  return 0
}

/** Names of the configuration, and of the database where that is up: nothing is started for them. */
function namesOf(io: Io): NamesOf {
  return async (what) => {
    const [configured, stored] = await Promise.all([configuredNames(io, what), storedNames(io, what)])
    return [...new Map([...configured, ...stored].map((one) => [one.value, one])).values()]
  }
}

async function configuredNames(io: Io, what: Named): Promise<readonly Candidate[]> {
  const directory = configDirectory(io.env, io.cwd)
  const loaded = await loadConfig({ directory, env: io.env, now: io.now() })
  if (!loaded.ok) return []
  const { watchItems, feeds, channels } = loaded.config
  switch (what) {
    case 'item':
      return watchItems.map(({ id, question }) => ({ value: id, description: question }))
    case 'feed':
      return feeds.map(({ url, title }) => ({ value: maskUrl(url), description: title ?? '' }))
    case 'channel':
      return channels.map(({ id, type }) => ({ value: id, description: type }))
  }
}

/** What people have added. */
async function storedNames(io: Io, what: Named): Promise<readonly Candidate[]> {
  switch (what) {
    case 'item': {
      const items = await glance(io.env, (db) => listItemsBriefly(db))
      const kept = (items ?? []).filter(({ state }) => state !== 'retired')
      return kept.map(({ item }) => ({ value: item.id, description: item.question }))
    }
    case 'feed': {
      const feeds = (await glance(io.env, (db) => listFeeds(db))) ?? []
      const kept = feeds.filter(({ state, origin }) => state !== 'retired' && origin === 'user')
      return kept.map(({ url, title }) => ({ value: maskUrl(url), description: title ?? '' }))
    }
    case 'channel':
      return []
  }
}
