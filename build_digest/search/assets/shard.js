/* Reading the lists of terms: the twin of build_digest/search/shards.py; the layout stands in index.py. */

const MULTIPLIER = 0x9e3779b1
const MASKED = 4

/* The hash of a term of one or two units, and of a facet: see build_digest/search/postings.py. */
export const hashUnits = units =>
  Math.imul(units.length === 1 ? units.charCodeAt(0) : units.charCodeAt(0) << 16 | units.charCodeAt(1), MULTIPLIER) >>> 0
export const hashFacet = (kind, number) => Math.imul((0xe000 + kind) << 16 | number, MULTIPLIER) >>> 0

const parameter = (universe, count) => Math.floor(Math.log2(Math.max(1, Math.floor(universe / Math.max(1, count)))))

class Bits {
  constructor(bytes) {
    this.bytes = bytes
    this.at = 0
  }
  bit() {
    return this.bytes[this.at >> 3] >> (7 - (this.at++ & 7)) & 1
  }
  zeros() {
    let count = 0
    while (!this.bit())
      if (++count > this.bytes.length * 8) throw new Error("a list does not end")
    return count
  }
  fixed(width) {
    let number = 0
    while (width--) number = number * 2 + this.bit()
    return number
  }
  gamma() {
    const digits = this.zeros()
    return 2 ** digits + this.fixed(digits)
  }
  rice(k) {
    return this.zeros() * 2 ** k + this.fixed(k)
  }
}

function readGaps(bits, count, universe) {
  const numbers = new Uint32Array(count), k = parameter(universe, count)
  for (let i = 0, next = 0; i < count; i++) {
    numbers[i] = next + bits.rice(k)
    next = numbers[i] + 1
  }
  return numbers
}

const readCounts = (bits, size) => Uint8Array.from({ length: size }, () => {
  let count = 1
  while (count < MASKED && !bits.bit()) count++
  return count
})

function readMasks(bits, counts) {
  return Uint16Array.from(counts, count => {
    if (count === MASKED) return bits.fixed(16)
    let mask = 0
    while (count--) mask |= 1 << bits.fixed(4)
    return mask
  })
}

/* The masks of residues of a list that has a file of its own. */
export const readPlaces = (bytes, counts) => readMasks(new Bits(bytes), counts)

/* The list of a term in its shard, or null: {passages, counts, masks, titles}, arrays by posting; `counts` (of residues,
   4 for more) and `masks` for pairs only, `masks` null where they have a file of their own; `titles` is the
   set of places in the list of what stands in titles. */
export function readList(bytes, hash, { bits: shardBits, passages, apart }) {
  const bits = new Bits(bytes), range = 2 ** (32 - shardBits)
  const lists = bits.gamma() - 1, k = parameter(range, lists)
  const shard = Math.floor(hash / range) * range
  for (let i = 0, next = shard; i < lists; i++) {
    const found = next + bits.rice(k)
    next = found + 1
    if (found > hash) return null
    const size = bits.gamma()
    const list = { passages: readGaps(bits, size, passages), counts: null, masks: null, titles: null }
    if (isPair(found)) {
      list.counts = readCounts(bits, size)
      if (size <= apart) list.masks = readMasks(bits, list.counts)
    }
    list.titles = new Set(readGaps(bits, bits.gamma() - 1, size))
    if (found === hash) return list
  }
  return null
}

const INVERSE = inverse(MULTIPLIER)

function inverse(odd) {
  let result = odd            // right in the last three bits; each step doubles how many are
  for (let i = 0; i < 4; i++) result = Math.imul(result, 2 - Math.imul(odd, result))
  return result
}

function isPair(hash) {
  const first = Math.imul(hash, INVERSE) >>> 16
  return first !== 0 && (first & 0xfff0) !== 0xe000
}
