import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { userInfo } from "node:os"
import { join } from "node:path"
import type { DoctorCheck, DoctorReport } from "../../documents/boards/doctor-report"
import { listPorts } from "../../link/node/ports"
import type { Port } from "../../link/transport/byte-stream"
import { checkBoard } from "./board-checks"
import { checkNode, checkPackages, checkProject, isContainer, isInstalled } from "./machine-checks"
import { checkPorts, denialOf, type Machine } from "./port-checks"

export interface DoctorOptions {
    cwd: string
    /** Opens a serial port by its path. */
    open: (path: string) => Port
    /** The port to look at alone. */
    port?: Port
    /** Looks at no board. */
    withoutBoard?: boolean
    signal?: AbortSignal
    onProgress?: (text: string) => void
    /** Default: this one. */
    machine?: Machine
}

/** Where the official tool puts what it builds. */
const BUILT = ".devicescript/bin/bytecode.devs"

/** Looks at the machine, its ports and the boards at them. Changes nothing. */
export async function doctor(options: DoctorOptions): Promise<DoctorReport> {
    const { cwd, open, port, signal, onProgress, machine = thisMachine() } = options
    const checks: DoctorCheck[] = [
        checkNode(process.version),
        ...checkPackages(),
        checkProject(cwd),
    ]
    const look = async (at: Port) => {
        onProgress?.(`asking the board at ${at.address}`)
        const builtSha256 = hashOfBuilt(cwd)
        checks.push(
            ...(await checkBoard(at, {
                cwd,
                ...(signal && { signal }),
                ...(builtSha256 !== undefined && { builtSha256 }),
            })),
        )
    }
    if (port) await look(port)
    else {
        const found = await checkPorts(machine)
        checks.push(...found.checks)
        if (!options.withoutBoard) for (const { path } of found.usable) await look(open(path))
    }
    const passed = checks.every(({ status }) => status !== "bad")
    return { schema: "heapscope/doctor@1", passed, checks }
}

function thisMachine(): Machine {
    return {
        platform: process.platform,
        isContainer: isContainer(),
        hasUdevadm: isInstalled("udevadm"),
        user: nameOfUser(),
        listPorts,
        denied: denialOf,
    }
}

/** In a container a user may have no name. */
function nameOfUser(): string {
    try {
        return userInfo().username
    } catch {
        return ""
    }
}

function hashOfBuilt(cwd: string): string | undefined {
    try {
        return createHash("sha256")
            .update(readFileSync(join(cwd, BUILT)))
            .digest("hex")
    } catch {
        return undefined
    }
}
