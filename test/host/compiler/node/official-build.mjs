// The official compiler, as its command line has it, in a process of its own: reads lines of JSON,
// [project, entry], and answers each with what it made. Outside a git checkout, as it were: inside one it
// puts the commit and the minute into the bytecode.
import fs from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { basename, dirname, join, relative } from "node:path"
import { createInterface } from "node:readline"
import vm from "node:vm"

const [bundle] = process.argv.slice(2)
const source = fs.readFileSync(bundle, "utf8")
const module = { exports: {} }
const { compileFile } = vm.runInThisContext(
    `(function (exports, require, module, __filename, __dirname) {${source}
    return { compileFile } })`,
    { filename: bundle },
)(module.exports, createRequire(bundle), module, bundle, dirname(bundle))

const { existsSync } = fs
fs.existsSync = path => basename(String(path)) !== ".git" && existsSync(path)
const folder = fs.mkdtempSync(join(tmpdir(), "heapscope-official-"))

for await (const line of createInterface({ input: process.stdin })) {
    const [project, entry] = JSON.parse(line)
    process.chdir(project)
    const outDir = fs.mkdtempSync(join(folder, "out-"))
    let reply
    try {
        const { success, diagnostics } = await compileFile(entry, {
            // It joins it to the project.
            outDir: relative(project, outDir),
            quiet: true,
        })
        const read = name => fs.readFileSync(join(outDir, name))
        reply = {
            success,
            messages: diagnostics.map(({ formatted, messageText }) => formatted || messageText),
            ...(success && {
                bytecode: read("bytecode.devs").toString("hex"),
                debug: read("bytecode-dbg.json").toString(),
            }),
        }
    } catch (error) {
        reply = { failure: error.message }
    }
    process.stdout.write(JSON.stringify(reply) + "\n")
}
fs.rmSync(folder, { recursive: true })
process.exit(0)
