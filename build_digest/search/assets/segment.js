/* One segment of the index: what its lists and files say. The twin of build_digest/search/index.py. */

import { hashUnits, hashFacet, readList, readPlaces } from "./shard.js"

const ENOUGH = 10        // so few passages are rather read than narrowed down further
const FACETS = ["topics", "sources", "periods"]
const NONE = { passages: [], counts: [], masks: [], titles: new Set(), offset: 0 }

/* A list is {passages, counts, masks, titles, offset}: arrays by posting, `titles` a set of places in them, `offset` where
   in the phrase its term stands. */
export class Segment {
  /* `files(path)` gives the bytes of a file below search/; `index` is the index's own file, `order` the place in it. */
  constructor(files, index, order) {
    const { name, bits, passages, continued } = index.segments[order]
    this.file = path => files(`${name}/${path}`)
    this.name = name
    this.order = order
    this.layout = { bits, passages, apart: index.apart }
    const continues = atob(continued)              // a bit for each passage, the first byte's highest first
    this.firsts = new Uint32Array(passages)        // of the document of each passage
    this.documents = 0
    for (let i = 0; i < passages; i++) {
      const goesOn = continues.charCodeAt(i >> 3) >> 7 - i % 8 & 1
      this.firsts[i] = goesOn ? this.firsts[i - 1] : i
      this.documents += 1 - goesOn
    }
  }

  async json(path) {
    return JSON.parse(new TextDecoder().decode(await this.file(path)))
  }

  async list(hash) {
    const shard = Math.floor(hash / 2 ** (32 - this.layout.bits)).toString(16).padStart(3, "0")
    return readList(await this.file(`terms/${shard}.bin`), hash, this.layout)
  }

  lists(terms) {
    return Promise.all(terms.map(async ({ units, offset }) => {
      const hash = hashUnits(units), list = await this.list(hash)
      return list && { ...list, offset, hash }
    }))
  }

  /* The documents that may contain the word, by their first passages, and whether they are certain to: {found, exact}.
     Every second pair tells nearly all; the others are fetched only when that leaves much to read. */
  async findDocuments({ pieces }) {
    const [cover, rest] = chooseTerms(pieces)
    let found = await this.join(await this.lists(cover))
    if (rest.length && found.passages.length > 5 * cover.length ** 3)
      found = await this.join([found, ...await this.lists(rest)])
    return { found: this.group(found), exact: cover.length === 1 }
  }

  /* What all lists have, as one list. */
  async join(lists) {
    if (lists.includes(null)) return NONE
    if (lists.length === 1) return lists[0]
    lists.sort((a, b) => a.passages.length - b.passages.length)
    const places = intersect(lists)
    if (places.length > ENOUGH) await Promise.all(lists.map(list => this.fillMasks(list)))
    const joined = { passages: [], counts: [], masks: [], titles: new Set(), offset: 0 }
    for (const place of places) {
      const mask = lists.reduce((all, { masks, offset }, i) => masks ? all & turn(masks[place[i]], offset) : all, 0xffff)
      if (!mask) continue
      if (lists.every(({ titles }, i) => titles.has(place[i]))) joined.titles.add(joined.passages.length)
      joined.passages.push(lists[0].passages[place[0]])
      joined.masks.push(mask)
      joined.counts.push(countBits(mask))
    }
    return joined
  }

  async fillMasks(list) {
    if (list.masks || !list.counts) return
    list.masks = readPlaces(await this.file(`places/${list.hash.toString(16).padStart(8, "0")}.bin`), list.counts)
  }

  /* The passages of a list by their documents: first passage → {passages, count, title}. */
  group({ passages, counts, titles }) {
    const groups = new Map()
    for (let i = 0; i < passages.length; i++) {
      const first = this.firsts[passages[i]], count = counts ? counts[i] : 1
      const group = groups.get(first)
      if (group) {
        group.passages.push(passages[i])
        group.count += count
      } else {
        groups.set(first, { passages: [passages[i]], count, title: titles.has(i) })
      }
    }
    return groups
  }

  /* The values that can be filtered by, and how many documents have each: {topics: [[value, count], …], …}. */
  facets() {
    return this.json("facets.json")
  }

  /* The documents that the filters {topic, source, period} allow, by their first passages; null when none is set. */
  async findAllowed(filters) {
    let allowed = null
    for (const [kind, name] of FACETS.entries()) {
      const value = filters[name.slice(0, -1)]
      if (!value) continue
      const number = (await this.facets())[name].findIndex(([each]) => each === value)
      const list = number < 0 ? null : await this.list(hashFacet(kind, number))
      const passages = list ? [...list.passages] : []
      allowed = new Set(allowed ? passages.filter(passage => allowed.has(passage)) : passages)
    }
    return allowed
  }

  /* What a passage's file says: {url, title, date, period, source, topics, part, text}. */
  async passage(number) {
    const content = new TextDecoder("utf-16le").decode(await this.file(`texts/${number}.txt`))
    const end = content.indexOf("\n")
    const [url, title, date, period, source, topics, part] = JSON.parse(content.slice(0, end))
    return { url, title, date, period, source, topics, part, text: content.slice(end + 1) }
  }
}

/* The terms of a word: those that cover its pieces (every second pair, and single characters that punctuation leaves
   alone), and the other pairs. Punctuation takes no place. */
function chooseTerms(pieces) {
  const cover = [], rest = []
  let start = 0
  for (const piece of pieces) {
    if (piece.length === 1) cover.push({ units: piece, offset: start })
    for (let at = 0; at + 1 < piece.length; at++) {
      const last = at + 2 === piece.length
      ;(at % 2 && !last ? rest : cover).push({ units: piece.slice(at, at + 2), offset: start + at })
    }
    start += piece.length
  }
  return [cover, rest]
}

/* The passages that all lists have, each as its places in the lists. */
function intersect(lists) {
  let places = Array.from(lists[0].passages, (_, place) => [place])
  for (const { passages } of lists.slice(1)) {
    let at = 0
    places = places.filter(place => {
      const passage = lists[0].passages[place[0]]
      while (at < passages.length && passages[at] < passage) at++
      return passages[at] === passage && place.push(at)
    })
  }
  return places
}

/* A mask of residues turned back by an offset, so that it tells where the phrase would begin. */
const turn = (mask, offset) => (mask >> offset % 16 | mask << 16 - offset % 16) & 0xffff

function countBits(mask) {
  let count = 0
  for (; mask; mask &= mask - 1) count++
  return count
}
