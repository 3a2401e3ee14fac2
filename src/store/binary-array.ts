// Arrays as Postgres reads them in binary (`array_recv` and the types' own `_recv`), for statements that take many rows.
// As text they would be quoted here and taken apart there, which costs both sides more than the rows themselves.

/** The numbers that Postgres has for the types, from pg_type. */
const types = { bool: 16, bytea: 17, bigint: 20, int: 23, text: 25, timestamptz: 1184 } as const

/** Dimensions, flags, type, length, lower bound: four bytes each. */
const headBytes = 20

class ArrayWriter {
  private buffer: Buffer
  private at = headBytes
  private hasNull = false

  constructor(values: number, room: number) {
    this.buffer = Buffer.allocUnsafe(headBytes + values * 4 + room)
  }

  none(): void {
    this.hasNull = true
    this.at = this.buffer.writeInt32BE(-1, this.at)
  }

  text(value: string): void {
    const written = this.buffer.write(value, this.at + 4)
    this.buffer.writeInt32BE(written, this.at)
    this.at += 4 + written
  }

  hex(value: string): void {
    this.at = this.buffer.writeInt32BE(value.length / 2, this.at)
    this.at += this.buffer.write(value, this.at, 'hex')
  }

  byte(value: number): void {
    this.at = this.buffer.writeInt32BE(1, this.at)
    this.at = this.buffer.writeUInt8(value, this.at)
  }

  int(value: number): void {
    this.at = this.buffer.writeInt32BE(4, this.at)
    this.at = this.buffer.writeInt32BE(value, this.at)
  }

  /** A whole number that a double holds exactly, in eight bytes. */
  long(value: number): void {
    const high = Math.floor(value / 2 ** 32)
    this.at = this.buffer.writeInt32BE(8, this.at)
    this.at = this.buffer.writeInt32BE(high, this.at)
    this.at = this.buffer.writeUInt32BE(value - high * 2 ** 32, this.at)
  }

  /** A thousand times a whole number, in eight bytes: exact also where a double could not hold the product. */
  thousands(value: number): void {
    const high = Math.floor(value / 2 ** 32)
    const low = (value - high * 2 ** 32) * 1000
    this.at = this.buffer.writeInt32BE(8, this.at)
    this.at = this.buffer.writeInt32BE(high * 1000 + Math.floor(low / 2 ** 32), this.at)
    this.at = this.buffer.writeUInt32BE(low % 2 ** 32, this.at)
  }

  end(type: number, length: number): Buffer {
    this.buffer.writeInt32BE(length === 0 ? 0 : 1, 0)
    this.buffer.writeInt32BE(this.hasNull ? 1 : 0, 4)
    this.buffer.writeInt32BE(type, 8)
    this.buffer.writeInt32BE(length, 12)
    this.buffer.writeInt32BE(1, 16)
    // an array of nothing has no dimensions
    return this.buffer.subarray(0, length === 0 ? 12 : this.at)
  }
}

/** `bool[]` */
export function boolArray(values: readonly boolean[]): Buffer {
  const writer = new ArrayWriter(values.length, values.length)
  for (const value of values) writer.byte(value ? 1 : 0)
  return writer.end(types.bool, values.length)
}

/** `int[]` */
export function intArray(values: readonly number[]): Buffer {
  const writer = new ArrayWriter(values.length, values.length * 4)
  for (const value of values) writer.int(value)
  return writer.end(types.int, values.length)
}

/** `bigint[]` of ids as they are read, in decimal. Throws for what is no whole number that a double holds exactly. */
export function idArray(values: readonly string[]): Buffer {
  const writer = new ArrayWriter(values.length, values.length * 8)
  for (const value of values) {
    const id = Number(value)
    if (!Number.isSafeInteger(id)) throw new Error(`"${value}" is no id`)
    writer.long(id)
  }
  return writer.end(types.bigint, values.length)
}

/** `bigint[]` of keys that are eight bytes, in hexadecimal: the highest first, as of a hash. */
export function keyArray(values: readonly string[]): Buffer {
  const writer = new ArrayWriter(values.length, values.length * 8)
  for (const value of values) writer.hex(value)
  return writer.end(types.bigint, values.length)
}

/** `bytea[]`, given in hexadecimal: hashes come so, and a Buffer for each would cost more than to write it. */
export function byteaArray(values: readonly string[]): Buffer {
  const digits = values.reduce((sum, value) => sum + value.length, 0)
  const writer = new ArrayWriter(values.length, digits / 2)
  for (const value of values) writer.hex(value)
  return writer.end(types.bytea, values.length)
}

/** No character of UTF-16 is longer in UTF-8, in bytes. */
const longestCharacter = 3

/** `text[]`; must hold neither NUL nor lone surrogates, which Postgres has no text for. */
export function textArray(values: readonly (string | null)[]): Buffer {
  const characters = values.reduce((sum, value) => sum + (value?.length ?? 0), 0)
  const writer = new ArrayWriter(values.length, characters * longestCharacter)
  for (const value of values) {
    if (value === null) writer.none()
    else writer.text(value)
  }
  return writer.end(types.text, values.length)
}

/** Postgres counts from the year 2000. In milliseconds. */
const postgresEpoch = Date.UTC(2000, 0, 1)

/** `timestamptz[]` */
export function timestampArray(values: readonly (Date | null)[]): Buffer {
  const writer = new ArrayWriter(values.length, values.length * 8)
  for (const value of values) {
    if (value === null) writer.none()
    else writer.thousands(value.getTime() - postgresEpoch)
  }
  return writer.end(types.timestamptz, values.length)
}
