/* On every page: the number of hits in Material's search box, its keys, and the mark after a click on a hit. */

export const PATIENCE = 400        // milliseconds without an answer before the box says that it is looking

const SIGNS = { all: "", first: "，符号与所写一致的在前", ignored: "，符号不计" }        // what is said of them

/* What the box says above its list; Material itself only counts the items that it was given. */
export function describeResult({ total, others, exact, near, signs, failed }) {
  if (failed) return "搜索暂时不可用，请稍后再试"
  if (signs === "alone") return "请写上要查的文字，标点和符号不能单独查"
  if (near) return `${exact ? "0 篇文章包含所查的文字" : "没有读到所查的文字"}，以下最为接近`
  return `${exact ? "" : "约 "}${total} 篇文章${others ? `，另有 ${others} 个本站页面` : ""}${SIGNS[signs]}`
}

const adviseIn = ({ total, others, near, signs, failed }) =>
  total || others || near || failed || signs === "alone" ? "" : "，可以换短一些的词"

const input = document.querySelector(".md-search__input")
const count = document.querySelector(".md-search-result__meta")
const isBox = ({ ref }) => ref && ref.dataset && ref.dataset.mdComponent === "search-result"
let waiting = 0
let answered = ""

window.component$?.subscribe(component => {
  if (!isBox(component)) return
  clearTimeout(waiting)
  answered = component.query
  if (answered || component.failed) count.textContent = describeResult(component) + adviseIn(component)
})

/* Material asks when a key goes up. What was pasted, dictated or chosen with an input method has no key of its own. */
function ask(event) {
  if (event.isComposing) return
  input.dispatchEvent(new Event("keyup"))
  clearTimeout(waiting)
  if (input.value.trim() && input.value !== answered) waiting = setTimeout(() => { count.textContent = "正在查找……" }, PATIENCE)
}

/* The keys of an input method choose characters, not hits; and Enter in the box itself leads to all hits, as its form
   says, where Material would open the first. */
function keepFromMaterial(event) {
  if (event.target !== input) return
  if (event.isComposing || event.keyCode === 229 || event.key === "Enter") event.stopPropagation()
}

if (input) {
  for (const kind of ["input", "compositionend"]) input.addEventListener(kind, ask)
  for (const kind of ["keydown", "keyup"]) document.addEventListener(kind, keepFromMaterial, true)
}

const markAsked = async () => {
  const query = new URLSearchParams(location.search).get("h")
  if (!query) return
  const { markQuery } = await import("./mark.js")
  await markQuery(document.querySelector(".md-content article, main"), query)
}

if (window.document$) window.document$.subscribe(markAsked)
else markAsked()
