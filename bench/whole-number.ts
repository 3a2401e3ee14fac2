/** A size that the environment may change. Throws when it is not a whole number above zero. */
export const wholeNumber = (name: string, usual: number): number => {
  const given = process.env[name]
  if (given === undefined || given === '') return usual
  if (!/^[1-9]\d*$/.test(given)) throw new Error(`${name} is ${given}; give a whole number above zero.`)
  return Number(given)
}
