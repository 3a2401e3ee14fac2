/** The array itself where it is long enough, else a copy at least twice as long; new places hold `fill`. */
export const withRoom = (
  array: Int32Array<ArrayBuffer>,
  length: number,
  fill = 0,
): Int32Array<ArrayBuffer> => {
  if (length <= array.length) return array
  const longer = new Int32Array(Math.max(length, array.length * 2)).fill(fill, array.length)
  longer.set(array)
  return longer
}
