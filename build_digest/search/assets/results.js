/* The results page search/?q=…: its address says all that it shows, so it can be shared, and the back button works. */

import { make, makeAdvice, makeHit, makePages, makeSelect, timeLabel } from "./drawing.js"
import { PATIENCE, describeResult } from "./page.js"

const [PAGE, FACETS] = [4, 5]
const FILTERS = ["topic", "source", "period"]
const CHOICES = [["topic", "主题", "全部"], ["source", "来源", "全部"], ["year", "年份", "全部"], ["period", "时间", "全年"]]
const ORDERS = [["relevance", "按相关度"], ["date", "按日期"]]
const SITE = new URL("../", import.meta.url)

const worker = new Worker(new URL("worker.js", import.meta.url))
const root = document.getElementById("search-page")
let asked = 0
let waiting = 0
let facets = null

const input = make("input", { type: "search", name: "q", id: "search-q", class: "md-input", autocomplete: "off", spellcheck: "false" })
const form = make("form", { role: "search", class: "search-form", "aria-label": "搜索全部文章" },
  make("label", { for: "search-q", class: "search-label" }, "搜索全部文章"), input,
  make("button", { type: "submit", class: "md-button md-button--primary" }, "搜索"),
  make("div", { class: "search-choices" },
    ...CHOICES.map(([name, label, all]) => makeSelect(name, label, [["", all]])),
    makeSelect("order", "排序", ORDERS)))
const count = make("p", { id: "hits", role: "status", "aria-live": "polite", tabindex: "-1" })
const list = make("div", { id: "search-list" })
const pager = make("nav", { class: "search-pages", "aria-label": "结果分页" })
root.replaceChildren(form, count, list, pager)

const readAddress = () => new URLSearchParams(location.search)

function readForm() {
  const state = new URLSearchParams()
  if (input.value.trim()) state.set("q", input.value.trim())
  const { topic, source, year, period } = form.elements
  const chosen = { topic: topic.value, source: source.value, period: year.value && (period.value || year.value) }
  for (const name of FILTERS) if (chosen[name]) state.set(name, chosen[name])
  if (form.elements.order.value !== "relevance") state.set("order", form.elements.order.value)
  return state
}

function fillForm(state) {
  input.value = state.get("q") || ""
  const period = state.get("period") || ""
  choose(form.elements.topic, state.get("topic") || "")
  choose(form.elements.source, state.get("source") || "")
  if (!isOfYear(form.elements.year.value, period)) choose(form.elements.year, listYears(period).at(-1))
  fillPeriods(isYear(period) ? "" : period)
  choose(form.elements.order, state.get("order") === "date" ? "date" : "relevance")
}

/* Chooses a value, adding it where the list of values has not come yet. */
function choose(select, value) {
  if (![...select.options].some(option => option.value === value)) select.append(make("option", { value }, nameValue(select, value)))
  select.value = value
}

/* A value as a choice shows it; the year of a month stands beside it already. */
function nameValue({ name }, value) {
  if (name === "period") return timeLabel(value).replace(/^\d+年(?=[\d—]+月$)/, "")
  return name === "year" ? timeLabel(value) : value
}

const pageOf = state => Math.max(1, parseInt(state.get("page"), 10) || 1)
const toAddress = state => `${location.pathname}${state.size ? `?${state}` : ""}`

/* The address of a state with other values; null takes one out. */
function change(state, values) {
  const changed = new URLSearchParams(state)
  for (const [name, value] of Object.entries(values)) value === null ? changed.delete(name) : changed.set(name, value)
  return toAddress(changed)
}

function show(state, { remember }) {
  if (remember === "new" && toAddress(state) !== location.pathname + location.search) history.pushState(null, "", toAddress(state))
  if (remember === "same") history.replaceState(null, "", toAddress(state))
  const query = state.get("q") || ""
  root.setAttribute("aria-busy", "true")
  clearTimeout(waiting)
  if (query) waiting = setTimeout(() => { count.textContent = "正在查找……" }, PATIENCE)
  document.title = document.title.replace(/^.*?(?= - |$)/, query ? `搜索：${query}` : "搜索")
  worker.postMessage({ type: PAGE, data: {
    id: ++asked, query, page: pageOf(state),
    order: state.get("order") || "relevance",
    filters: Object.fromEntries(FILTERS.map(name => [name, state.get(name)]))
  } })
  if (!facets) worker.postMessage({ type: FACETS })
}

const addressOf = (hit, query) =>
  `${new URL(hit.url, SITE)}?h=${encodeURIComponent(hit.missing.length ? hit.found.join(" ") : query)}`

function draw(result) {
  const state = readAddress(), query = state.get("q") || "", page = pageOf(state)
  if (result.pages && page > result.pages) {        // the number of pages had been an estimate
    state.set("page", result.pages)
    show(state, { remember: "same" })
    return
  }
  clearTimeout(waiting)
  count.textContent = query ? describeResult(result) : ""
  const isFiltered = FILTERS.some(name => state.has(name))
  const unfiltered = isFiltered ? change(state, { topic: null, source: null, period: null, page: null }) : null
  const hits = (result.hits || []).map(hit => makeHit(hit, addressOf(hit, query), result.near))
  list.replaceChildren(...hits.length ? hits : [makeAdvice({ query: result.signs === "alone" ? "" : query, failed: result.failed, unfiltered })])
  if (result.near && unfiltered) list.prepend(make("p", {}, make("a", { href: unfiltered }, "不限主题、来源和时间，再查一次")))
  pager.replaceChildren(...makePages(page, result, number => change(state, { page: number > 1 ? number : null })))
  root.removeAttribute("aria-busy")
}

const isYear = value => value.length === 4

const lastOf = value => value.split("/").at(-1)

const listYears = value => value.split("/").map(end => end.slice(0, 4))

/* Whether a time is the year or lies in it, be it in part. */
const isOfYear = (year, value) => listYears(value)[0] <= year && year <= listYears(value).at(-1)

/* The values of a choice, with how many articles have each. */
function fill(select, values) {
  const chosen = select.value
  const options = values.map(([value, articles]) => make("option", { value }, `${nameValue(select, value)}（${articles}）`))
  select.replaceChildren(select.options[0], ...options)
  choose(select, chosen)
  select.closest(".search-choice").hidden = !values.length
}

/* The times within the year that is chosen, the latest first: months, and longer ones that compilations state. */
function fillPeriods(chosen) {
  const { year, period } = form.elements
  const within = (facets?.periods ?? []).filter(([value]) => !isYear(value) && isOfYear(year.value, value))
  period.value = ""
  fill(period, within.sort(([a], [b]) => lastOf(a) + a < lastOf(b) + b ? 1 : -1))
  choose(period, chosen)
  period.closest(".search-choice").hidden = period.options.length < 2
}

function fillFilters(found) {
  facets = { topics: [], sources: [], periods: [], ...found }
  const more = (a, b) => b[1] - a[1]
  fill(form.elements.topic, facets.topics.sort(more))
  fill(form.elements.source, facets.sources.sort(more))
  fill(form.elements.year, facets.periods.filter(([value]) => isYear(value)).sort(([a], [b]) => b - a))
  fillPeriods(form.elements.period.value)
}

worker.onmessage = ({ data: { type, data } }) => {
  if (type === FACETS) data.failed || fillFilters(data)
  else if (data.id === asked) draw(data)
}

for (const kind of ["input", "compositionend"])        // not the letters of an input method, what comes of them
  input.addEventListener(kind, event => { if (!event.isComposing) show(readForm(), { remember: "same" }) })
form.addEventListener("change", event => {
  if (event.target === form.elements.year) fillPeriods("")
  if (event.target !== input) show(readForm(), { remember: "new" })
})
form.addEventListener("submit", event => {
  event.preventDefault()
  show(readForm(), { remember: "new" })
})
list.addEventListener("click", event => {
  if (!event.target.matches(".search-advice button")) return
  show(readAddress(), { remember: "no" })
  count.focus()
})
pager.addEventListener("click", event => {
  const link = event.target.closest("a")
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  show(new URL(link.href).searchParams, { remember: "new" })
  count.focus({ preventScroll: true })        // the link goes; what is next from here are the hits
  window.scrollTo({ top: 0 })
})
window.addEventListener("popstate", () => {
  fillForm(readAddress())
  show(readAddress(), { remember: "no" })
})

/* The page itself took the query out of its address, so that Material's box would not open over it: see search.md. */
const given = new URLSearchParams(window.searchAddress || location.search)
if (!given.has("q") && given.has("query")) {        // the name that Material's own form sends
  given.set("q", given.get("query"))
  given.delete("query")
}
history.replaceState(null, "", toAddress(given))
fillForm(readAddress())
show(readAddress(), { remember: "no" })
if (!input.value) input.focus()
