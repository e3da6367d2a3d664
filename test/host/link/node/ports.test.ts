import fc from "fast-check"
import { createServer, type AddressInfo, type Server } from "node:net"
import { afterEach, describe, expect, test } from "vitest"
import { JDBus } from "jacdac-ts"
import { UserError } from "../../../../host/base/errors"
import { bridgeFrame, BRIDGE_COMMAND } from "../../../../host/wire/bridge"
import { chooseBoard, findPort } from "../../../../host/link/node/find-port"
import { encodeFrame } from "../../../../host/wire/framing"
import { parsePort, parseTcp } from "../../../../host/link/transport/parse-port"
import type { PortFacts } from "../../../../host/link/node/ports"
import { TcpPort } from "../../../../host/link/node/tcp-stream"
import { findUsbFamily } from "../../../../host/link/transport/usb-families"

describe("--port", () => {
    test.each([
        ["auto", { kind: "auto" }],
        ["/dev/ttyACM0", { kind: "serial", path: "/dev/ttyACM0" }],
        ["COM3", { kind: "serial", path: "COM3" }],
        ["tcp://127.0.0.1:8082", { kind: "tcp", host: "127.0.0.1", port: 8082 }],
        ["tcp://[::1]:8082/", { kind: "tcp", host: "::1", port: 8082 }],
        ["tcp://board.local:1", { kind: "tcp", host: "board.local", port: 1 }],
    ])("%s", (text, expected) => expect(parsePort(text)).toEqual(expected))

    test.each([
        ["", /is empty/],
        ["  ", /is empty/],
        ["tcp://", /tcp:\/\/host:port/],
        ["tcp://127.0.0.1", /tcp:\/\/host:port/],
        ["tcp://127.0.0.1:0", /port 0/],
        ["tcp://127.0.0.1:65536", /up to 65535/],
        ["tcp://a b:1", /tcp:\/\/host:port/],
        ["http://127.0.0.1:80", /only tcp/],
        ["/dev/tty\u001b[2J", /control characters/],
    ])("%j is refused", (text, why) => expect(() => parsePort(text)).toThrow(why))

    test("anything gives a port or one readable message", () => {
        fc.assert(
            fc.property(
                fc.oneof(
                    fc.string(),
                    fc.string().map(text => `tcp://${text}`),
                ),
                text => {
                    try {
                        parsePort(text)
                        parseTcp(text)
                    } catch (error) {
                        expect(error).toBeInstanceOf(UserError)
                        // oxlint-disable-next-line no-control-regex -- none may reach a terminal
                        expect((error as Error).message).not.toMatch(/[\u0000-\u001f]/)
                    }
                },
            ),
        )
    })

    test("is opened as what it is", async () => {
        expect((await findPort("tcp://127.0.0.1:8082")).address).toBe("tcp://127.0.0.1:8082")
        expect((await findPort("/dev/ttyACM7")).address).toBe("/dev/ttyACM7")
    })
})

describe("a USB device", () => {
    test.each([
        ["2e8a", "000a", "RP2040", "chip"],
        ["303A", "1001", "ESP32", "chip"],
        ["10c4", "ea60", "CP210x", "bridge"],
        ["1A86", "7523", "CH340", "bridge"],
        ["1a86", "55d4", "CH910x", "bridge"],
        ["0403", "6001", "FTDI", "bridge"],
        ["0403", "6010", "FTDI", "bridge"],
        ["0403", "6011", "FTDI", "bridge"],
        ["0403", "6014", "FTDI", "bridge"],
        ["0403", "6015", "FTDI", "bridge"],
    ])("%s:%s is known", (vendor, product, name, kind) => {
        const family = findUsbFamily(vendor, product)
        expect(family?.name).toContain(name)
        expect(family?.kind).toBe(kind)
    })

    test.each([
        ["0403", "d578"],
        ["0403", undefined],
        ["046d", "c52b"],
        [undefined, undefined],
    ])("%s:%s is not", (vendor, product) => expect(findUsbFamily(vendor, product)).toBeUndefined())

    test("what the official client takes for a board's serial port, so do we", () => {
        const { deviceCatalog } = new JDBus([])
        const ids = deviceCatalog.vendorIds("serial")
        expect(ids.length).toBeGreaterThan(2)
        for (const id of ids)
            expect(findUsbFamily(id.toString(16).padStart(4, "0")), `vendor ${id}`).toBeDefined()
    })
})

describe("auto", () => {
    const servers: Server[] = []
    afterEach(() => servers.splice(0).forEach(server => server.close()))

    /** A port behind which a board answers, or nobody does. */
    async function port(answers: boolean): Promise<TcpPort> {
        const server = createServer(socket => {
            socket.on("error", () => undefined)
            socket.on("data", () => {
                if (answers) socket.write(encodeFrame(bridgeFrame(BRIDGE_COMMAND.enablePackets)))
            })
        })
        servers.push(server)
        await new Promise<void>(done => server.listen(0, "127.0.0.1", done))
        return new TcpPort("127.0.0.1", (server.address() as AddressInfo).port)
    }

    function facts(path: string, vendorId?: string): PortFacts {
        const family = findUsbFamily(vendorId)
        return { path, ...(vendorId && { vendorId }), ...(family && { family }) }
    }

    const never = () => {
        throw new Error("opened")
    }

    test("the only port of a board's own USB is it, unasked", async () => {
        const open = (path: string) => new TcpPort(path, 1)
        const chosen = await chooseBoard([facts("/dev/ttyS0"), facts("a", "2E8A")], open)
        expect(chosen.address).toBe("tcp://a:1")
    })

    test("of several, the one that answers", async () => {
        const ports = { a: await port(false), b: await port(true) }
        const open = (path: string) => ports[path as "a"]
        const chosen = await chooseBoard([facts("a", "10c4"), facts("b", "303a")], open)
        expect(chosen).toBe(ports.b)
    })

    test("several that answer are listed", async () => {
        const ports = { a: await port(true), b: await port(true) }
        const open = (path: string) => ports[path as "a"]
        await expect(chooseBoard([facts("a", "2e8a"), facts("b", "303a")], open)).rejects.toThrow(
            /Several boards.*a \(RP2040.*b \(ESP32.*--port/,
        )
    })

    test("several that answer are asked about, where somebody can be", async () => {
        const ports = { a: await port(true), b: await port(false), c: await port(true) }
        const open = (path: string) => ports[path as "a"]
        const known = [facts("a", "2e8a"), facts("b", "1a86"), facts("c", "303a")]
        const offered: string[] = []
        const chosen = await chooseBoard(known, open, async boards => {
            offered.push(...boards.map(({ path }) => path))
            return boards[1]!
        })
        expect(offered).toEqual(["a", "c"])
        expect(chosen).toBe(ports.c)
    })

    test("a bridge that nobody answers behind", async () => {
        const silent = await port(false)
        await expect(chooseBoard([facts("a", "1a86")], () => silent)).rejects.toThrow(
            /No board answers at a \(UART bridge/,
        )
    })

    test("ports of anything else are never opened", async () => {
        await expect(chooseBoard([facts("/dev/ttyS0")], never)).rejects.toThrow(/No board is known/)
        await expect(chooseBoard([facts("x", "046d")], never)).rejects.toThrow(/No board is known/)
        await expect(chooseBoard([], never)).rejects.toThrow(/there is no serial port/)
    })
})
