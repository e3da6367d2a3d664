import { BoardService, GET, SET, encode, type Register, type ServicePacket } from "./service"

/** Registers, events and states that all sensors have (`_system` of the Jacdac catalogue). */
const REGISTER = { intensity: 0x01, samples: 0x03, interval: 0x04, reading: 0x101, status: 0x103 }
const STATUS_CHANGED = 0x04
const STATUS = { ready: 0, sleeping: 3 }

const SLOT = { samples: 0, interval: 1, isWanted: 2, isInitialized: 3, nextStream: 4 } as const
/** The first word of the state that is a sensor's own. */
export const SENSOR_SLOTS = 5

const REGISTERS: readonly Register[] = [
    { code: REGISTER.samples, type: "u8", slot: SLOT.samples },
    { code: REGISTER.interval, type: "u32", slot: SLOT.interval },
]
const DEFAULT_INTERVAL_MS = 100
const MIN_INTERVAL_MS = 20
const MAX_INTERVAL_MS = 100_000

/** A sensor as jacdac-c's `jd_sensor.c` has it: it begins to measure when somebody asks. */
export abstract class SensorService extends BoardService {
    /** What it reads now, as it stands in a report. */
    protected abstract reading(): Uint8Array

    protected setInterval(ms: number): void {
        this.set(SLOT.interval, ms)
    }

    protected get isInitialized(): boolean {
        return this.get(SLOT.isInitialized) !== 0
    }

    /** Starts it when it is first wanted. @returns whether that was now */
    protected initialize(): boolean {
        if (this.get(SLOT.isWanted) === 0 || this.isInitialized) return false
        this.set(SLOT.isInitialized, 1)
        this.board.event(STATUS_CHANGED, encode("u32", STATUS.ready))
        return true
    }

    override process(): void {
        this.initialize()
        const { board } = this
        if (this.get(SLOT.samples) === 0) return
        if (!this.isTime(SLOT.nextStream, this.get(SLOT.interval) * 1000)) return
        this.set(SLOT.samples, this.get(SLOT.samples) - 1)
        board.send(GET | REGISTER.reading, this.reading())
    }

    override handle(packet: ServicePacket): void {
        const { board } = this
        switch (packet.command) {
            case GET | REGISTER.reading:
                this.set(SLOT.isWanted, 1)
                return board.send(packet.command, this.reading())
            case GET | REGISTER.intensity:
                return board.send(packet.command, encode("u8", this.isInitialized ? 1 : 0))
            case GET | REGISTER.status: {
                const status = this.isInitialized ? STATUS.ready : STATUS.sleeping
                return board.send(packet.command, encode("u32", status))
            }
            case SET | REGISTER.intensity:
                this.set(SLOT.isWanted, packet.data[0] ? 1 : 0)
                if (!packet.data[0]) this.set(SLOT.samples, 0)
                return
        }
        const used = this.useRegister(packet, REGISTERS)
        if (used === REGISTER.samples && this.get(SLOT.samples) !== 0) {
            if (this.get(SLOT.interval) === 0) this.setInterval(DEFAULT_INTERVAL_MS)
            this.set(SLOT.nextStream, board.now())
            this.set(SLOT.isWanted, 1)
        } else if (used === REGISTER.interval) {
            const asked = this.get(SLOT.interval) >>> 0
            this.setInterval(Math.min(Math.max(asked, MIN_INTERVAL_MS), MAX_INTERVAL_MS))
        } else if (used === 0) board.refuse(packet)
    }
}
