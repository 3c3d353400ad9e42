"""Rendering only what changed: what each page was made of, what stands in the site, and how the two become one."""
