import { accessSync, constants, readFileSync, statSync } from "node:fs"
import { HeapscopeError } from "../../base/errors"
import { allBoards } from "../../boards/node/find-board"
import type { DoctorCheck } from "../../documents/boards/doctor-report"
import type { PortFacts } from "../../link/node/ports"
import { USB_FAMILIES } from "../../link/transport/usb-families"
import { bad, good } from "./machine-checks"

const RULES_FILE = "/etc/udev/rules.d/70-heapscope.rules"

/** What of a machine decides whether its ports can be used. */
export interface Machine {
    platform: NodeJS.Platform
    isContainer: boolean
    hasUdevadm: boolean
    /** Of whoever asks; empty where that is not known. */
    user: string
    listPorts: () => Promise<readonly PortFacts[]>
    /** Undefined where it may be read and written; else why not. */
    denied: (path: string) => Denial | undefined
}

export interface Denial {
    code: string
    /** The group that the port belongs to, by name or number. */
    group: string | undefined
}

/** udev's rules with which whoever is logged in may use boards' ports. */
export function udevRules(): string[] {
    return USB_FAMILIES.map(
        ({ vendorId }) =>
            `SUBSYSTEM=="tty", ATTRS{idVendor}=="${vendorId}", MODE="0660", GROUP="dialout", TAG+="uaccess"`,
    )
}

/** The serial ports, and for each that may have a board whether it can be used. */
export async function checkPorts(
    machine: Machine,
): Promise<{ checks: DoctorCheck[]; usable: PortFacts[] }> {
    let ports: readonly PortFacts[]
    try {
        ports = await machine.listPorts()
    } catch (error) {
        if (!(error instanceof HeapscopeError)) throw error
        return { checks: [{ ...bad("ports", error.message), status: "unknown" }], usable: [] }
    }
    const checks: DoctorCheck[] = []
    if (machine.platform === "linux" && !machine.hasUdevadm)
        checks.push({
            ...good("ports", "udevadm is not installed: ports are listed as the kernel has them."),
            status: "warning",
            commands: [],
            hint: "Nothing has to be done: the names are the same, /dev/serial/by-id is missing.",
        })
    const boards = ports.filter(({ family }) => family !== undefined)
    if (boards.length === 0) checks.push(noBoard(ports, machine))
    const usable: PortFacts[] = []
    for (const port of boards) {
        const denial = machine.denied(port.path)
        if (!denial) usable.push(port)
        checks.push(...checkPort(port, denial, machine))
    }
    return { checks, usable }
}

function noBoard(ports: readonly PortFacts[], machine: Machine): DoctorCheck {
    const others = ports.map(({ path }) => path).join(", ")
    const message =
        ports.length === 0
            ? "There is no serial port."
            : `None of the serial ports is known to have a board: ${others}.`
    return {
        ...{ id: "ports", status: "warning", message },
        commands: machine.isContainer ? ["docker run --device /dev/ttyACM0 ..."] : [],
        hint: machine.isContainer
            ? "This is a container: it sees only devices that it is given when it starts."
            : "Plug a board in, with a cable that carries data; one behind another adapter is named with --port.",
    }
}

function* checkPort(
    { path, vendorId, productId, family }: PortFacts,
    denial: Denial | undefined,
    { platform, user, isContainer }: Machine,
): Generator<DoctorCheck> {
    const what = `${path}: ${family!.name}, USB ${vendorId}:${productId ?? "?"}`
    if (!denial) yield good("port", `${what}, may be used.`)
    else if (denial.code === "EACCES" || denial.code === "EPERM") {
        const group = denial.group ?? "dialout"
        const isLinux = platform === "linux" && !isContainer
        yield {
            ...bad("port", `${what}: you may not use it; it belongs to the group ${group}.`),
            commands: isLinux
                ? [
                      `sudo usermod -aG ${group} ${user || "$USER"}`,
                      ...udevRules().map(
                          (rule, i) =>
                              `echo '${rule}' | sudo tee ${i > 0 ? "-a " : ""}${RULES_FILE}`,
                      ),
                      "sudo udevadm control --reload && sudo udevadm trigger",
                  ]
                : [],
            hint: isLinux
                ? "The first command is enough once you have logged out and in; the others do it for everybody at this machine, at once."
                : "Start the container, or this command, as a user of that group.",
        }
    } else yield bad("port", `${what}: it cannot be opened (${denial.code}).`)
    const id = `${vendorId}:${productId ?? ""}`
    const chips = [...allBoards()].filter(
        ({ firmware: { usb } }) => usb.bootMode.includes(id) && !usb.running.includes(id),
    )
    if (chips.length > 0)
        yield {
            ...good("boot-mode", `${path}: a ${chips[0]!.chip} in its boot mode: no program runs.`),
            status: "warning",
            hint: chips[0]!.firmware.bootMode.leave,
        }
}

/** Whether this process may use a port. */
export function denialOf(path: string): Denial | undefined {
    try {
        accessSync(path, constants.R_OK | constants.W_OK)
        return undefined
    } catch (error) {
        return { code: (error as NodeJS.ErrnoException).code ?? "?", group: groupOf(path) }
    }
}

/** The name of the group that a file belongs to, as `/etc/group` has it; else its number. */
function groupOf(path: string): string | undefined {
    try {
        const { gid } = statSync(path)
        const line = readFileSync("/etc/group", "utf8")
            .split("\n")
            .map(text => text.split(":"))
            .find(([, , id]) => id === String(gid))
        return line?.[0] ?? String(gid)
    } catch {
        return undefined
    }
}
