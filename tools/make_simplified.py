"""Write build_digest/data/simplified.txt: traditional and variant characters above, their simplified forms below.

OpenCC's own tables decide (t2s, tw2s, hk2s), character by character, first form first.
Run from the project's folder with the `opencc` package at hand; the data it writes is committed.
"""

from pathlib import Path

import opencc

TARGET = Path(__file__).parent.parent / "build_digest" / "data" / "simplified.txt"
RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


def main() -> None:
    """Convert each character alone and keep the ones that change."""
    steps = [opencc.OpenCC(name) for name in ("t2s", "tw2s", "hk2s")]
    pairs = {}
    for first, end in RANGES:
        for code in range(first, end):
            forms = [step.convert(chr(code)) for step in steps]
            simplified = next((form for form in forms if len(form) == 1 and form != chr(code)), chr(code))
            if simplified != chr(code):
                pairs[chr(code)] = simplified
    # 么 is a simplified form (of 麼), although as a traditional character it has another form too.
    taken = {new for old, new in pairs.items() if old < "\uf900"}
    pairs = {old: new for old, new in pairs.items() if old not in taken}
    TARGET.write_text("".join(pairs) + "\n" + "".join(pairs.values()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
