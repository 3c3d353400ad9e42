"""The indexes that the search is measured by: its own, Material's and Pagefind's, each with the script that asks it."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import material
from material.plugins.search.plugin import SearchIndex

from build_digest.search.documents import Document
from tests.search_site import write_index

# Each script gives the addresses of the first hits: ten for `more` false, fifty for true.
OURS = """async ([query, more]) => {
  const { Engine } = await import("/search/engine.js")
  if (!window.engine) await (await fetch("/search/worker.js")).text()    // on a page all this is done by the worker
  window.engine ??= new Engine(async path => new Uint8Array(await (await fetch("/search/" + path)).arrayBuffer()))
  const found = []
  for (let page = 1; page <= (more ? 5 : 1); page++)
    found.push(...(await engine.search(query, { page })).hits.filter(hit => !hit.missing.length).map(hit => hit.url))
  return found
}"""
MATERIAL_SETUP = """async () => {
  window.worker = new Worker("/material/workers/search.js")
  window.answer = message => new Promise(done => {
    worker.onmessage = ({ data }) => done(data)
    worker.postMessage(message)
  })
  const index = await (await fetch("/search_index.json")).json()
  await answer({ type: 0, data: { ...index, options: { suggest: false } } })
}"""
MATERIAL = """async ([query, more]) => {
  const { data } = await answer({ type: 2, data: query })
  return data.items.slice(0, more ? 50 : 10).map(([item]) => item.location)
}"""
PAGEFIND = """async ([query, more]) => {
  const pagefind = await import("/pagefind/pagefind.js")
  const { results } = await pagefind.search(query)
  const found = await Promise.all(results.slice(0, more ? 50 : 10).map(each => each.data()))
  return found.map(each => each.url)
}"""
PAGEFIND_QUOTED = PAGEFIND.replace("search(query)", 'search(`"${query}"`)')


@dataclass(frozen=True)
class Built:
    """An index that stands on disk: how long it took, and what it takes."""

    name: str
    script: str
    folder: Path
    seconds: float
    size: int
    files: int
    setup: str | None = None


def measure_folder(folder: Path) -> tuple[int, int]:
    """The bytes and the number of all files below a folder."""

    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(sizes), len(sizes)


def build_ours(documents: Sequence[Document], folder: Path) -> Built:
    """This search, files written."""

    start = time.perf_counter()
    write_index(list(documents), folder / "search")
    return Built("this", OURS, folder, time.perf_counter() - start, *measure_folder(folder))


def build_material(documents: Sequence[Document], folder: Path) -> Built:
    """The entries that Material's plugin makes of pages without sections, by its own segmentation and configuration."""
    separator = r"[\s\u200b\u3000\-、。，．？！；]+"
    fields = {"title": {"boost": 1e3}, "text": {"boost": 1.0}, "tags": {"boost": 1e6}}
    index = SearchIndex(lang=["en"], separator=separator, pipeline=["stemmer"], fields=fields)
    start = time.perf_counter()
    for document in documents:
        paragraphs = "".join(f"<p>{escape(line, quote=False)}</p>" for line in document.text.split("\n"))
        title, text = (index._segment_chinese(part) for part in (document.title, paragraphs))
        index.entries.append({"location": document.url, "title": title, "text": text})
    (folder / "search_index.json").write_text(index.generate_search_index(None), encoding="utf-8")
    seconds = time.perf_counter() - start
    size, files = measure_folder(folder)
    scripts = Path(material.__file__).parent / "templates" / "assets" / "javascripts"
    shutil.copytree(scripts / "lunr", folder / "material" / "lunr")
    (folder / "material" / "workers").mkdir()
    shutil.copy(next((scripts / "workers").glob("*.js")), folder / "material" / "workers" / "search.js")
    return Built("Material", MATERIAL, folder, seconds, size, files, MATERIAL_SETUP)


def build_pagefind(documents: Sequence[Document], folder: Path, program: Path) -> Built:
    """Pagefind's index of one plain HTML page for each article."""

    for document in documents:
        page = folder / document.url / "index.html"
        page.parent.mkdir(parents=True)
        paragraphs = "".join(f"<p>{escape(line)}</p>" for line in document.text.split("\n"))
        head = (
            f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{escape(document.title)}</title></head>'
        )
        page.write_text(f"{head}<body><h1>{escape(document.title)}</h1>{paragraphs}</body></html>", encoding="utf-8")
    start = time.perf_counter()
    subprocess.run([program, "--silent", "--site", folder], check=True)
    seconds = time.perf_counter() - start
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.split()[-1]
    return Built(f"Pagefind {version}", PAGEFIND, folder, seconds, *measure_folder(folder / "pagefind"))


def install_pagefind(folder: Path) -> Path:
    """The program, newly installed below that folder."""

    (folder / "package.json").write_text("{}")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "pagefind"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "node_modules" / ".bin" / "pagefind"
