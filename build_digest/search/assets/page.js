/* On every page: the number of hits in Material's search box, and the mark after a click on a hit. */

/* What the box says above its list; Material itself only counts the items that it was given. */
export function describeResult({ total, exact, near, failed }) {
  if (failed) return "搜索暂时不可用，请稍后再试"
  if (near) return "0 篇文章包含所查的文字，以下最为接近"
  return `${exact ? "" : "约 "}${total} 篇文章`
}

const isBox = ({ ref }) => ref && ref.dataset && ref.dataset.mdComponent === "search-result"

window.component$?.subscribe(component => {
  if (isBox(component) && (component.query?.trim() || component.failed))
    component.ref.firstElementChild.textContent = describeResult(component)
})

const markAsked = async () => {
  const query = new URLSearchParams(location.search).get("h")
  if (!query) return
  const { markQuery } = await import("./mark.js")
  await markQuery(document.querySelector(".md-content article, main"), query)
}

if (window.document$) window.document$.subscribe(markAsked)
else markAsked()
