"""What the digest plugin tells the theme: the addresses of all pages, and where the sentences of a summary stand."""

from urllib.parse import unquote

from build_digest.site.sentences import list_sentences, mark_sentences


def on_files(files, config):
    config.extra["digest_pages"] = {unquote(file.url): file.url for file in files.documentation_pages()}
    return files


def on_page_context(context, page, config, nav):
    sentences = list_sentences(page.meta.get("summary"))
    page.content, links = mark_sentences(page.content, sentences)
    context["summary_links"] = list(zip(sentences, links, strict=True))
    return context
