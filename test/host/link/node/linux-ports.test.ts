import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, expect, onTestFinished, test } from "vitest"
import { UserError } from "../../../../host/base/errors"
import { packageRoot } from "../../../../host/base/node/package-root"
import { listLinuxPorts } from "../../../../host/link/node/linux-ports"

/** A `/sys` and a `/dev` as the kernel lays them out, with only what is asked for. */
function makeSystem() {
    const root = realpathSync(mkdtempSync(join(tmpdir(), "heapscope-sys-")))
    onTestFinished(() => rmSync(root, { recursive: true }))
    const at = (path: string) => join(root, path)
    const write = (path: string, text: string) => {
        mkdirSync(dirname(at(path)), { recursive: true })
        writeFileSync(at(path), `${text}\n`)
    }
    mkdirSync(at("sys/class/tty"), { recursive: true })
    return {
        write,
        /** A port, the folder of its device, and whether `/dev` has it. */
        port: (name: string, device?: string, isThere = true) => {
            const folder = `sys/devices/${device ?? "virtual"}/tty/${name}`
            mkdirSync(at(folder), { recursive: true })
            if (device) symlinkSync(at(`sys/devices/${device}`), join(at(folder), "device"))
            symlinkSync(at(folder), at(`sys/class/tty/${name}`))
            if (isThere) write(`dev/${name}`, "")
        },
        list: () => listLinuxPorts(at("sys"), at("dev")),
        dev: (name: string) => at(`dev/${name}`),
    }
}

describe("what the kernel lists", () => {
    test("a board's own USB and a bridge, with all that their devices say", () => {
        const { port, write, list, dev } = makeSystem()
        port("ttyACM0", "pci0/usb1/1-2/1-2:1.0")
        write("sys/devices/pci0/usb1/1-2/idVendor", "2e8a")
        write("sys/devices/pci0/usb1/1-2/idProduct", "000a")
        write("sys/devices/pci0/usb1/1-2/serial", "E66178C1")
        write("sys/devices/pci0/usb1/1-2/manufacturer", "Raspberry Pi")
        write("sys/devices/pci0/usb1/idVendor", "1d6b")
        port("ttyUSB0", "pci0/usb1/1-3/1-3:1.0/ttyUSB0")
        write("sys/devices/pci0/usb1/1-3/idVendor", "10c4")
        write("sys/devices/pci0/usb1/1-3/idProduct", "ea60")
        expect(list()).toEqual([
            {
                path: dev("ttyACM0"),
                vendorId: "2e8a",
                productId: "000a",
                serialNumber: "E66178C1",
                manufacturer: "Raspberry Pi",
            },
            { path: dev("ttyUSB0"), vendorId: "10c4", productId: "ea60" },
        ])
    })

    test("serial hardware that is there, of all that is called tty", () => {
        const { port, write, list, dev } = makeSystem()
        port("tty1")
        port("ptmx")
        port("ttyprintk")
        port("ttyS0", "platform/serial8250")
        write("sys/devices/platform/serial8250/tty/ttyS0/type", "4")
        port("ttyS1", "platform/serial8250")
        write("sys/devices/platform/serial8250/tty/ttyS1/type", "0")
        port("ttyACM1", "pci0/usb1/1-4/1-4:1.0", false)
        expect(list()).toEqual([{ path: dev("ttyS0") }])
    })

    test("where it lists nothing, one message that says what to do", () => {
        expect(() => listLinuxPorts("/no/such/sys")).toThrow(UserError)
        expect(() => listLinuxPorts("/no/such/sys")).toThrow(/neither udevadm nor .*--port/)
    })
})

test.runIf(process.platform === "linux")("heapscope ports works on a Linux without udevadm", () => {
    const document = execFileSync(
        process.execPath,
        [join(packageRoot(), "dist/cli.js"), "ports", "--json"],
        { env: { PATH: "/no/such/folder" }, encoding: "utf8" },
    )
    expect(JSON.parse(document)).toMatchObject({ schema: "heapscope/ports@1" })
})
