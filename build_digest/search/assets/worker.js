/* Material's search worker, replaced: the page sends SETUP and QUERY and expects READY and RESULT; the results page sends
   PAGE and FACETS and expects the same back. The engine, and with it the index, is loaded by the first query. */

const [SETUP, READY, QUERY, RESULT, PAGE, FACETS] = [0, 1, 2, 3, 4, 5]
const PAUSE = 120        // milliseconds that typing must rest before anything is fetched

let engine = null
let latest = 0

const load = async path => {
  const response = await fetch(new URL(path, self.location), path === "index.json" ? { cache: "no-cache" } : {})
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

const openEngine = () => {
  engine ??= import("./engine.js").then(({ Engine }) => new Engine(load))
  engine.catch(() => { engine = null })
  return engine
}

/* The result of a query, or null when a newer one has come. */
async function search(query, options) {
  const number = ++latest
  const current = () => number === latest
  if (!query.trim()) return { total: 0, others: 0, exact: true, near: false, signs: "alone", pages: 0, hits: [] }
  await new Promise(done => setTimeout(done, PAUSE))
  if (!current()) return null
  try {
    const result = await (await openEngine()).search(query, { ...options, current })
    return current() ? result : null
  } catch (error) {
    if (current()) throw error
    return null
  }
}

/* A hit as Material draws it; `text` and `title` are HTML. */
const toItem = (hit, score, query) => [{
  location: `${hit.url}?h=${encodeURIComponent(hit.missing.length ? hit.found.join(" ") : query)}`,
  title: hit.markedTitle,
  text: hit.excerpt,
  score,
  terms: Object.fromEntries(hit.missing.map(word => [word, false]))
}]

function toItems(query, { hits, pages }) {
  const items = hits.map((hit, i) => toItem(hit, hits.length - i, query))
  if (pages > 1) {
    const location = `search/?q=${encodeURIComponent(query)}`
    items.push([{ location, title: "在搜索页查看全部结果", text: "可按主题、来源和时间筛选", score: 0, terms: {} }])
  }
  return items
}

/* The answer to a message, or null when there is none to give. */
async function answer(type, data) {
  if (type === SETUP) return { type: READY }
  if (type === FACETS) return { type, data: await (await openEngine()).facets() }
  const query = type === PAGE ? data.query : data
  const result = await search(query, type === PAGE ? data : {})
  if (result === null) return null
  if (type === PAGE) return { type, data: { ...result, id: data.id } }
  const { hits, ...told } = result
  return { type: RESULT, data: { ...told, items: toItems(query, result), query } }
}

self.onmessage = async ({ data: { type, data } }) => {
  try {
    const message = await answer(type, data)
    if (message) self.postMessage(message)
  } catch (error) {
    // Not reached for the index, say: the page tells the reader, and the next query tries again.
    self.postMessage({ type: type === QUERY ? RESULT : type, data: { items: [], failed: String(error), id: data && data.id } })
  }
}
