import type { FlashChip } from "./flash-chip"

/** What a function of the boot ROM finds, and what it can do. */
export interface RomCall {
    /** The processor's, r0 first. What a function takes and gives is there. */
    registers: Uint32Array
    memory: RomMemory
    flash: FlashChip
    /** Sets the processor's condition flags. */
    flags(flags: { negative: boolean; zero: boolean; carry: boolean; overflow: boolean }): void
    /** The firmware asks for the chip's boot mode: it does not come back. */
    bootMode(): void
}

/** The chip's memory, by address. */
export interface RomMemory {
    readUint8(address: number): number
    readUint16(address: number): number
    writeUint8(address: number, value: number): void
    writeUint32(address: number, value: number): void
}

/** Does what the function does. @returns about how many cycles of the processor that takes */
export type RomFunction = (call: RomCall) => number

/** The processor's cycles in a second. */
export const CYCLES_PER_SECOND = 125e6
/** Erasing a sector and programming a page of a W25Q16JV, typical (its datasheet, section 9.6). Seconds. */
const SECTOR_ERASE_SECONDS = 0.045
const PAGE_PROGRAM_SECONDS = 0.0004

const NOTHING: RomFunction = () => 10

/** Functions of the boot ROM by their two letters (RP2040 datasheet, section 2.8.3.1). */
export const ROM_FUNCTIONS: Readonly<Record<string, RomFunction>> = {
    P3: bits(x => {
        let count = 0
        for (let rest = x; rest !== 0; rest >>>= 1) count += rest & 1
        return count
    }),
    R3: bits(x => {
        let reversed = 0
        for (let bit = 0; bit < 32; bit++) reversed |= ((x >>> bit) & 1) << (31 - bit)
        return reversed
    }),
    L3: bits(x => Math.clz32(x)),
    T3: bits(x => (x === 0 ? 32 : 31 - Math.clz32(x & -x))),
    MS: fill,
    S4: fill,
    MC: copy,
    C4: copy,
    UB: ({ bootMode }) => {
        bootMode()
        return 0
    },
    // The emulated flash can be read at any time: nothing is to be connected, left or entered.
    IF: NOTHING,
    EX: letGo,
    FC: letGo,
    CX: NOTHING,
    RE: ({ registers: [from = 0, count = 0], flash }) => {
        flash.erase(from, count)
        return (count / flash.sectorBytes) * SECTOR_ERASE_SECONDS * CYCLES_PER_SECOND
    },
    RP: ({ registers: [to = 0, from = 0, count = 0], flash, memory }) => {
        flash.program(
            to,
            Uint8Array.from({ length: count }, (_, i) => memory.readUint8(from + i)),
        )
        return (count / flash.pageBytes) * PAGE_PROGRAM_SECONDS * CYCLES_PER_SECOND
    },
}

function letGo({ flash }: RomCall): number {
    flash.select(false)
    flash.forget()
    return 10
}

function bits(of: (x: number) => number): RomFunction {
    return ({ registers }) => {
        registers[0] = of(registers[0]!)
        return 20
    }
}

function fill({ registers: [to = 0, value = 0, count = 0], memory }: RomCall): number {
    for (let i = 0; i < count; i++) memory.writeUint8(to + i, value)
    return 20 + count / 2
}

function copy({ registers: [to = 0, from = 0, count = 0], memory }: RomCall): number {
    for (let i = 0; i < count; i++) memory.writeUint8(to + i, memory.readUint8(from + i))
    return 20 + count / 2
}
