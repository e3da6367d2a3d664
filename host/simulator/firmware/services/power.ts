import { FRAME_FLAG } from "../../../wire/jacdac-frame"
import { packetFrame } from "../../../wire/jacdac-packet"
import { BoardService, NO_PIN, encode, isLater, type Register, type ServicePacket } from "./service"

const STATUS_CHANGED = 0x03
const SHUTDOWN = 0x80
const SET_MAX_POWER = 0x2007
const REGISTER = { allowed: 0x01, pulseMs: 0x80, periodMs: 0x81 }
/** Of the register `power_status`. */
const STATUS = { disallowed: 0, powering: 1, overload: 2, overprovision: 3 }
const SLOT = {
    ...{ allowed: 0, status: 1, maxPower: 2, pulseMs: 3, periodMs: 4 },
    ...{ lastStatus: 5, watchdog: 6, nextShutdown: 7, lastPulse: 8, switchAt: 9 },
    ...{ readyAt: 10, enableAt: 11, nextWatchdog: 12, nextLed: 13, ledOffAt: 14 },
} as const
const REGISTERS: readonly Register[] = [
    { code: REGISTER.allowed, type: "u8", slot: SLOT.allowed },
    { code: 0x181, type: "u8", slot: SLOT.status },
    { code: 0x07, type: "u16", slot: SLOT.maxPower },
    { code: REGISTER.pulseMs, type: "u16", slot: SLOT.pulseMs },
    { code: REGISTER.periodMs, type: "u32", slot: SLOT.periodMs },
]
/** How its enable pin works, by the setting `mode`. */
const MODE = { activeLow: 0, withLimiter: 2, pulsed: 3 }
const MILLISECOND = 1024
const MAX_POWER = 900
const PULSE = { ms: 600, periodMs: 20_000, longestMs: 1000 }
const WATCHDOG_US = 9_500
const LED = { periodUs: 2 << 20, us: 50 << 10 }
const OVERLOAD_US = 2_000_000
/** Tells all others on the bus that power it to stop: a command for every service of its class. */
const SHUTDOWN_FRAME = packetFrame(
    0xaaaaaaaa_1fa4c95an,
    FRAME_FLAG.command | FRAME_FLAG.broadcast,
    { service: 0x3d, command: SHUTDOWN, data: new Uint8Array(0) },
)

/**
 * `power.c`: a switch with a limiter that powers the bus, and a resistor that keeps a battery pack on. The
 * firmware strays from its times by chance, so that two of them do not take turns; here they are kept.
 */
export class PowerService extends BoardService {
    private readonly fault = this.board.config.pin("pinFault")
    private readonly enable = this.board.config.pin("pinEn")
    private readonly pulse = this.board.config.pin("pinPulse")
    private readonly led = this.board.config.pin("pinLedPulse")
    private readonly supply = this.board.config.pin("pinUsbDetect")
    private readonly mode = this.board.config.number("mode", MODE.activeLow)
    private readonly ignoreMs = this.board.config.number("faultIgnoreMs", 16) || 16

    override start(): void {
        const { pins, now } = this.board
        if (this.fault !== NO_PIN) pins.wired("power limiter", [this.fault], 1)
        if (this.supply !== NO_PIN) pins.wired("power supply", [this.supply], 1)
        this.release(this.fault, "input", this.mode === MODE.pulsed ? "none" : "up")
        this.drive(this.pulse, 1)
        this.set(SLOT.status, STATUS.powering)
        this.setLimiter()
        this.set(SLOT.nextShutdown, (now() + 256 * MILLISECOND) | 0)
        this.set(SLOT.allowed, 1)
        this.set(SLOT.maxPower, MAX_POWER)
        if (this.pulse === NO_PIN) return
        this.set(SLOT.pulseMs, PULSE.ms)
        this.set(SLOT.periodMs, PULSE.periodMs)
        this.set(SLOT.lastPulse, (now() - PULSE.ms * 1000) | 0)
    }

    override process(): void {
        this.lookAtSupply()
        this.showPower()
        this.feedWatchdog()
        this.keepBatteryOn()
        if (this.mode === MODE.pulsed && this.is(STATUS.overload) && !this.hasFault())
            this.set(SLOT.status, STATUS.powering)
        if (this.isSettled()) this.tell()
    }

    override handle(packet: ServicePacket): void {
        const { board } = this
        if (packet.command === SET_MAX_POWER) return
        if (packet.command === SHUTDOWN) return this.giveWay()
        const code = packet.command & 0xfff
        const isPulse = code === REGISTER.pulseMs || code === REGISTER.periodMs
        const used = isPulse && this.pulse === NO_PIN ? 0 : this.useRegister(packet, REGISTERS)
        if (used === REGISTER.allowed)
            this.set(SLOT.status, this.get(SLOT.allowed) ? STATUS.powering : STATUS.disallowed)
        else if (used === REGISTER.pulseMs || used === REGISTER.periodMs) this.limitPulses()
        else if (used === 0) board.refuse(packet)
    }

    /** A port that another one of the bus has come to power. */
    private giveWay(): void {
        const { now } = this.board
        const isOn = this.is(STATUS.powering) || this.is(STATUS.overload)
        if (isOn && this.get(SLOT.readyAt) === 0) {
            this.set(SLOT.status, STATUS.overprovision)
            this.set(SLOT.switchAt, (now() + 8 * 1024 * MILLISECOND) | 0)
        }
        this.set(SLOT.enableAt, (now() + 1280 * MILLISECOND) | 0)
    }

    private lookAtSupply(): void {
        const hasSupply = this.supply === NO_PIN || this.input(this.supply) !== 0
        if (!hasSupply && this.is(STATUS.powering)) this.set(SLOT.status, STATUS.disallowed)
        else if (hasSupply && this.get(SLOT.allowed) && this.is(STATUS.disallowed))
            this.set(SLOT.status, STATUS.powering)
    }

    private showPower(): void {
        const { now } = this.board
        if (this.isTime(SLOT.nextLed, LED.periodUs)) {
            this.set(SLOT.ledOffAt, (now() + LED.us) | 0)
            if (this.is(STATUS.powering)) this.drive(this.led, 0)
        }
        if (isLater(this.get(SLOT.ledOffAt), now())) return
        this.release(this.led, "analog")
        this.set(SLOT.ledOffAt, (now() + 1024 * LED.us) | 0)
    }

    private feedWatchdog(): void {
        if (this.mode !== MODE.pulsed || !this.isTime(SLOT.nextWatchdog, WATCHDOG_US)) return
        const isFed = this.is(STATUS.overload) || this.is(STATUS.powering)
        this.drive(this.enable, isFed ? this.get(SLOT.watchdog) : 0)
        if (isFed) this.set(SLOT.watchdog, 1 - this.get(SLOT.watchdog))
    }

    private keepBatteryOn(): void {
        const { now } = this.board
        const [pulseMs, periodMs] = [this.get(SLOT.pulseMs), this.get(SLOT.periodMs)]
        if (!pulseMs || !periodMs) return
        let sinceUs = (now() - this.get(SLOT.lastPulse)) >>> 0
        if (sinceUs > periodMs * 1000) {
            sinceUs = 0
            this.set(SLOT.lastPulse, now())
        }
        this.drive(this.pulse, sinceUs < pulseMs * 1000 ? 1 : 0)
    }

    /** It warms the resistor: a tenth of the time, and never for more than a second. */
    private limitPulses(): void {
        if (!this.get(SLOT.pulseMs) || !this.get(SLOT.periodMs)) return
        this.set(SLOT.pulseMs, Math.min(this.get(SLOT.pulseMs), PULSE.longestMs))
        this.set(SLOT.periodMs, Math.max(this.get(SLOT.periodMs), 10 * this.get(SLOT.pulseMs)))
    }

    /** Switches as its status says. @returns whether that is done, and not under way */
    private isSettled(): boolean {
        const { now } = this.board
        const wasPowering = this.get(SLOT.lastStatus) === STATUS.powering
        if (!this.is(STATUS.powering)) {
            if (this.get(SLOT.lastStatus) !== this.get(SLOT.status)) this.setLimiter()
        } else if (wasPowering) {
            if (this.hasFault()) {
                this.set(SLOT.status, STATUS.overload)
                this.set(SLOT.enableAt, (now() + OVERLOAD_US) | 0)
                this.setLimiter()
            }
        } else if (this.get(SLOT.readyAt) === 0) {
            this.setLimiter()
            this.set(SLOT.readyAt, (now() + this.ignoreMs * MILLISECOND) | 0 || 1)
            return false
        } else if (isLater(this.get(SLOT.readyAt), now())) return false
        this.set(SLOT.readyAt, 0)
        return true
    }

    private tell(): void {
        const { board } = this
        const { now } = board
        const status = this.get(SLOT.status)
        if (this.get(SLOT.lastStatus) !== status) {
            this.set(SLOT.lastStatus, status)
            board.event(STATUS_CHANGED, encode("u8", status))
        }
        if (!isLater(this.get(SLOT.nextShutdown), now())) {
            this.set(SLOT.nextShutdown, (now() + 512 * MILLISECOND) | 0)
            if (status === STATUS.overload || status === STATUS.powering) board.raw(SHUTDOWN_FRAME)
            return
        }
        if (!this.get(SLOT.allowed)) return
        const isDue = (slot: number) => !isLater(this.get(slot), now())
        const isTurn = status === STATUS.overprovision && isDue(SLOT.switchAt)
        if (!isTurn && (status === STATUS.powering || !isDue(SLOT.enableAt))) return
        this.set(SLOT.enableAt, (now() + 128 * 1024 * MILLISECOND) | 0)
        this.set(SLOT.status, STATUS.powering)
        this.set(SLOT.nextShutdown, now())
    }

    private setLimiter(): void {
        const isOn = this.is(STATUS.powering)
        if (this.mode === MODE.pulsed) return
        if (this.mode !== MODE.withLimiter)
            return this.drive(
                this.enable,
                this.mode === MODE.activeLow ? Number(!isOn) : Number(isOn),
            )
        this.drive(this.enable, Number(!isOn))
        if (!isOn) return
        this.drive(this.fault, 1)
        this.release(this.fault, "input", "up")
    }

    private hasFault(): boolean {
        return this.fault !== NO_PIN && this.board.pins.level(this.fault) === 0
    }

    private input(pin: number): number {
        this.release(pin, "input")
        return this.board.pins.level(pin)
    }

    private is(status: number): boolean {
        return this.get(SLOT.status) === status
    }
}
