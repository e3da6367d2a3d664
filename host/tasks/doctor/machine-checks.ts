import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { createRequire } from "node:module"
import { HeapscopeError } from "../../base/errors"
import { packageRoot } from "../../base/node/package-root"
import { projectBoards } from "../../boards/node/project-boards"
import { findCli } from "../../compiler/node/cli-package"
import type { DoctorCheck } from "../../documents/boards/doctor-report"

/** Whether this Node runs the package. @param version as `process.version` has it */
export function checkNode(version: string): DoctorCheck {
    const { engines } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as {
        engines: { node: string }
    }
    const least = Number(/\d+/.exec(engines.node)![0])
    const major = Number(/\d+/.exec(version)?.[0] ?? 0)
    return major >= least
        ? good("node", `Node ${version}.`)
        : {
              ...{ id: "node", status: "bad", message: `Node ${version}: ${least} is the least.` },
              commands: [`nvm install ${least}`],
              hint: "Without nvm: https://nodejs.org has installers.",
          }
}

/** Whether what the commands need is there: the compiler with its VM, and the serial library. */
export function* checkPackages(root = packageRoot()): Generator<DoctorCheck> {
    try {
        const { version } = findCli()
        yield good("packages", `The official compiler and VM, @devicescript/cli ${version}.`)
    } catch (error) {
        if (!(error instanceof HeapscopeError)) throw error
        yield { ...bad("packages", error.message), commands: ["npm ci"] }
    }
    const missing = ["devicescript-vm.wasm", "command.cjs"].filter(
        file => !existsSync(join(root, "dist", file)),
    )
    if (missing.length > 0)
        yield {
            ...bad("packages", `The package was not prepared: dist/${missing[0]} is missing.`),
            commands: [`npm --prefix ${root} run prepare`],
        }
    try {
        const serialport = createRequire(import.meta.url).resolve("serialport")
        createRequire(serialport)("@serialport/bindings-cpp")
        yield good("packages", "The serial library.")
    } catch (error) {
        yield {
            ...bad("packages", `The serial library cannot be loaded: ${firstLine(error)}`),
            commands: ["npm rebuild @serialport/bindings-cpp"],
            hint: "Simulating needs none of it: sim, check and fit work without.",
        }
    }
}

/** Whether a folder is a project that can be built. */
export function checkProject(cwd: string): DoctorCheck {
    if (!existsSync(join(cwd, "devsconfig.json")))
        return {
            ...good("project", "There is no DeviceScript project here (no devsconfig.json)."),
            status: "warning",
            commands: ["npx --package @devicescript/cli devs init"],
            hint: "A single .ts file with a devsconfig.json ({}) and a package.json beside it will do, too.",
        }
    if (!existsSync(join(cwd, "package.json")))
        return { ...bad("project", "The project has no package.json."), commands: ["npm init -y"] }
    const boards = [...projectBoards(cwd).keys()]
    const own = boards.length > 0 ? `, with boards of its own: ${boards.join(", ")}` : ""
    return good("project", `A DeviceScript project${own}.`)
}

/** Whether this is a container, which sees only devices that it was given. */
export function isContainer(root = "/"): boolean {
    if (existsSync(join(root, ".dockerenv")) || existsSync(join(root, "run/.containerenv")))
        return true
    try {
        return /docker|containerd|kubepods|libpod|lxc/.test(
            readFileSync(join(root, "proc/1/cgroup"), "utf8"),
        )
    } catch {
        return false
    }
}

/** Whether a program can be found where commands are. */
export function isInstalled(program: string, path = process.env["PATH"] ?? ""): boolean {
    const folders = path.split(process.platform === "win32" ? ";" : ":")
    return folders.some(folder => existsSync(join(folder, program)))
}

export function good(id: string, message: string): DoctorCheck {
    return { id, status: "good", message, commands: [] }
}

export function bad(id: string, message: string): DoctorCheck {
    return { id, status: "bad", message, commands: [] }
}

function firstLine(error: unknown): string {
    return (error instanceof Error ? error.message : String(error)).split("\n")[0]!
}
