import { toHex } from "../../base/hex"
import { NoAnswerError, ServiceClient, type ServiceAddress } from "../jacdac/service-client"
import { SERVICE_CLASS } from "../jacdac/find-services"
import type { Link } from "../link"

/** Registers of the DeviceScript manager and of the control service. */
export const MANAGER = {
    running: 0x80,
    autostart: 0x81,
    programSize: 0x180,
    programSha256: 0x182,
    runtimeVersion: 0x183,
} as const
/**
 * How long a board may take to answer what it has to work out a hash for, in milliseconds: an RP2040 takes
 * 129 ms for 107 kB, and asked again before that it works it out again.
 */
const HASH_MS = 1000
const CONTROL = { productIdentifier: 0x181, uptime: 0x186 } as const

/** What a board tells of itself. */
export interface BoardFacts {
    /** Of the program it has, in hex. */
    sha256: string
    programBytes: number
    /** Of the DeviceScript runtime in its firmware: `2.16.4`. */
    runtimeVersion: string
    /** Of which board its firmware says it is; undefined if it does not. */
    productId: number | undefined
    /** Since the board was started. */
    uptimeMs: number
}

/**
 * Asks a board for what it tells of itself; that does not touch its program.
 * @param services of the device, by class, as `findServices` tells them
 * @throws NoAnswerError when it does not answer
 */
export async function readFacts(
    link: Link,
    services: ReadonlyMap<number, ServiceAddress>,
): Promise<BoardFacts> {
    const at = services.get(SERVICE_CLASS.manager)
    if (!at) throw new Error("the device has no DeviceScript manager")
    const manager = new ServiceClient(link, at)
    const control = new ServiceClient(link, { ...at, service: 0 })
    try {
        return {
            sha256: await readProgramHash(manager),
            programBytes: number(await manager.read(MANAGER.programSize)),
            runtimeVersion: await readRuntimeVersion(manager),
            productId: await productOf(control),
            uptimeMs: await uptimeOf(control),
        }
    } finally {
        manager.close()
        control.close()
    }
}

/**
 * The product identifier that a device's firmware tells: of which board it is. Undefined if it does not.
 * @param control its control service
 */
export async function readProduct(control: ServiceClient): Promise<number | undefined> {
    try {
        return await productOf(control)
    } finally {
        control.close()
    }
}

async function productOf(control: ServiceClient): Promise<number | undefined> {
    try {
        return number(await control.read(CONTROL.productIdentifier))
    } catch (error) {
        if (error instanceof NoAnswerError) return undefined
        throw error
    }
}

/** SHA-256 of the program that a board has, which it works out now, in hex. @throws NoAnswerError, LinkError */
export async function readProgramHash(manager: ServiceClient): Promise<string> {
    return toHex(await manager.read(MANAGER.programSha256, HASH_MS))
}

/** The version of the runtime in a board's firmware. @throws NoAnswerError, LinkError */
export async function readRuntimeVersion(manager: ServiceClient): Promise<string> {
    return version(number(await manager.read(MANAGER.runtimeVersion)))
}

/** How long the device of a service has been on, in milliseconds. @throws NoAnswerError, LinkError */
export async function readUptimeMs(link: Link, at: ServiceAddress): Promise<number> {
    const control = new ServiceClient(link, { ...at, service: 0 })
    try {
        return await uptimeOf(control)
    } finally {
        control.close()
    }
}

async function uptimeOf(control: ServiceClient): Promise<number> {
    return Math.floor(number(await control.read(CONTROL.uptime)) / 1000)
}

/** A whole number of up to 48 bits, little-endian; all that is counted here is smaller. */
function number(bytes: Uint8Array): number {
    return bytes.subarray(0, 6).reduceRight((high, byte) => high * 256 + byte, 0)
}

function version(word: number): string {
    return `${word >>> 24}.${(word >>> 16) & 0xff}.${word & 0xffff}`
}
