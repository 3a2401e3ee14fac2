import type { Command } from 'commander'
import { oneLine } from '../report/plain.ts'
import { complete, type NamesOf } from './complete.ts'
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
  // who completes a command or an option need not wait for what names take
  const names: NamesOf = async (what) => (await import('./known-names.ts')).knownNames(io, what)
  for (const { value, description } of await complete(program, words, names))
    io.out(`${value}\t${oneLine(description)}\n`)
  return 0
}
