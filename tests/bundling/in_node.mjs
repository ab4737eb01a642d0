// The bundle's own Python at work in Node: node in_node.mjs FOLDER, where the parts of the bundle lie; prints what it finds.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: folder });
const read = (name) => new Uint8Array(readFileSync(`${folder}/${name}`));
python.unpackArchive(read("site.zip"), "zip", { extractDir: "/lib/python3.14/site-packages" });
["book.json", "cases.csv", "rows.cases.yaml"].forEach((name) => python.FS.writeFile(`/${name}`, read(name)));
console.log(python.runPython(`
import json, sys
from hashlib import sha256
from pathlib import Path
from reformkit.book import Book
from reformkit.testing.fixtures import run_fixtures

book = Book.from_json(Path("/book.json").read_text("utf-8"))
cases = book.read_cases("/cases.csv")
told = [a.to_json() for a in book.assess_many(cases, cases)]
ran = run_fixtures(book, "/rows.cases.yaml").results
json.dumps({"python": sys.version.split()[0], "digests": book.digests, "told": sha256("".join(told).encode()).hexdigest(),
            "passed": sum(r.passed for r in ran), "failed": sum(not r.passed for r in ran)})
`));
