// Compile the modules that a first answer needs, by the Python that the bundle has; the others stay as they are written,
// which is smaller: node compile.mjs PYODIDE_FOLDER LIBRARY.zip SITE.zip BOOK.json OUT.zip
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, library, site, book, made] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: folder });
const read = (name) => new Uint8Array(readFileSync(name));
python.unpackArchive(read(site), "zip", { extractDir: "/lib/python3.14/site-packages" });
[["library", library], ["site", site], ["book.json", book]].forEach(([name, path]) => python.FS.writeFile(`/${name}`, read(path)));
python.runPython(`
import py_compile, sys, zipfile
from pathlib import Path
from reformkit.bundling.clerk import Clerk

clerk = Clerk(Path("/book.json").read_text("utf-8"))
clerk.answer("form", "{}")
clerk.answer("assess", '{"id": "A-1", "findings": []}')
needed = {getattr(module, "__file__", None) or "" for module in [*sys.modules.values()]}
way = py_compile.PycInvalidationMode.UNCHECKED_HASH
with zipfile.ZipFile("/out.zip", "w") as made:
    for part in ("library", "site"):
        with zipfile.ZipFile(f"/{part}") as given:
            for name in sorted(given.namelist()):
                data = given.read(name)
                if name.endswith(".py") and any(file.endswith(f"/{name}") for file in needed):
                    Path("/one.py").write_bytes(data)
                    py_compile.compile("/one.py", "/one.pyc", dfile=name, doraise=True, optimize=2, invalidation_mode=way)
                    name, data = name + "c", Path("/one.pyc").read_bytes()
                made.writestr(zipfile.ZipInfo(f"{part}/{name}"), data)
`);
writeFileSync(made, python.FS.readFile("/out.zip"));
