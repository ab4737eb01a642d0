"""The one style sheet of every page: black on white, so that it reads in grey, on A4 and on a telephone.

Every selector begins with `.reformkit`: inside a notebook or another page nothing else is touched.
"""

STYLE = """
.reformkit { box-sizing: border-box; color: #1f2328; overflow-wrap: anywhere;
  font: 16px/1.7 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei", sans-serif; }
.reformkit .whole { white-space: nowrap; }
.reformkit * { box-sizing: border-box; }
.reformkit h1 { font-size: 1.5rem; line-height: 1.4; text-align: center; margin: 0 0 1.2rem; border: 0; padding: 0; color: inherit; }
.reformkit h2 { font-size: 1.12rem; line-height: 1.5; margin: 1.5rem 0 .3rem; border: 0; padding: 0; color: inherit; break-after: avoid; }
.reformkit h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; color: #59636e; break-after: avoid; }
.reformkit p { margin: .3rem 0; }
.reformkit p.lead { font-weight: 600; margin-top: .6rem; break-after: avoid; }
.reformkit p.detail { padding-left: 2em; } .reformkit p.deeper { padding-left: 4em; }
.reformkit .aside, .reformkit .by { color: #59636e; font-size: .9em; }
.reformkit section + section { margin-top: 3rem; border-top: 1px solid #d1d9e0; padding-top: 2rem; break-before: page; }
.reformkit .wide, .reformkit figure { overflow-x: auto; margin: .8rem 0; }
.reformkit .wide { padding-right: 1px; }
.reformkit figure { break-inside: avoid; } .reformkit figure svg { min-width: 34rem; max-width: 100%; height: auto; }
.reformkit table { border-collapse: collapse; width: 100%; font-size: .92em; margin: 0; color: inherit; overflow-wrap: normal; }
.reformkit caption { text-align: left; font-weight: 600; line-height: 1.5; break-after: avoid; color: inherit; caption-side: top; padding: 0; }
.reformkit th, .reformkit td { border: 1px solid #8c959f; padding: .25em .6em; text-align: left; vertical-align: top; white-space: normal; background: none; }
.reformkit thead th { background: #f0f2f4; white-space: nowrap; font-weight: 600; }
.reformkit td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.reformkit td:first-child { min-width: 5.5em; } .reformkit tr { break-inside: avoid; } .reformkit thead { display: table-header-group; }
.reformkit .sums { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1.2rem 0 0; padding: 0; list-style: none; }
.reformkit .sums li { flex: 1 1 12rem; margin: 0; border: 1px solid #8c959f; border-radius: 6px; padding: .6rem .9rem; background: #f6f8fa; color: #59636e; font-size: .88rem; break-inside: avoid; }
.reformkit .sums b { display: block; color: #1f2328; font-size: 1.3rem; line-height: 1.35; }
.reformkit .names { color: #59636e; } .reformkit .names b { color: #1f2328; font-weight: 600; }
.reformkit .card { border: 1px solid #d1d9e0; border-radius: 6px; margin: .9rem 0; padding: .8rem 1rem; break-inside: avoid; }
.reformkit .move { font-size: 1.05rem; font-weight: 600; } .reformkit .to { color: #59636e; padding: 0 .4rem; }
.reformkit .was { color: #9a3412; } .reformkit .now { color: #166534; } .reformkit .where { margin: .4rem 0; padding-left: 1.3rem; }
.reformkit ul.plain { padding-left: 1.2rem; margin: .3rem 0; }
.reformkit details { margin-top: .5rem; font-size: .9rem; } .reformkit summary { cursor: pointer; color: #59636e; }
.reformkit pre { margin: .4rem 0 0; padding: .7rem .9rem; background: #f6f8fa; border-radius: 6px; overflow-x: auto;
  font: .85rem/1.55 ui-monospace, "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", "Microsoft YaHei", monospace; }
.reformkit.letter { font: 17px/1.75 "FangSong", "仿宋", "STFangsong", "Noto Serif CJK SC", "SimSun", serif; }
.reformkit.letter p { margin: .15rem 0; text-align: justify; }
.reformkit.letter h1, .reformkit.letter h2 { font-family: "Noto Sans CJK SC", "SimHei", "Microsoft YaHei", sans-serif; font-weight: 600; }
.reformkit.letter h2 { font-size: 1.05rem; line-height: 1.6; margin: 1.1rem 0 .2rem; }
@media print {
  .reformkit { font-size: 10.5pt; } .reformkit .wide, .reformkit figure { overflow: visible; } .reformkit figure svg { min-width: 0; }
  .reformkit section + section { border: 0; margin: 0; padding: 0; }
  .reformkit.letter { font-size: 12pt; }
  .reformkit.letter section.brief { font-size: 11pt; line-height: 1.42; } .reformkit.letter section.brief h1 { margin-bottom: .6rem; }
  .reformkit.letter section.brief h2 { margin-top: .6rem; } .reformkit.letter section.brief p { margin: 0; }
}
"""

SHEET = """
body { margin: 0; background: #fff; }
body > .reformkit { margin: 0 auto; max-width: 54rem; padding: 2rem 1.2rem 4rem; }
body > .reformkit.letter { max-width: 49rem; padding: 2rem 1.5rem 4rem; }
@media print { body > .reformkit, body > .reformkit.letter { max-width: none; padding: 0; } }
@page { size: A4; margin: 20mm 18mm; }
"""
"""What a page of its own has beside that: its width, and the sheet of paper."""

LETTER_SHEET = "@page { size: A4; margin: 25mm 22mm; }\n"
"""The wider margins of what is signed."""
