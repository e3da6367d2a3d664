import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { UserError } from "../../../../host/base/errors"
import type { PortFacts } from "../../../../host/link/node/ports"
import { findUsbFamily } from "../../../../host/link/transport/usb-families"
import {
    checkNode,
    checkProject,
    isContainer,
    isInstalled,
} from "../../../../host/tasks/doctor/machine-checks"
import {
    checkPorts,
    denialOf,
    udevRules,
    type Machine,
} from "../../../../host/tasks/doctor/port-checks"

const folder = mkdtempSync(join(tmpdir(), "heapscope-doctor-"))
afterAll(() => rmSync(folder, { recursive: true }))

const portOf = (vendorId: string, productId: string, path = "/dev/ttyACM0"): PortFacts => {
    const family = findUsbFamily(vendorId, productId)
    return { path, vendorId, productId, ...(family && { family }) }
}
const PICO = portOf("2e8a", "420a")
const machine = (more: Partial<Machine>): Machine => ({
    ...{ platform: "linux", isContainer: false, hasUdevadm: true, user: "ada" },
    ...{ listPorts: () => Promise.resolve([PICO]), denied: () => undefined },
    ...more,
})
const of = async (more: Partial<Machine>) => (await checkPorts(machine(more))).checks

it("a port that may be used is looked at, another not", async () => {
    const { checks, usable } = await checkPorts(machine({}))
    expect(checks.map(({ status }) => status)).toEqual(["good"])
    expect(usable).toEqual([PICO])
    const denied = () => ({ code: "EACCES", group: "dialout" })
    expect((await checkPorts(machine({ denied }))).usable).toEqual([])
})

it("who may not use a port is told the group's command and udev's rules", async () => {
    const [check] = await of({ denied: () => ({ code: "EACCES", group: "uucp" }) })
    expect(check).toMatchObject({ id: "port", status: "bad" })
    expect(check!.commands[0]).toBe("sudo usermod -aG uucp ada")
    for (const rule of udevRules()) expect(check!.commands.join("\n")).toContain(rule)
    expect(check!.commands.at(-1)).toContain("udevadm control --reload")
    expect(udevRules()[0]).toBe(
        'SUBSYSTEM=="tty", ATTRS{idVendor}=="2e8a", MODE="0660", GROUP="dialout", TAG+="uaccess"',
    )
})

it("without a port, without udevadm, in a container: what that means, and what to do", async () => {
    const none = () => Promise.resolve([])
    const [udev, ports] = await of({ listPorts: none, hasUdevadm: false, isContainer: true })
    expect(udev).toMatchObject({ status: "warning", message: expect.stringContaining("udevadm") })
    expect(ports!.commands).toEqual(["docker run --device /dev/ttyACM0 ..."])
    const [bare] = await of({ listPorts: none })
    expect(bare).toMatchObject({ status: "warning", message: "There is no serial port." })
    const other = () => Promise.resolve([portOf("1234", "5678")])
    const [unknown] = await of({ listPorts: other })
    expect(unknown!.message).toContain("/dev/ttyACM0")
    const untold = () => Promise.reject(new UserError("E_NO_PORTS", "cannot be told"))
    expect(await of({ listPorts: untold })).toMatchObject([{ status: "unknown" }])
})

it("a board in its boot mode is told apart by its USB id", async () => {
    const rom = () => Promise.resolve([portOf("303a", "0002")])
    const [, mode] = await of({ listPorts: rom })
    expect(mode).toMatchObject({ id: "boot-mode", message: expect.stringContaining("esp32s2") })
    // A C3's id is the same in both.
    const c3 = () => Promise.resolve([portOf("303a", "1001"), PICO])
    const ids = (await of({ listPorts: c3 })).map(({ id, message }) => `${id} ${message}`)
    expect(ids.filter(text => text.startsWith("boot-mode"))).toHaveLength(1)
})

it("a port that is not there cannot be used", () => {
    expect(denialOf(join(folder, "none"))).toEqual({ code: "ENOENT", group: undefined })
    expect(denialOf(folder)).toBeUndefined()
})

it("the machine: Node's version, the project, a container, a program", () => {
    expect(checkNode("v18.20.0")).toMatchObject({ status: "bad", commands: ["nvm install 20"] })
    expect(checkNode("v22.1.0").status).toBe("good")
    expect(checkProject(folder)).toMatchObject({ status: "warning" })
    writeFileSync(join(folder, "devsconfig.json"), "{}")
    expect(checkProject(folder)).toMatchObject({ status: "bad", commands: ["npm init -y"] })
    writeFileSync(join(folder, "package.json"), "{}")
    expect(checkProject(folder).status).toBe("good")
    expect(isContainer(folder)).toBe(false)
    writeFileSync(join(folder, ".dockerenv"), "")
    expect(isContainer(folder)).toBe(true)
    mkdirSync(join(folder, "bin"))
    expect(isInstalled("udevadm", join(folder, "bin"))).toBe(false)
    writeFileSync(join(folder, "bin/udevadm"), "")
    expect(isInstalled("udevadm", `/nowhere:${join(folder, "bin")}`)).toBe(true)
})
