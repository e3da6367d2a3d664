import { mkdirSync, writeFileSync } from "node:fs"
import { fromRoot } from "./harness"

/** Ignored by git, and always the same, so that the programs are compiled once. */
const FOLDER = "test/vm/programs/.devicescript/agent"

/** A program of `devs/`, or one by its path from the root in `test/`, with the agent in it. */
export function withAgent(program: string): string {
    const file = `${FOLDER}/${program.replaceAll("/", "-")}.ts`
    mkdirSync(fromRoot(FOLDER), { recursive: true })
    const path = program.startsWith("test/") ? program : `devs/${program}`
    const imports = ["devs/agent/start", path].map(name => `import "../../../../../${name}"\n`)
    writeFileSync(fromRoot(file), imports.join(""))
    return file
}
