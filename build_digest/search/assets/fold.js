/* Folding: what the search takes to be the same is made the same. The twin of build_digest/search/fold.py, which says
   what the kinds of units are and why; the ranges here are its ranges. */

const [BREAK, WORD, CHARACTER, SPACE, LINE, NOTHING] = [0, 1, 2, 3, 4, 5]
const FIRST_CHARACTER = 0x0530
const KINDS = [
  [WORD, [0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a, 0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x24f, 0x300, 0x36f, 0x386, 0x386, 0x388,
    0x3ff, 0x400, 0x52f]],
  [BREAK, [0x2010, 0x2027, 0x2030, 0x205e, 0x2065, 0x206f, 0x20a0, 0x20cf, 0x2190, 0x245f, 0x2500, 0x2bff, 0x2e00,
    0x2e7f, 0x3001, 0x3004, 0x3008, 0x3020, 0x3030, 0x3030, 0x303d, 0x303f, 0x30a0, 0x30a0, 0x30fb, 0x30fb, 0xe000,
    0xf8ff, 0xfe10, 0xfe6f, 0xfff0, 0xffff]],
  [SPACE, [0x09, 0x09, 0x0b, 0x0c, 0x20, 0x20, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x202f, 0x202f, 0x205f,
    0x205f, 0x3000, 0x3000]],
  [LINE, [0x0a, 0x0a, 0x0d, 0x0d, 0x85, 0x85, 0x2028, 0x2029]],
  [NOTHING, [0xad, 0xad, 0x200b, 0x200f, 0x202a, 0x202e, 0x2060, 0x2064, 0xfe00, 0xfe0f, 0xfeff, 0xfeff]]
]
const SIGNS = new Set(Array.from("#%&'+-./@_·‰", sign => sign.charCodeAt(0)))
const COMPATIBLE = [0x2e80, 0x2fdf, 0xf900, 0xfaff, 0xff00, 0xffef]

function* eachUnit(ranges) {
  for (let i = 0; i < ranges.length; i += 2)
    for (let unit = ranges[i]; unit <= ranges[i + 1]; unit++) yield unit
}

/* The function fold(text) → {text, origin, signs}: the folded text, for each of its units where it stood in the text, and
   the signs by the places of the units that they follow at once. `variants` are the bytes of variants.bin. */
export function makeFold(variants) {
  const table = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit)
  for (let unit = 0; unit < FIRST_CHARACTER; unit++) {
    const lower = String.fromCharCode(unit).toLowerCase()
    if (lower.length === 1) table[unit] = lower.charCodeAt(0)
  }
  for (let i = 0, unit = 0x3400; i < variants.length; i += 3) {
    unit += variants[i]
    const other = variants[i + 1] | variants[i + 2] << 8
    if (other) table[unit] = other
  }
  for (const unit of eachUnit(COMPATIBLE)) {
    const normal = String.fromCharCode(unit).normalize("NFKC")
    if (normal.length === 1) table[unit] = table[normal.charCodeAt(0)]
  }
  const kinds = new Uint8Array(0x10000).fill(CHARACTER)
  kinds.fill(BREAK, 0, FIRST_CHARACTER)
  for (const [kind, ranges] of KINDS) for (const unit of eachUnit(ranges)) kinds[unit] = kind

  return text => {
    const folded = [], origin = [], signs = new Map()
    let border = 0            // what was seen since the last unit that was kept: 0 nothing, 1 spaces, 2 a break, 3 a line
    let last = BREAK          // the kind of the last unit that was kept
    let before = BREAK        // the kind of the last unit that can be seen
    const keep = (unit, at) => { folded.push(String.fromCharCode(unit)); origin.push(at) }
    for (let at = 0; at < text.length; at++) {
      const unit = table[text.charCodeAt(at)], kind = kinds[unit]
      if (kind === NOTHING) continue
      if (kind === WORD || kind === CHARACTER) {
        if (border === 1 && !(kind === CHARACTER && last === CHARACTER)) border = 0
        if (border && folded.length) keep(border === 3 ? 10 : 32, at)
        if (kind === WORD && before !== WORD) keep(94, at)      // ^
        keep(unit, at)
        last = kind
        border = 0
      } else {
        if (!border && folded.length && SIGNS.has(unit)) signs.set(folded.length - 1, unit)
        border = Math.max(border, kind === SPACE ? 1 : kind === LINE ? 3 : 2)
      }
      before = kind
    }
    return { text: folded.join(""), origin, signs }
  }
}

export const IN_WORDS = "0-9a-z\u00c0-\u052f"        // in a folded text, the units of words

// A word begins with a quotation, in which spaces are nothing but spaces, or it has none.
const WORDS = /(?:"[^"]*"|[“”„][^“”]*[“”]|「[^」]*」|『[^』]*』|＂[^＂]*＂)\S*|\S+/g

/* What a query asks for: its words as spaces part them, each once, folded to its pieces, which punctuation parts. `signs`
   are those of the word, by their places in its folded text. */
export function parseQuery(query, fold) {
  const words = new Map()
  for (const word of query.slice(0, 200).match(WORDS) ?? []) {
    const { text, signs } = fold(word), pieces = text.split(/[ \n]/).filter(Boolean)
    if (!pieces.length) continue
    const whole = isWhole(word, pieces, fold), pattern = makePattern(pieces, whole)
    words.set(pattern.source, { word, text, pieces, whole, pattern, signs })
  }
  return [...words.values()]
}

/* Whether what it ends with is no mere beginning: the C of C++ is, for the sign after it says where it ends, but for C*. */
const isWhole = (word, pieces, fold) =>
  new RegExp(`[${IN_WORDS}]$`).test(pieces.at(-1)) && fold(`${word}0`).text.endsWith(" ^0") && !/[*＊]$/.test(word)

/* Punctuation in a query matches any punctuation within a line, and none; what has none matches only as it stands. */
function makePattern(pieces, whole) {
  const signs = pieces.map(piece => piece.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join(" ?")
  return new RegExp(whole ? `${signs}(?![${IN_WORDS}])` : signs)
}

/* Where the words stand in a text: [[start, end, asWritten], …] in order, none overlapping another; `asWritten` where a
   word that has signs in the query has the same there. */
export function findWords(text, words, fold) {
  const folded = fold(text), found = []
  for (const word of words)
    for (const match of folded.text.matchAll(new RegExp(word.pattern, "g"))) {
      const last = match.index + match[0].length - 1
      found.push([folded.origin[match.index], folded.origin[last] + 1, isAsWritten(match, word, folded)])
    }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1])
  const merged = []
  for (const [start, end, asWritten] of found) {
    const before = merged[merged.length - 1]
    if (before && start <= before[1]) {
      before[1] = Math.max(before[1], end)
      before[2] ||= asWritten
    } else {
      merged.push([start, end, asWritten])
    }
  }
  return merged
}

const isAsWritten = (match, { text, signs }, folded) =>
  signs.size > 0 && match[0] === text && [...signs].every(([place, sign]) => folded.signs.get(match.index + place) === sign)
