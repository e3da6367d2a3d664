import fc from "fast-check"
import * as jacdac from "jacdac-ts"
import { describe, expect, it } from "vitest"
import { toHex } from "../../../../host/base/hex"
import { HOUSEKEEPING, ServiceEvents } from "../../../../host/link/jacdac/service-events"
import { packetFrame } from "../../../../host/wire/jacdac-packet"

const { SRV_BUTTON, SRV_DEVICE_SCRIPT_MANAGER, SRV_LOGGER, SRV_TEMPERATURE } = jacdac
const DEVICE = 0x0123456789abcdefn
const READING = 0x1101

function words(...values: number[]) {
    return new Uint8Array(Uint32Array.from(values).buffer)
}

/** A device with these services says that it is there. */
function announcement(device: bigint, ...classes: number[]): Uint8Array {
    return packetFrame(device, 0, { service: 0, command: 0, data: words(0x100, ...classes) })
}

function report(
    service: number,
    command: number,
    data: Uint8Array = new Uint8Array(0),
    device = DEVICE,
) {
    return packetFrame(device, 0, { service, command, data })
}

function listening(...classes: number[]): ServiceEvents {
    const events = new ServiceEvents()
    events.add(announcement(DEVICE, ...classes), 0)
    return events
}

describe("what services on a board's bus tell", () => {
    it("is a reading that is another than before, ten times a second at the most", () => {
        fc.assert(
            fc.property(
                fc.array(
                    fc.record({ afterMs: fc.integer({ min: 0, max: 150 }), value: fc.nat(3) }),
                ),
                reports => {
                    const events = listening(SRV_TEMPERATURE)
                    let atMs = 0
                    let last: { atMs: number; value: number } | undefined
                    for (const { afterMs, value } of reports) {
                        atMs += afterMs
                        const isKept = !last || (value !== last.value && atMs - last.atMs >= 100)
                        const told = events.add(report(1, READING, words(value)), atMs)
                        expect(told).toEqual(
                            isKept
                                ? [
                                      {
                                          ...{ kind: "service", atMs, device: "0123456789abcdef" },
                                          ...{ index: 1, serviceClass: SRV_TEMPERATURE },
                                          ...{ isOwn: false, register: 0x101 },
                                          data: toHex(words(value)),
                                      },
                                  ]
                                : [],
                        )
                        if (isKept) last = { atMs, value }
                    }
                },
            ),
        )
    })

    it("is an event once, though it is sent three times", () => {
        const events = listening(SRV_DEVICE_SCRIPT_MANAGER, SRV_BUTTON)
        const event = (counter: number, code: number) =>
            events.add(report(2, 0x8000 | (counter << 8) | code), 5)
        const told = [1, 1, 1, 2, 2, 3].flatMap(counter => event(counter, counter % 2 ? 1 : 2))
        expect(told.map(({ event }) => event)).toEqual([1, 2, 1])
        expect(told.every(({ isOwn }) => isOwn)).toBe(true)
    })

    it("is nothing of who keeps house, of commands, or of who was never announced", () => {
        const events = listening(SRV_LOGGER, SRV_TEMPERATURE)
        const silent = [
            report(1, READING, words(1)),
            report(2, READING, words(1), 5n),
            report(3, READING, words(1)),
            report(0x3e, READING, words(1)),
            report(2, 0x1003, words(1)),
            packetFrame(DEVICE, 1, { service: 2, command: READING, data: words(1) }),
        ]
        for (const frame of silent) expect(events.add(frame, 0)).toEqual([])
        expect(events.add(report(2, READING, words(1)), 0)).toHaveLength(1)
    })

    it("knows the housekeeping of the catalogue by its classes", () => {
        const names =
            "LOGGER ROLE_MANAGER BRIDGE USB_BRIDGE PROXY UNIQUE_BRAIN INFRASTRUCTURE DASHBOARD DEVICE_SCRIPT_CONDITION SETTINGS BOOTLOADER DEVICE_SCRIPT_MANAGER"
        const classes = names
            .split(" ")
            .map(name => (jacdac as unknown as Record<string, number>)[`SRV_${name}`]!)
        expect(classes.filter(serviceClass => !HOUSEKEEPING.has(serviceClass))).toEqual([])
    })

    it("stays bounded when devices and registers are without end", () => {
        const events = new ServiceEvents()
        let told = 0
        for (let device = 1n; device <= 200n; device++) {
            events.add(announcement(device, SRV_TEMPERATURE), 0)
            for (let code = 0x100; code < 0x180; code++)
                told += events.add(report(1, 0x1000 | code, words(1), device), 0).length
        }
        expect(told).toBe(1024)
    })
})
