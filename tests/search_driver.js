/* Types queries within the page, as fast as the search answers, and tells what the reader would see. */
({
  /* In Material's box, which must be open: the line above the list and where the items lead. */
  async askBox(queries) {
    const input = document.querySelector(".md-search__input"), answers = []
    for (const query of queries) {
      const arrived = new Promise(done => window.component$.subscribe(each => each.query === query && done()))
      input.value = query
      input.dispatchEvent(new KeyboardEvent("keyup", { key: "End", bubbles: true }))
      await arrived
      const links = [...document.querySelectorAll(".md-search-result__item a")].map(link => link.href)
      answers.push([document.querySelector(".md-search-result__meta").textContent, links])
    }
    return answers
  },

  /* On the results page: the number of hits and where the hits of the first pages lead. */
  async askPage(queries, pages) {
    const root = document.getElementById("search-page"), answers = []
    const settle = () => new Promise(done => {
      const look = () => root.hasAttribute("aria-busy") || (watcher.disconnect(), done())
      const watcher = new MutationObserver(look)
      watcher.observe(root, { attributes: true })
      look()
    })
    for (const query of queries) {
      const input = document.getElementById("search-q"), links = []
      input.value = query
      input.dispatchEvent(new InputEvent("input", { bubbles: true }))
      for (let page = 1; page <= pages; page++) {
        await settle()
        links.push(...[...document.querySelectorAll("#search-list article a")].map(link => link.href))
        const next = document.querySelector(".search-pages a[rel=next]")
        if (!next) break
        if (page < pages) next.click()
      }
      answers.push([document.getElementById("hits").textContent, links])
    }
    return answers
  },

  /* What the lists leave of all documents, for each query the numbers of their first passages; there is one segment. */
  async listAll(queries) {
    const { Engine } = await import(new URL("search/engine.js", location))
    const { parseQuery } = await import(new URL("search/fold.js", location))
    const engine = new Engine(async path => new Uint8Array(await (await fetch(`search/${path}`)).arrayBuffer()))
    await engine.open()
    const found = []
    for (const query of queries) {      // one by one: a browser refuses thousands of requests at once
      const { documents } = await engine.findDocuments(parseQuery(query, engine.fold), {})
      found.push(documents.map(({ segment, first }) => `${segment.name}/${first}`))
    }
    return found
  }
})
