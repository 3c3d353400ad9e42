/* Titles and surroundings of hits, as HTML in which nothing but marks is markup. */

import { findWords } from "./fold.js"

const BEFORE = 30, LENGTH = 120        // characters shown before the first hit, and in all

export function markTitle(title, words, fold) {
  return markPlaces(title, findWords(title, words, fold), 0, title.length)
}

/* The surroundings of the first place that is as written, else of the first, no mark cut in two, or the beginning. */
export function makeExcerpt(text, words, fold) {
  const places = findWords(text, words, fold)
  const [first] = places.find(([, , asWritten]) => asWritten) ?? places[0] ?? [0]
  const from = first < BEFORE + 10 ? 0 : first - BEFORE
  const last = places.findLast(([start]) => start < from + LENGTH)
  const to = Math.min(text.length, Math.max(from + LENGTH, last ? last[1] : 0))
  return (from ? "…" : "") + markPlaces(text, places, from, to).replace(/\s+/g, " ") + (to < text.length ? "…" : "")
}

function markPlaces(text, places, from, to) {
  let html = "", at = from
  for (const [start, end] of places) {
    if (start < from || end > to) continue
    html += `${escape(text.slice(at, start))}<mark>${escape(text.slice(start, end))}</mark>`
    at = end
  }
  return html + escape(text.slice(at, to))
}

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }

const escape = text => text.replace(/[&<>"]/g, sign => SIGNS[sign])
