import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { buildProgram } from "../../host/compiler/node/build"
import type { Program } from "../../host/model/program/program"
import { copyProject } from "../host/compiler/node/build-project"
import { fromRoot } from "./harness"

/**
 * Builds a program of `test/vm/programs` in a project of its own that has this package installed: what the
 * agent imports beside the core is found there alone.
 */
export async function buildWithInstalledAgent(name: string): Promise<Program> {
    const folder = copyProject()
    const installed = join(folder, "node_modules/heapscope")
    cpSync(fromRoot("devs/agent"), join(installed, "devs/agent"), { recursive: true })
    cpSync(fromRoot("package.json"), join(installed, "package.json"))
    mkdirSync(join(folder, "src"), { recursive: true })
    const text = readFileSync(fromRoot(`test/vm/programs/${name}.ts`), "utf8")
    writeFileSync(
        join(folder, `src/${name}.ts`),
        text.replaceAll("../../../devs/", "heapscope/devs/"),
    )
    return buildProgram(`src/${name}.ts`, { cwd: folder })
}
