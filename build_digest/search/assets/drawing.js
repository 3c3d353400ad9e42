/* What the results page shows, as elements; knows nothing of the address, the form or the worker. */

/* An element with attributes and children, of which strings are text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value)
  element.append(...children.filter(child => child !== null))
  return element
}

export function makeSelect(name, label, options) {
  const select = make("select", { name, id: `search-${name}` }, ...options.map(([value, text]) => make("option", { value }, text)))
  return make("span", { class: "search-choice" }, make("label", { for: `search-${name}` }, label), select)
}

/* 2025-03-05 → 2025年3月5日, 2025-01/2025-03 → 2025年1—3月: as build_digest/site/listing.py has it. */
export function timeLabel(value) {
  const words = value.split("/").map(part => {
    const [year, month, day] = part.split("-")
    return `${year}年${month ? `${Number(month)}月` : ""}${day ? `${Number(day)}日` : ""}`
  })
  const [first, last] = words
  const sameYear = last && first.endsWith("月") && last.endsWith("月") && first.slice(0, 5) === last.slice(0, 5)
  return sameYear ? `${first.slice(0, -1)}—${last.slice(5)}` : words.join("—")
}

/* One hit, marked up as an article where it is one and has all words; `address` leads to it and marks the words there. */
export function makeHit(hit, address, isNear) {
  const link = make("a", { href: address }), text = make("p")
  link.innerHTML = hit.markedTitle      // both are escaped by the engine, marks are all that is in them
  text.innerHTML = hit.excerpt
  const facts = [!hit.isArticle && "本站页面", hit.date ? timeLabel(hit.date) : hit.period && timeLabel(hit.period), hit.source, ...hit.topics].filter(Boolean)
  const missing = isNear ? hit.missing.flatMap(word => [make("del", {}, word), " "]) : []
  return make(isNear || !hit.isArticle ? "div" : "article", { class: "search-hit" },
    make("h2", {}, link),
    facts.length ? make("p", { class: "search-facts" }, facts.join(" · ")) : null,
    text,
    missing.length ? make("p", { class: "search-missing" }, "没有：", ...missing) : null)
}

/* Links to the pages of results: the first, those around the present one, and the last where it is known, not estimated;
   `toAddress(number)` names each. */
export function makePages(page, { pages, exact }, toAddress) {
  if (!(pages > 1)) return []
  const link = (number, text, rel = null) =>
    make("a", { href: toAddress(number), rel, "aria-current": number === page && !rel ? "page" : null }, text)
  const shown = Array.from({ length: pages }, (_, i) => i + 1).filter(n => n === 1 || exact && n === pages || Math.abs(n - page) < 3)
  return [
    ...page > 1 ? [link(page - 1, "上一页", "prev")] : [],
    ...shown.flatMap((n, i) => [...i && n > shown[i - 1] + 1 ? [make("span", {}, "…")] : [], link(n, `${n}`)]),
    ...!exact && page + 2 < pages ? [make("span", {}, "…")] : [],
    ...page < pages ? [link(page + 1, "下一页", "next")] : []
  ].flatMap(each => [each, " "])
}

/* What a reader can do where there is nothing to show; `unfiltered` is the address of the same query without filters. */
export function makeAdvice({ query, failed, unfiltered }) {
  if (failed) return make("div", { class: "search-advice" }, make("p", {}, "可能是网络断了。"), make("button", { type: "button" }, "再试一次"))
  const site = path => new URL(path, new URL("../", import.meta.url)).href
  const ways = [["topics/", "主题"], ["periods/", "时间"], ["sources/", "来源"], ["documents/", "文件"]]
  const links = ways.flatMap(([path, name], i) => [i ? "、" : "", make("a", { href: site(path) }, name)])
  const advice = query
    ? [unfiltered && make("a", { href: unfiltered }, "不限主题、来源和时间，再查一次"), "查的是原文字句：换短一些的词，或只写最要紧的几个字", "几个词之间用空格隔开，要同时出现；要连在一起，就加上引号"]
    : ["写下标题或文中的字句，一个字也可以；简体、繁体，全角、半角都能找到", "几个词之间用空格隔开，要同时出现；要连在一起，就加上引号"]
  return make("ul", { class: "search-advice" }, ...advice.filter(Boolean).map(each => make("li", {}, each)), make("li", {}, "或者从", ...links, "看起"))
}
