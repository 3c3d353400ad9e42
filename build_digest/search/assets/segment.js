/* One segment of the index: what its lists and files say. The twin of build_digest/search/index.py. */

import { hashUnits, hashFacet, readList, readPlaces } from "./shard.js"

const ENOUGH = 10        // so few passages are rather read than narrowed down by residues that have a file of their own
const TERMS = 8          // so many terms of a word tell enough
const SIGNS = 2          // and so many of its signs
const RESIDUES = 16
const FACETS = ["topics", "sources", "periods"]
const NONE = { passages: [], counts: [], masks: [], titles: new Set(), offset: 0, density: 0 }

/* A list is {passages, counts, masks, titles, offset}: arrays by posting, `titles` a set of places in them, `offset` where
   in the phrase its term stands. What lists have in common has a `density`, too: the product of theirs. */
export class Segment {
  /* `files(path)` gives the bytes of a file below search/; `index` is the index's own file, `order` the place in it; the
     first `others` of its documents are no articles. */
  constructor(files, index, order, others) {
    const { name, bits, passages, continued } = index.segments[order]
    this.file = path => files(`${name}/${path}`)
    this.name = name
    this.order = order
    this.layout = { bits, passages, apart: index.apart }
    const continues = atob(continued)              // a bit for each passage, the first byte's highest first
    this.firsts = new Uint32Array(passages)        // of the document of each passage
    this.documents = 0
    this.articles = 0                              // the passage with which they begin
    for (let i = 0; i < passages; i++) {
      const goesOn = continues.charCodeAt(i >> 3) >> 7 - i % 8 & 1
      this.firsts[i] = goesOn ? this.firsts[i - 1] : i
      this.documents += 1 - goesOn
      if (this.documents <= others) this.articles = i + 1
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

  /* How many passages have each of the terms. */
  async count(terms) {
    return (await this.lists(terms)).map(list => list ? list.passages.length : 0)
  }

  /* The documents that may contain a word, by their first passages. Its terms are asked for in their order, until chance
     alone would leave little of what they leave; to be thorough, all of them. */
  async findDocuments({ terms, signs }, thorough) {
    const rest = terms.slice(2), steps = [terms.slice(0, 2), ...thorough ? [rest] : rest.map(term => [term])]
    let found = null
    for (const step of steps) {
      if (found && !(thorough ? found.passages.length : this.isDoubtful(found))) break
      const lists = await this.lists(step)
      found = await this.join(found ? [found, ...lists] : lists)
    }
    return this.group(found, signs.length ? await this.join([found, ...await this.lists(signs)]) : NONE)
  }

  /* Whether chance alone would leave more than one passage, and more than a fifth of what is found. */
  isDoubtful({ passages, density }) {
    return RESIDUES * this.layout.passages * density > Math.max(1, passages.length / 5)
  }

  /* What all lists have, as one list. */
  async join(lists) {
    if (lists.includes(null)) return NONE
    if (lists.length === 1) return lists[0]
    lists.sort((a, b) => a.passages.length - b.passages.length)
    const places = intersect(lists)
    if (places.length > ENOUGH) await Promise.all(lists.map(list => this.fillMasks(list)))
    const joined = { passages: [], counts: [], masks: [], titles: new Set(), offset: 0 }
    joined.density = lists.reduce((density, list) => density * this.density(list), 1)
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

  /* The part of all passages that have a list's term, at one residue where those are known. */
  density({ density, passages, counts, masks }) {
    if (density !== undefined) return density
    const places = masks ? counts.reduce((sum, count) => sum + count, 0) / RESIDUES : passages.length
    return places / this.layout.passages
  }

  async fillMasks(list) {
    if (list.masks || !list.counts) return
    list.masks = readPlaces(await this.file(`places/${list.hash.toString(16).padStart(8, "0")}.bin`), list.counts)
  }

  /* The passages of a list by their documents: first passage → {passages, written, count, title}; `written` are those in
     the list of what has all signs. */
  group({ passages, counts, titles }, { passages: written }) {
    const groups = new Map()
    for (let i = 0; i < passages.length; i++) {
      const first = this.firsts[passages[i]], count = counts ? counts[i] : 1
      const group = groups.get(first)
      if (group) {
        group.passages.push(passages[i])
        group.count += count
      } else {
        groups.set(first, { passages: [passages[i]], count, title: titles.has(i), written: [] })
      }
    }
    for (const passage of written) groups.get(this.firsts[passage]).written.push(passage)
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

  /* What a passage's file says: {url, title, date, period, source, topics, isArticle, part, text}. */
  async passage(number) {
    const content = new TextDecoder("utf-16le").decode(await this.file(`texts/${number}.txt`))
    const end = content.indexOf("\n")
    const [url, title, date, period, source, topics, isArticle, part] = JSON.parse(content.slice(0, end))
    return { url, title, date, period, source, topics, isArticle, part, text: content.slice(end + 1) }
  }
}

/* The terms of a word: the pairs of its pieces, and single characters that punctuation leaves alone; of a long word as
   many as are enough, evenly chosen. Punctuation takes no place. */
export function listTerms({ pieces }) {
  const terms = []
  let start = 0
  for (const piece of pieces) {
    const last = Math.max(1, piece.length - 1)
    for (let at = 0; at < last; at++) terms.push({ units: piece.slice(at, at + 2), offset: start + at })
    start += piece.length
  }
  const step = Math.max(1, terms.length / TERMS)
  return Array.from({ length: Math.min(terms.length, TERMS) }, (_, i) => terms[Math.floor(i * step)])
}

/* The terms of a word's signs: each sign with the unit before it. */
export function listSigns({ text, signs }) {
  const term = ([place, sign]) => ({
    units: text[place] + String.fromCharCode(sign),
    offset: text.slice(0, place).replaceAll(" ", "").length
  })
  return [...signs].slice(0, SIGNS).map(term)
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
