/* Marking the words of a query in the text of a page, in whichever script it is written. */

import { makeFold, parseQuery, findWords } from "./fold.js"

const BLOCKS = "address,article,blockquote,dd,details,div,dt,figcaption,figure,footer,h1,h2,h3,h4,h5,h6,header,li,nav,ol,p,pre,section,table,td,th,ul"

/* Marks the words below `root` and shows the first with the query's signs, else the first. */
export async function markQuery(root, query) {
  const response = await fetch(new URL("variants.bin", import.meta.url))
  const fold = makeFold(new Uint8Array(await response.arrayBuffer()))
  const words = parseQuery(query, fold)
  if (!root || !words.length) return
  for (const nodes of groupTexts(root)) markNodes(nodes, words, fold)
  const first = root.querySelector("mark.search-mark--written") ?? root.querySelector("mark.search-mark")
  if (first && !location.hash) first.scrollIntoView({ block: "center" })
}

/* The texts of each block, since a phrase may run over a link or bold words but not from one paragraph to the next. */
function groupTexts(root) {
  const groups = new Map(), walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("script,style,noscript")) continue
    const block = node.parentElement.closest(BLOCKS)
    groups.set(block, [...groups.get(block) || [], node])
  }
  return [...groups.values()]
}

function markNodes(nodes, words, fold) {
  const places = findWords(nodes.map(node => node.data).join(""), words, fold)
  let end = nodes.reduce((sum, node) => sum + node.length, 0)
  for (const node of [...nodes].reverse()) {
    const start = end - node.length
    for (const [from, to, asWritten] of [...places].reverse()) {
      if (from >= end || to <= start) continue
      const range = document.createRange()
      range.setStart(node, Math.max(from, start) - start)
      range.setEnd(node, Math.min(to, end) - start)
      const mark = document.createElement("mark")
      mark.className = asWritten ? "search-mark search-mark--written" : "search-mark"
      range.surroundContents(mark)
    }
    end = start
  }
}
