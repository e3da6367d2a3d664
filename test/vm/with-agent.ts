import { mkdirSync, writeFileSync } from "node:fs"
import { fromRoot } from "./harness"

/** Ignored by git, and always the same, so that the programs are compiled once. */
const FOLDER = "test/vm/programs/.devicescript/agent"

/** A program of `devs/` with the agent in it. */
export function withAgent(program: string): string {
    const file = `${FOLDER}/${program.replaceAll("/", "-")}.ts`
    mkdirSync(fromRoot(FOLDER), { recursive: true })
    const imports = ["agent/start", program].map(name => `import "../../../../../devs/${name}"\n`)
    writeFileSync(fromRoot(file), imports.join(""))
    return file
}
