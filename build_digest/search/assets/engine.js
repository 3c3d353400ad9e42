/* The search: from a query to the documents that contain it. Knows nothing of pages or workers.

   The lists of each segment leave the documents that may contain the words (see segment.js); of a long word the rarest
   terms are asked for first, and common ones seldom. What is to be shown is read to make sure, and all is read when it is
   little. Every file is fetched once. */

import { makeExcerpt, markTitle } from "./excerpt.js"
import { IN_WORDS, makeFold, parseQuery } from "./fold.js"
import { Segment, listSigns, listTerms } from "./segment.js"

export const PAGE = 10
const CHECK_ALL = 20          // so many candidates are all read, so that their number is exact
const MOST = 2000             // so many candidates at most are read for a page: more of a large archive would be too dear
const PARTS = 8               // so many words of a query are looked for when nothing contains it
const NOTHING = { total: 0, others: 0, exact: true, near: false, signs: "all", pages: 0, hits: [] }

export class Engine {
  /* `load(path)` gives the bytes of a file below search/; at most `most` candidates are read for a page. */
  constructor(load, most = MOST) {
    this.kept = new Map()
    this.load = load
    this.most = most
  }

  /* A file's bytes; a failed fetch is tried again the next time. */
  file(path) {
    if (!this.kept.has(path)) {
      const file = this.load(path)
      file.catch(() => this.kept.delete(path))
      this.kept.set(path, file)
    }
    return this.kept.get(path)
  }

  open() {
    if (!this.opening) {
      this.opening = this.readIndex()
      this.opening.catch(() => { this.opening = null })
    }
    return this.opening
  }

  async readIndex() {
    const [index, variants] = await Promise.all([this.file("index.json"), this.file("variants.bin")])
    const parsed = JSON.parse(new TextDecoder().decode(index))
    this.fold = makeFold(variants)
    this.segments = []
    let others = parsed.others
    for (const order of parsed.segments.keys()) {
      this.segments.push(new Segment(path => this.file(path), parsed, order, others))
      others -= this.segments[order].documents
    }
  }

  /* The documents that contain all words of the query: articles first; of these those with its signs as written, then
     those in titles, then rarer and denser, then newer.

     Gives {total, others, exact, near, signs, pages, hits}: `total` counts the articles, `others` what is no article;
     `hits` are those of the page, {url, title, date, period, source, topics, isArticle, markedTitle, excerpt, found,
     missing}, the last two words of the query;
     `exact` is false when the counts are estimates, 0 too; `near` says that nothing contains the words and that these come
     nearest; `signs` whether "all" have the query's signs, "first" those at the beginning, that it "ignored" them, or that
     they are "alone", so that nothing is asked for.
     `filters` may have topic, source and period; `order` is "relevance" or "date".
     When `current()` is no longer true, the work is left and the result means nothing. */
  async search(query, { page = 1, order = "relevance", filters = {}, current = () => true } = {}) {
    await this.open()
    const words = parseQuery(query, this.fold)
    if (!words.length) return { ...NOTHING, signs: "alone" }
    if (!current()) return NOTHING
    const found = await this.findDocuments(words, filters)
    if (!current()) return NOTHING
    sort(found.documents, order)
    const result = await this.confirm(words, found, page, current)
      ?? await this.confirm(words, await this.narrow(words, found), page, current)
    if (result.hits.length || result.total || !current()) return { ...result, signs: describeSigns(words, found, order) }
    return { ...await this.findNear(query, words, filters), exact: result.exact }
  }

  /* The documents that may contain all words, {documents, exact, thorough}; a document is {segment, first, groups, score,
     inTitle, asWritten, isArticle}. */
  async findDocuments(words, filters, thorough = false) {
    const asked = await Promise.all(words.map(async word => ({ terms: await this.orderTerms(word), signs: listSigns(word) })))
    const bySegment = await Promise.all(this.segments.map(async segment => {
      const [allowed, ...byWord] = await Promise.all([
        segment.findAllowed(filters), ...asked.map(each => segment.findDocuments(each, thorough))
      ])
      const rarity = byWord.map(found => Math.log(1 + segment.documents / (1 + found.size)))
      const documents = []
      for (const first of byWord[0].keys()) {
        const groups = byWord.map(found => found.get(first))
        if (groups.every(Boolean) && (!allowed || allowed.has(first))) documents.push(rank(segment, first, groups, rarity))
      }
      return documents
    }))
    const exact = asked.every(({ terms }, i) => terms.length === 1 && !words[i].whole)
    return { documents: bySegment.flat(), exact, thorough }
  }

  /* What all terms leave of documents that some have left, in the same order, so that pages go on where others end. */
  async narrow(words, { documents, exact }) {
    const left = new Set((await this.findDocuments(words, {}, true)).documents.map(toKey))
    return { documents: documents.filter(document => left.has(toKey(document))), exact, thorough: true }
  }

  /* The terms of a word, best first: the rarer in the newest segment, the better. */
  async orderTerms(word) {
    const terms = listTerms(word), newest = this.segments.at(-1)
    if (terms.length <= 2 || !newest) return terms
    const counts = await newest.count(terms)
    return [...terms.keys()].sort((a, b) => counts[a] - counts[b]).map(i => terms[i])
  }

  /* Reads what the page shows, and more where the lists are not certain, and leaves out what does not have the words.
     Gives null when that is most of it, and other terms would spare more reading. */
  async confirm(words, { documents, exact, thorough }, page, current) {
    const start = (page - 1) * PAGE
    const readAll = batch => Promise.all(batch.map(each => this.read(each, words)))
    const describe = (total, others, hits) =>
      ({ ...NOTHING, total, others, pages: Math.ceil((total + others) / PAGE), hits })
    if (exact) {
      const total = countArticles(documents)
      return describe(total, documents.length - total, await readAll(documents.slice(start, start + PAGE)))
    }
    const right = [], all = documents.length <= CHECK_ALL
    let checked = 0
    const most = Math.min(documents.length, start + this.most)
    while (checked < most && (all || right.length < start + PAGE) && current()) {
      // A page at first, then what is still wanted, and more and more when little of what is read has the words.
      const wanted = all ? CHECK_ALL : checked || thorough ? start + PAGE - right.length : PAGE
      const size = Math.max(wanted, checked >> 1)
      const hits = await readAll(documents.slice(checked, Math.min(checked + size, most)))
      right.push(...hits.filter(hit => !hit.missing.length))
      checked += hits.length
      if (!thorough && right.length < checked / 2 && checked < documents.length && current()) return null
    }
    const rest = documents.slice(checked), articles = countArticles(right), part = right.length / Math.max(1, checked)
    const estimate = (known, unread) => known + Math.round(unread * part)
    const total = estimate(articles, countArticles(rest))
    const others = estimate(right.length - articles, rest.length - countArticles(rest))
    const result = describe(total, others, right.slice(start, start + PAGE))
    const pages = checked < most || checked === documents.length ? result.pages : Math.ceil(right.length / PAGE)
    return { ...result, exact: !rest.length, pages }
  }

  /* A document as a hit: what its file says, the surroundings of the words, and which of them it does not have after all. */
  async read({ segment, groups }, words) {
    const inOrder = name => groups.flatMap(group => group[name]).sort((a, b) => a - b)
    const numbers = new Set([...inOrder("written"), ...inOrder("passages")])
    const missing = new Set(words)
    let shown = null, most = -1
    for (const number of numbers) {
      const passage = await segment.passage(number)
      const { text } = this.fold(passage.part ? passage.text : `${passage.title}\n${passage.text}`)
      const news = words.filter(({ pattern }) => text.search(pattern) >= 0).filter(word => missing.delete(word)).length
      if (news > most) [shown, most] = [passage, news]
      if (!missing.size) break
    }
    return {
      ...shown,
      markedTitle: markTitle(shown.title, words, this.fold),
      excerpt: makeExcerpt(shown.text, words, this.fold),
      found: words.filter(word => !missing.has(word)).map(({ word }) => word),
      missing: [...missing].map(({ word }) => word)
    }
  }

  /* When nothing contains the query: the documents that have most of its words, the rarer the better. */
  async findNear(query, words, filters) {
    const parts = parseQuery(splitWords(query, words).join(" "), this.fold)
    if (parts.length < 2) return NOTHING
    const found = await Promise.all(parts.map(part => this.findDocuments([part], filters)))
    const near = new Map(), all = this.segments.reduce((sum, segment) => sum + segment.documents, 0)
    for (const { documents } of found)
      for (const document of documents) {
        const key = toKey(document)
        const known = near.get(key) || { ...document, groups: [], score: 0 }
        known.groups.push(...document.groups)
        known.score += Math.log(1 + all / (1 + documents.length))
        near.set(key, known)
      }
    const best = [...near.values()].sort((a, b) => b.isArticle - a.isArticle || b.score - a.score).slice(0, PAGE)
    const read = await Promise.all(best.map(each => this.read(each, parts)))
    const hits = read.filter(hit => hit.missing.length < parts.length)
    return { ...NOTHING, near: hits.length > 0, pages: Math.sign(hits.length), hits }
  }

  /* All values that can be filtered by: {topics: [[value, count], …], …}. */
  async facets() {
    await this.open()
    const all = {}
    for (const segment of this.segments)
      for (const [name, values] of Object.entries(await segment.facets()))
        for (const [value, count] of values) {
          all[name] ??= new Map()
          all[name].set(value, (all[name].get(value) || 0) + count)
        }
    return Object.fromEntries(Object.entries(all).map(([name, counts]) => [name, [...counts]]))
  }
}

const toKey = ({ segment, first }) => `${segment.name}/${first}`

/* A later segment's documents are newer ones, and within a segment those of later passages. */
function sort(documents, order) {
  const newer = (a, b) => b.segment.order - a.segment.order || b.first - a.first
  const better = (a, b) => b.isArticle - a.isArticle || b.asWritten - a.asWritten || b.inTitle - a.inTitle ||
    b.score - a.score || newer(a, b)
  documents.sort(order === "date" ? newer : better)
}

function rank(segment, first, groups, rarity) {
  const score = groups.reduce((sum, { count }, i) => sum + rarity[i] * (1 + Math.log2(count)), 0)
  const inTitle = groups.filter(({ title }) => title).length
  const asWritten = groups.filter(({ written }) => written.length).length
  return { segment, first, groups, score, inTitle, asWritten, isArticle: first >= segment.articles }
}

const countArticles = all => all.filter(({ isArticle }) => isArticle).length

function describeSigns(words, { documents }, order) {
  const signed = words.filter(({ signs }) => signs.size).length
  if (documents.every(({ asWritten }) => asWritten >= signed)) return "all"
  return order !== "date" && documents.some(({ asWritten }) => asWritten) ? "first" : "ignored"
}

/* The words within a query, the longest of them: by the browser's dictionary where it has one, else every two characters.
   A single letter or digit says nothing. */
function splitWords(query, words) {
  const cut = "Segmenter" in Intl ? [...new Intl.Segmenter("zh", { granularity: "word" }).segment(query)] : []
  const long = cut.filter(part => part.isWordLike && part.segment.length > 1).map(part => part.segment)
  const enough = long.length > 1 || words.length > 1 && long.length
  const parts = enough ? long : words.flatMap(({ pieces }) => pieces).flatMap(splitPiece)
  const telling = parts.filter(part => !new RegExp(`^[${IN_WORDS}]$`).test(part))
  return [...new Set(telling)].sort((a, b) => b.length - a.length).slice(0, PARTS)
}

function splitPiece(piece) {
  const runs = piece.match(new RegExp(`\\^[${IN_WORDS}]+|[^^${IN_WORDS}]+`, "g"))
  const pairs = run => Array.from(run.slice(1), (unit, i) => run[i] + unit)
  return runs.flatMap(run => run[0] === "^" ? run.slice(1) : run.length > 1 ? pairs(run) : run)
}
