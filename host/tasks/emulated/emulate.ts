import { basename, resolve } from "node:path"
import { UserError } from "../../base/errors"
import { readBytes } from "../../base/node/read-file"
import { sleep } from "../../base/pause"
import type { Board } from "../../boards/board"
import { checkProgramRoom } from "../../boards/program-room"
import { prepareFirmware } from "../../boards/images/prepare-firmware"
import { flashOf, readUf2 } from "../../boards/images/uf2"
import type { BoardLink } from "../../link/board-link"
import { deploy, type Deployment } from "../../link/deploy/deploy"
import { deploySettings } from "../../link/deploy/deploy-settings"
import { openBus } from "../../link/jacdac/bus"
import type { Program } from "../../model/program/program"
import type { WiredBus } from "../../simulator/emulated/i2c-wires"
import type { Wires } from "../../simulator/emulated/wires"
import type { World } from "../../simulator/world/world"
import { EmulatedBoard } from "../../simulator/served/emulated-board"
import { loadEmulator } from "../../simulator/node/load-emulator"
import { BoardPort } from "./board-port"

/** The firmware's build that can be emulated: the chip without a radio. */
const ARCHITECTURE = "rp2040"
/** Board time in which a firmware's serial port must be there. Milliseconds. */
const MOUNT_MS = 5000
const LOOK_MS = 5

/** How a board's firmware is to run. */
export interface EmulationRequest {
    /** The UF2 file, as the user named it. */
    file: string
    /** Where relative paths start. */
    cwd: string
    board: Board
    seed: number
    /** What is at its pins and on its buses. Default: nothing. */
    world?: World
    /** Told in a sentence what happens on the board, and what of its world answers. */
    notify: (text: string) => void
    signal?: AbortSignal
}

/** A board that runs its real firmware here. */
export interface Emulation {
    board: EmulatedBoard
    /** Its serial port. */
    port: BoardPort
    close(): void
}

/**
 * Switches a board on that runs its real firmware, emulated, and waits for its serial port. The file is checked,
 * and gets the board's configuration, as when a board is flashed with it.
 * @throws UserError when the file is damaged or for another board, the emulator is not installed, or the
 * firmware does not come up
 */
export async function emulate(request: EmulationRequest): Promise<Emulation> {
    const { file, cwd, board, seed, world, notify, signal } = request
    if (board.archId !== ARCHITECTURE)
        throw new UserError(
            "E_FLAG_CONFLICT",
            `--emulator runs the firmware of boards with an RP2040 and no radio, as pico; ${board.id} has ${board.archId}. Name another board with --board.`,
        )
    const emulator = loadEmulator()
    const { target, offset: origin } = board.firmware.image
    const bytes = readBytes(resolve(cwd, file), file)
    const firmware = await prepareFirmware(bytes, { name: file, board, erase: false })
    // As the chip's boot ROM takes it.
    const pages = readUf2(firmware.file, file, target)
    const flash = flashOf(pages, { origin, flashBytes: board.flashBytes })
    const wires = world?.wires && tellingWires(world.wires, world, notify)
    const emulated = new EmulatedBoard(emulator, {
        ...{ flash, heapBytes: board.heapBytes, seed, onNotice: notify },
        ...(wires && { wires }),
    })
    emulated.powerOn()
    const close = () => emulated.powerOff()
    try {
        while (
            !emulated.isMounted &&
            !emulated.hasFailed &&
            emulated.nowMs < MOUNT_MS &&
            !signal?.aborted
        )
            await sleep(LOOK_MS, signal)
        signal?.throwIfAborted()
        if (!emulated.isMounted)
            throw new UserError(
                "E_NO_ANSWER",
                `${file} does not come up on an emulated ${board.id}: ${emulated.hasFailed ? "it fails" : `it has no serial port after ${MOUNT_MS / 1000} s`}. Is it DeviceScript's firmware for this board?`,
            )
    } catch (error) {
        close()
        throw error
    }
    return { board: emulated, port: new BoardPort(emulated, `emulator ${basename(file)}`), close }
}

/** The same, telling of each device when it first answers that it is made up. */
function tellingWires(wires: Wires, world: World, notify: (text: string) => void): Wires {
    const { i2c } = wires
    const told = new Set<number>()
    const answers = (address: number) => {
        const isThere = i2c.answers(address)
        if (!isThere || told.has(address)) return isThere
        told.add(address)
        const device = world.report().addresses?.find(one => one.address === address)?.device
        notify(`at I2C 0x${address.toString(16)} answers a simulated ${device ?? "device"}`)
        return true
    }
    const write: WiredBus["write"] = (...how) => i2c.write(...how)
    const read: WiredBus["read"] = (...how) => i2c.read(...how)
    return { ...wires, i2c: { answers, write, read, hasNoPins: () => i2c.hasNoPins() } }
}

/**
 * Puts a program on an emulated board, over its wire as on any board.
 * @param onVerified called when the board has it, before it starts
 * @throws UserError when the board does not take it
 */
export async function putProgram(
    link: BoardLink,
    board: Board,
    program: Program,
    { signal, onVerified }: { signal?: AbortSignal; onVerified?: () => void } = {},
): Promise<Deployment> {
    checkProgramRoom(program, board)
    const bus = await openBus(link)
    try {
        await deploySettings(bus, program.settings)
        return await deploy(bus, program.bytecode, {
            ...(signal && { signal }),
            ...(onVerified && { onVerified }),
        })
    } finally {
        await bus.close()
    }
}
