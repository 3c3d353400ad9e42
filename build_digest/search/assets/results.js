/* The results page search/?q=…: its address says all that it shows, so it can be shared, and the back button works. */

import { describeResult } from "./page.js"

const [PAGE, FACETS] = [4, 5]
const FILTERS = [["topic", "主题", "topics"], ["source", "来源", "sources"], ["period", "时间", "periods"]]
const ORDERS = [["relevance", "按相关度"], ["date", "按日期"]]
const SITE = new URL("../", import.meta.url)

const worker = new Worker(new URL("worker.js", import.meta.url))
const root = document.getElementById("search-page")
let asked = 0

/* An element with attributes and children, of which strings are text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value)
  element.append(...children.filter(child => child !== null))
  return element
}

function makeSelect(name, label, options) {
  const select = make("select", { name, id: `search-${name}` }, ...options.map(([value, text]) => make("option", { value }, text)))
  return make("span", { class: "search-choice" }, make("label", { for: `search-${name}` }, label), select)
}

const input = make("input", { type: "search", name: "q", id: "search-q", class: "md-input", autocomplete: "off", spellcheck: "false" })
const form = make("form", { role: "search", class: "search-form", "aria-label": "搜索全部文章" },
  make("label", { for: "search-q", class: "search-label" }, "搜索全部文章"), input,
  make("button", { type: "submit", class: "md-button md-button--primary" }, "搜索"),
  make("div", { class: "search-choices" },
    ...FILTERS.map(([name, label]) => makeSelect(name, label, [["", "全部"]])),
    makeSelect("order", "排序", ORDERS)))
const count = make("p", { id: "hits", role: "status", "aria-live": "polite" })
const list = make("div", { id: "search-list" })
const pager = make("nav", { class: "search-pages", "aria-label": "结果分页" })
root.replaceChildren(form, count, list, pager)

const readAddress = () => new URLSearchParams(location.search)

function readForm() {
  const state = new URLSearchParams()
  if (input.value.trim()) state.set("q", input.value.trim())
  for (const [name] of FILTERS) if (form.elements[name].value) state.set(name, form.elements[name].value)
  if (form.elements.order.value !== "relevance") state.set("order", form.elements.order.value)
  return state
}

function fillForm(state) {
  input.value = state.get("q") || ""
  for (const [name] of FILTERS) choose(form.elements[name], state.get(name) || "")
  choose(form.elements.order, state.get("order") === "date" ? "date" : "relevance")
}

/* Chooses a value, adding it where the list of values has not come yet. */
function choose(select, value) {
  if (![...select.options].some(option => option.value === value)) select.append(make("option", { value }, value))
  select.value = value
}

const pageOf = state => Math.max(1, parseInt(state.get("page"), 10) || 1)
const toAddress = state => `${location.pathname}${state.size ? `?${state}` : ""}`

function show(state, { remember }) {
  if (remember === "new" && toAddress(state) !== location.pathname + location.search) history.pushState(null, "", toAddress(state))
  if (remember === "same") history.replaceState(null, "", toAddress(state))
  const query = state.get("q") || ""
  root.setAttribute("aria-busy", "true")
  document.title = document.title.replace(/^.*?(?= - |$)/, query ? `搜索：${query}` : "搜索")
  worker.postMessage({ type: PAGE, data: {
    id: ++asked, query, page: pageOf(state),
    order: state.get("order") || "relevance",
    filters: Object.fromEntries(FILTERS.map(([name]) => [name, state.get(name)]))
  } })
}

function draw(result) {
  const state = readAddress(), query = state.get("q") || ""
  if (result.pages && pageOf(state) > result.pages) {        // the number of pages had been an estimate
    state.set("page", result.pages)
    show(state, { remember: "same" })
    return
  }
  count.textContent = query ? describeResult(result) : ""
  list.replaceChildren(...(result.hits || []).map(hit => drawHit(hit, query, result.near)))
  drawPages(state, result.pages || 0)
  root.removeAttribute("aria-busy")
}

function drawHit(hit, query, near) {
  const link = make("a", { href: `${new URL(hit.url, SITE)}?h=${encodeURIComponent(query)}` })
  const text = make("p")
  link.innerHTML = hit.markedTitle      // both are escaped by the engine, marks are all that is in them
  text.innerHTML = hit.excerpt
  const facts = [hit.date && timeLabel(hit.date), hit.source, ...hit.topics].filter(Boolean).join(" · ")
  return make(near ? "div" : "article", { class: "search-hit" },
    make("h2", {}, link), facts ? make("p", { class: "search-facts" }, facts) : null, text,
    near && hit.missing.length ? make("p", { class: "search-missing" }, "没有：", ...hit.missing.flatMap(word => [make("del", {}, word), " "])) : null)
}

function drawPages(state, pages) {
  const page = pageOf(state)
  const link = (number, text, rel) => {
    const address = new URLSearchParams(state)
    if (number > 1) address.set("page", number)
    else address.delete("page")
    return make("a", { href: toAddress(address), rel, "aria-current": number === page ? "page" : null }, text)
  }
  const near = Array.from({ length: pages }, (_, i) => i + 1).filter(number => number === 1 || number === pages || Math.abs(number - page) < 3)
  pager.replaceChildren(...pages < 2 ? [] : [
    ...page > 1 ? [link(page - 1, "上一页", "prev")] : [],
    ...near.map(number => link(number, `${number}`, null)),
    ...page < pages ? [link(page + 1, "下一页", "next")] : []
  ].flatMap(each => [each, " "]))
}

/* 2025-03-05 → 2025年3月5日, 2025-01/2025-03 → 2025年1月—2025年3月. */
const timeLabel = value => value.split("/").map(part => {
  const [year, month, day] = part.split("-")
  return `${year}年${month ? `${Number(month)}月` : ""}${day ? `${Number(day)}日` : ""}`
}).join("—")

function fillFilters(facets) {
  for (const [name, , plural] of FILTERS) {
    const select = form.elements[name], chosen = select.value
    const values = (facets[plural] || []).sort(name === "period" ? (a, b) => (a[0] < b[0] ? 1 : -1) : (a, b) => b[1] - a[1])
    select.replaceChildren(make("option", { value: "" }, "全部"), ...values.map(([value, documents]) => make("option", { value }, `${name === "period" ? timeLabel(value) : value}（${documents}）`)))
    choose(select, chosen)
    select.closest(".search-choice").hidden = !values.length
  }
}

worker.onmessage = ({ data: { type, data } }) => {
  if (type === FACETS) fillFilters(data)
  else if (data.id === asked) draw(data)
}

for (const kind of ["input", "compositionend"])        // not the letters of an input method, what comes of them
  input.addEventListener(kind, event => { if (!event.isComposing) show(readForm(), { remember: "same" }) })
form.addEventListener("change", event => { if (event.target !== input) show(readForm(), { remember: "new" }) })
form.addEventListener("submit", event => {
  event.preventDefault()
  show(readForm(), { remember: "new" })
})
pager.addEventListener("click", event => {
  const link = event.target.closest("a")
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  show(new URL(link.href).searchParams, { remember: "new" })
  window.scrollTo({ top: 0 })
})
window.addEventListener("popstate", () => {
  fillForm(readAddress())
  show(readAddress(), { remember: "no" })
})

/* The page itself took the query out of its address, so that Material's box would not open over it: see search.md. */
const given = new URLSearchParams(window.searchAddress || location.search)
if (!given.has("q") && given.has("query")) {        // the name that Material's form sends, should it ever be sent
  given.set("q", given.get("query"))
  given.delete("query")
}
history.replaceState(null, "", toAddress(given))
fillForm(readAddress())
show(readAddress(), { remember: "no" })
worker.postMessage({ type: FACETS })
if (!input.value) input.focus()
