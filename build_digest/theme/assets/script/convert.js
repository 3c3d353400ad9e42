/* Show the page in simplified or traditional characters, by the longest phrase that a table has at each place.

   Text is taken block by block across inline elements, so that a phrase with a highlighted or linked part is seen
   whole. A block that is in the wanted script already is left alone: 后 or 里 in it are words of their own. Addresses,
   code and form contents stay as they are, and so do all attributes but those that a reader reads. */

const KEPT = "code, pre, kbd, samp, script, style, textarea, option:not([value]), svg, [translate=no]"
const INLINE = new Set("A ABBR B BDI CITE DEL EM FONT I INS LABEL MARK Q RUBY S SMALL SPAN STRONG SUB SUP TIME U".split(" "))
const READ = ["title", "placeholder", "aria-label", "alt"]
const ADDRESS = /((?:https?:\/\/|www\.)[^\s<>"“”‘’，。；：！？、（）《》【】]+)/

/** Text node → what its author wrote and what is shown; element → the same for each attribute. */
const written = new WeakMap()
const tables = new Map()
let current = null
let table = null
let textLost = false

/** Fetch and read the table of a script once. */
function load(script) {
  if (!tables.has(script)) {
    const file = new URL(`${script}.txt`, import.meta.url)
    const table = fetch(file).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.statusText))).then(parse)
    table.catch(() => tables.delete(script))
    tables.set(script, table)
  }
  return tables.get(script)
}

/** Read a table's lines: what is written, a tab, what to show; without a tab, by its characters. */
function parse(text) {
  const entries = new Map()
  const longest = new Map()
  for (const line of text.split("\n")) {
    if (!line || line[0] === "#") continue
    const [before, after] = line.split("\t")
    entries.set(before, after ?? [...before].map((character) => entries.get(character) ?? character).join(""))
    longest.set(before[0], Math.max(longest.get(before[0]) ?? 1, before.length))
  }
  // Only what its own script alone writes tells it: 才 stands for 纔, but both scripts write 人才.
  const uses = new Map()
  for (const character of [...entries.keys()].join("")) uses.set(character, (uses.get(character) ?? 0) + 1)
  const targets = new Set()
  for (const [before, after] of entries) {
    if (before.length === 1 && !entries.has(after) && (uses.get(after) ?? 0) < uses.get(before)) targets.add(after)
  }
  return { entries, longest, targets }
}

/** Tell whether most characters that tell the scripts apart are of the other one. */
function needsChange(text) {
  let balance = 0
  for (const character of text) {
    if (table.targets.has(character)) balance--
    else if (table.entries.has(character)) balance++
  }
  return balance > 0
}

/** Replace by the longest entry at each place; every entry keeps its length. */
function replaceLongest(text) {
  let out = ""
  for (let at = 0; at < text.length; ) {
    let size = Math.min(table.longest.get(text[at]) ?? 1, text.length - at)
    while (size > 1 && !table.entries.has(text.substr(at, size))) size--
    const piece = text.substr(at, size)
    out += table.entries.get(piece) ?? piece
    at += size
  }
  return out
}

function convert(text) {
  if (!table || !needsChange(text)) return text
  return text.split(ADDRESS).map((part, index) => (index % 2 ? part : replaceLongest(part))).join("")
}

/** What the author wrote in a text node, unless somebody else has put something there since. */
function original(node) {
  const known = written.get(node)
  if (known?.shown === node.data) return known.original
  if (known && known.shown !== known.original) textLost = true
  return node.data
}

/** Change neighbouring text nodes as one text. */
function changeRun(nodes) {
  const before = nodes.map(original)
  const after = convert(before.join(""))
  let at = 0
  nodes.forEach((node, index) => {
    const shown = after.substr(at, before[index].length)
    at += before[index].length
    written.set(node, { original: before[index], shown })
    if (node.data !== shown) node.data = shown
  })
}

function changeAttributes(element) {
  for (const name of READ) {
    const value = element.getAttribute(name)
    if (!value) continue
    const known = written.get(element) ?? {}
    const before = known[name]?.shown === value ? known[name].original : value
    const shown = convert(before)
    written.set(element, { ...known, [name]: { original: before, shown } })
    if (shown !== value) element.setAttribute(name, shown)
  }
}

/** Change all text below an element, block by block. */
function change(top) {
  let run = []
  const flush = () => {
    if (run.length) changeRun(run)
    run = []
  }
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) run.push(node)
    if (node.nodeType !== Node.ELEMENT_NODE) return
    const isInline = INLINE.has(node.tagName)
    if (!isInline) flush()
    if (node.lang?.startsWith("zh")) {
      node.dataset.written ??= node.lang
      node.lang = current ?? node.dataset.written
    }
    if (!node.matches(KEPT)) {
      changeAttributes(node)
      node.childNodes.forEach(visit)
    }
    if (!isInline) flush()
  }
  visit(top)
  flush()
}

const observer = new MutationObserver((records) => {
  for (const { addedNodes, removedNodes } of records) {
    for (const node of removedNodes) textLost ||= written.get(node)?.original !== written.get(node)?.shown
    for (const node of addedNodes) {
      if (node.isConnected && !node.parentElement.closest(KEPT)) change(node)
    }
  }
})

/** Show the whole page in a script, `zh-Hans` or `zh-Hant`, or as it was written (null). */
export async function show(script) {
  current = script
  const loaded = script && (await load(script))
  if (current !== script) return
  table = loaded
  document.documentElement.dataset.written ??= document.documentElement.lang
  document.documentElement.lang = script ?? document.documentElement.dataset.written
  change(document.querySelector("title"))
  change(document.body)
  // A highlighter that split a changed text took what was written with it: only the page as delivered has it.
  if (!script && textLost) setTimeout(() => location.reload())
  observer.disconnect()
  if (script) observer.observe(document.body, { childList: true, subtree: true })
}
