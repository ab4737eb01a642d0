// The notices of what is bundled: each package with its version and licence, and the hash of each built file.
const { createHash } = require("crypto");
const { existsSync, readFileSync } = require("fs");
const path = require("path");

const of = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
const said = (name) => JSON.parse(readFileSync(path.join("node_modules", name, "package.json"), "utf8"));
const licence = (name) =>
  ["LICENSE", "LICENSE.txt", "LICENSE.md"].map((file) => path.join("node_modules", name, file)).find(existsSync);

const all = (names, seen = new Set()) => {
  for (const name of names) {
    if (!seen.has(name)) {
      seen.add(name);
      all(Object.keys(said(name).dependencies || {}), seen);
    }
  }
  return [...seen].sort();
};

const tests = process.argv[2] === "axe";
const names = tests ? ["axe-core"] : all(Object.keys(JSON.parse(readFileSync("package.json", "utf8")).dependencies));
const folder = tests ? "../../tests/desk" : "../../src/reformkit/desk/static";
const files = tests ? ["axe.min.js"] : ["editor.js", "htmx.min.js"];

console.log("Built by tools/desk_static/build.sh from these packages of npm.\n");
for (const file of files) console.log(`sha256 ${of(path.join(folder, file))}  ${file}`);
for (const name of names) {
  const { version, license } = said(name);
  console.log(`\n${"-".repeat(80)}\n${name} ${version} (${license})\n`);
  const file = licence(name);
  if (file) console.log(readFileSync(file, "utf8").trim());
}
