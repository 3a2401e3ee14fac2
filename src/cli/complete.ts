import type { Command, Option } from 'commander'

/** What may stand next on a command line, with a few words on each. */
export interface Candidate {
  readonly value: string
  readonly description: string
}

/** What has names that may stand on a command line. */
export type Named = 'item' | 'feed' | 'channel'

/** The names that are known of things, asked for when they are needed. */
export type NamesOf = (what: Named) => Promise<readonly Candidate[]>

/** What the last of some words may be completed to, by the commands and options of a program. */
export async function complete(
  program: Command,
  words: readonly string[],
  namesOf: NamesOf,
): Promise<readonly Candidate[]> {
  const last = words.at(-1) ?? ''
  const place = placeOf(program, words.slice(0, -1))
  const all = await candidates(place, last, namesOf)
  return all.filter(({ value }) => value.startsWith(last))
}

interface Place {
  readonly command: Command
  /** The option that the next word is the value of. */
  readonly option: Option | null
  /** How many arguments were given. */
  readonly given: number
}

function placeOf(program: Command, words: readonly string[]): Place {
  let place: Place = { command: program, option: null, given: 0 }
  for (const word of words) {
    const { command, option, given } = place
    const next = command.commands.find((one) => one.name() === word || one.aliases().includes(word))
    if (option !== null) place = { command, option: null, given }
    else if (word.startsWith('-')) place = { command, option: valued(command, word), given }
    else if (next !== undefined && given === 0) place = { command: next, option: null, given: 0 }
    else place = { command, option: null, given: given + 1 }
  }
  return place
}

/** The option of a word, where its value is the next word. */
function valued(command: Command, word: string): Option | null {
  const option = command.options.find((one) => one.long === word || one.short === word)
  return option !== undefined && (option.required || option.optional) ? option : null
}

async function candidates(
  { command, option, given }: Place,
  last: string,
  namesOf: NamesOf,
): Promise<readonly Candidate[]> {
  if (option !== null) {
    const choices = option.argChoices ?? []
    return choices.length > 0
      ? choices.map((value) => ({ value, description: '' }))
      : named(option.attributeName(), namesOf)
  }
  if (last.startsWith('-')) return optionsOf(command)
  const subcommands = command
    .createHelp()
    .visibleCommands(command)
    .map((one) => ({ value: one.name(), description: one.description() }))
  const argument = command.registeredArguments[given] ?? command.registeredArguments.at(-1)
  const isOver = argument === undefined || (given >= command.registeredArguments.length && !argument.variadic)
  if (isOver) return given === 0 ? subcommands : []
  if (argument.argChoices !== undefined)
    return argument.argChoices.map((value) => ({ value, description: '' }))
  const what = argument.name() === 'id' && command.parent?.name() === 'items' ? 'item' : argument.name()
  return [...subcommands, ...(await named(what, namesOf))]
}

function optionsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long == null ? [] : [{ value: long, description }]))
}

async function named(what: string, namesOf: NamesOf): Promise<readonly Candidate[]> {
  return what === 'item' || what === 'feed' || what === 'channel' ? namesOf(what) : []
}
