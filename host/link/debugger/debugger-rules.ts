import { TAG_TYPE } from "../../model/heap/walk"

/** Elements and bytes of one request; the board crashes at 1,000. */
export const MAX_LENGTH = 999
/** Elements of one request for values: the board keeps 11 bytes of each meanwhile. */
export const MAX_VALUES = 200
/** `start` and `length` have 16 bits. */
const MAX_START = 0xffff

/** A request that might crash the board. It was not sent. */
export class RefusedRequestError extends Error {
    override readonly name = "RefusedRequestError"
}

/**
 * What may be asked for while a program is halted. The board believes what it is asked: an address
 * that is misaligned, outside the heap or not an object's, or a length of 1,000, has it crash. So only
 * such addresses are asked for as the board has named itself since the halt, or as are proven.
 */
export class AskableObjects {
    private readonly addresses = new Set<number>()
    private readonly properties = new Map<number, number>()
    private readonly roles = new Map<number, number>()

    /** The board has named an object. @param properties how many properties it says the object has */
    allow(address: number, properties?: number): void {
        this.addresses.add(address)
        if (properties !== undefined) this.properties.set(address, properties)
    }

    /** The board has named a role of the bus, and how many properties are attached to it. */
    allowRole(index: number, properties: number): void {
        this.roles.set(index, properties)
    }

    /** @throws RefusedRequestError for a role that the board has not named, or has more properties than can be */
    checkRole(index: number): void {
        const count = this.roles.get(index)
        if (count === undefined || count > MAX_LENGTH)
            throw new RefusedRequestError(
                `role ${index} has ${count ?? "nobody knows how many"} properties`,
            )
    }

    /**
     * Adds a header that is no object's of the program, but would do for one.
     * @param header the word at the address
     * @param end an address up to which all is heap: the end of a known block, or of the heap
     * @throws RefusedRequestError unless the board's own check would pass
     */
    prove(address: number, header: number, end: number): void {
        const bytes = (header & 0xffffff) * 4
        const isObject = ((header >>> 24) & TAG_TYPE) !== 0 && bytes > 0
        if (!isObject || address <= 0 || address % 4 !== 0 || address + bytes > end)
            throw new RefusedRequestError(`0x${address.toString(16)} is no object on the heap`)
        this.addresses.add(address)
    }

    /** @throws RefusedRequestError for an address that the board has not named and nobody has proven */
    check(address: number): void {
        if (!this.addresses.has(address) || address <= 0 || address % 4 !== 0)
            throw new RefusedRequestError(
                `0x${address.toString(16)} is not known to be an object on the heap`,
            )
    }

    /** @throws RefusedRequestError for more properties than the board can tell, or not known to be fewer */
    checkProperties(address: number): void {
        this.check(address)
        const count = this.properties.get(address)
        if (count === undefined || count > MAX_LENGTH)
            throw new RefusedRequestError(
                `0x${address.toString(16)} has ${count ?? "nobody knows how many"} properties`,
            )
    }
}

/** @throws RefusedRequestError for a range that a request cannot have, or the board not survive */
export function checkRange(start: number, count: number, most: number): void {
    const isGood =
        Number.isInteger(start) &&
        Number.isInteger(count) &&
        start >= 0 &&
        start <= MAX_START &&
        count >= 1 &&
        count <= most
    if (!isGood) throw new RefusedRequestError(`${count} elements from ${start} on`)
}
