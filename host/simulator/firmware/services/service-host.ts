import type { ChipFeatures } from "../../../boards/architectures"
import type { Clock } from "../../clock"
import type { Door } from "../../door"
import { SERVICE_KINDS, whyNot } from "./catalogue"
import { GET, NO_PIN, type BoardService, type ServiceBoard, type ServicePacket } from "./service"

/** The VM's own functions for services. */
export interface ServiceFunctions {
    malloc(size: number): number
    free(address: number): void
    dcfg_get_pin(key: number): number
    dcfg_get_i32(key: number, otherwise: number): number
    dcfg_get_string(key: number, size: number): number
    dcfg_set_user_config(configuration: number): number
    jd_allocate_service(descriptor: number): number
    jd_send(service: number, command: number, data: number, size: number): number
    jd_send_event_ext(state: number, code: number, data: number, size: number): void
    jd_send_not_implemented(packet: number): void
}

/** Offsets in a service's descriptor (`srv_vt_t` of jacdac-c), its state and a packet, in bytes. */
const DESCRIPTOR = { serviceClass: 0, stateSize: 4, process: 8, handle: 12, bytes: 16 } as const
const STATE = { descriptor: 0, index: 4, configured: 8, own: 12 } as const
const PACKET = { size: 12, command: 14, data: 16 } as const

/** Words of state that any of the services needs at most. */
const WORDS = 16
/** A program's own services stand in the configuration from here on. */
const FIRST_OF_PROGRAM = 0x40
const MCU_TEMPERATURE = 0x182

/**
 * The services that the firmware starts from its configuration, at the pins that this names
 * (`jd_srvcfg.c` of jacdac-c). The hosted VM has none of them in it: they are started here, as services
 * of the same device, and the VM does the rest, from their announcement to their events.
 */
export class ServiceHost {
    private readonly running = new Map<number, BoardService>()
    /** The VM's own service for the board itself, whose functions ours are called through. */
    control = 0

    /**
     * @param configuration that of the program which is about to be written, for the first start: later
     * the VM finds it in its flash
     */
    constructor(
        private readonly vm: ServiceFunctions,
        private readonly bytes: Uint8Array,
        private readonly door: Door,
        private readonly clock: Clock,
        private readonly features: ChipFeatures,
        private readonly log: (text: string) => void,
    ) {}

    /** The VM has made one of its own services: the first is that for the board itself. */
    allocated(state: number): void {
        if (this.control === 0) this.control = state
    }

    /** The VM begins anew. */
    reset(): void {
        this.running.clear()
        this.control = 0
    }

    /** Another memory was put in place of the VM's: all else that is ours stands in it. */
    restore(control: number): void {
        this.reset()
        this.control = control
    }

    /** Starts all that the configuration names: the board's, then the program's. */
    run(program: Uint8Array | undefined): void {
        if (program) this.configure(program)
        for (let index = 0; ; index++) {
            const name = this.text(index, "service")
            if (name !== undefined) this.startOne(name, index)
            else if (index >= FIRST_OF_PROGRAM) break
            else index = FIRST_OF_PROGRAM - 1
        }
    }

    /** @returns whether the service is one of ours, and has been called */
    process(state: number): boolean {
        const service = this.at(state)
        service?.process()
        return service !== undefined
    }

    /** @returns whether the service is one of ours, or what the board itself was asked is answered here */
    handle(state: number, packet: number): boolean {
        const service = this.at(state)
        const size = this.bytes[packet + PACKET.size]!
        const command = this.half(packet + PACKET.command)
        if (!service) {
            if (command !== (GET | MCU_TEMPERATURE) || !this.features.temperature) return false
            const degrees = Math.round(this.door.pins.temperature())
            this.send(0, command, new Uint8Array([degrees & 0xff, degrees < 0 ? 0xff : 0, 0, 0]))
            return true
        }
        const data = this.bytes.slice(packet + PACKET.data, packet + PACKET.data + size)
        service.handle({ command, data, address: packet })
        return true
    }

    /** Address of the name that the configuration gives a service, or 0. */
    instanceName(state: number): number {
        if (this.at(state) === undefined) return 0
        return this.withKey(this.word(state + STATE.configured), "name", key =>
            this.vm.dcfg_get_string(key, 0),
        )
    }

    /** The variant that the configuration gives a service, or -1. */
    variant(state: number): number {
        if (this.at(state) === undefined) return -1
        return this.withKey(this.word(state + STATE.configured), "variant", key =>
            this.vm.dcfg_get_i32(key, -1),
        )
    }

    private configure(program: Uint8Array): void {
        const address = this.vm.malloc(program.length)
        this.bytes.set(program, address)
        this.vm.dcfg_set_user_config(address)
    }

    private startOne(name: string, index: number): void {
        const kind = SERVICE_KINDS[name]
        const refused = kind && whyNot(kind, this.features, name, this.pin(index, "pin"))
        if (!kind || refused !== undefined)
            return this.log(`! ${refused ?? `service ${name}:${index} not found`}`)
        this.log(`initialize ${name} @ ${index}`)
        const { vm } = this
        const descriptor = vm.malloc(DESCRIPTOR.bytes)
        const control = this.word(this.control + STATE.descriptor)
        this.setWord(descriptor + DESCRIPTOR.serviceClass, kind.serviceClass)
        this.setWord(descriptor + DESCRIPTOR.stateSize, STATE.own + 4 * WORDS)
        this.setWord(descriptor + DESCRIPTOR.process, this.word(control + DESCRIPTOR.process))
        this.setWord(descriptor + DESCRIPTOR.handle, this.word(control + DESCRIPTOR.handle))
        const state = vm.jd_allocate_service(descriptor)
        this.bytes.fill(0, state + STATE.own, state + STATE.own + 4 * WORDS)
        this.setWord(state + STATE.configured, index)
        this.at(state)!.start()
    }

    /**
     * Our service whose state is there; undefined for the VM's own. After a copy of the memory was put
     * back they are made anew from it.
     */
    private at(state: number): BoardService | undefined {
        if (state === this.control) return undefined
        const known = this.running.get(state)
        if (known) return known
        const descriptor = this.word(state + STATE.descriptor)
        if (!this.isOurs(descriptor)) return undefined
        const serviceClass = this.word(descriptor + DESCRIPTOR.serviceClass)
        const kind = Object.values(SERVICE_KINDS).find(kind => kind.serviceClass === serviceClass)
        if (!kind) return undefined
        const service = new kind.make(this.boardFor(state))
        this.running.set(state, service)
        return service
    }

    /** All of ours are called through the functions of the VM's own first one. */
    private isOurs(descriptor: number): boolean {
        const control = this.word(this.control + STATE.descriptor)
        const calledWith = (at: number) => this.word(at + DESCRIPTOR.process)
        return calledWith(descriptor) === calledWith(control)
    }

    private boardFor(state: number): ServiceBoard {
        const index = this.word(state + STATE.configured)
        const number = (key: string, otherwise: number) =>
            this.withKey(index, key, at => this.vm.dcfg_get_i32(at, otherwise))
        return {
            pins: this.door.pins,
            now: () => this.clock.nowUs | 0,
            config: {
                pin: key => this.pin(index, key),
                number,
                flag: key => number(key, 0) !== 0,
            },
            state: new Int32Array(this.bytes.buffer, state + STATE.own, WORDS),
            send: (command, data) => this.send(this.bytes[state + STATE.index]!, command, data),
            event: (code, data) =>
                this.withBytes(data, address =>
                    this.vm.jd_send_event_ext(state, code, address, data?.length ?? 0),
                ),
            raw: frame => this.door.jacdac.sent(frame.slice()),
            refuse: (packet: ServicePacket) => this.vm.jd_send_not_implemented(packet.address),
        }
    }

    private send(service: number, command: number, data: Uint8Array): void {
        this.withBytes(data, address => this.vm.jd_send(service, command, address, data.length))
    }

    private pin(index: number, key: string): number {
        return this.withKey(index, key, at => this.vm.dcfg_get_pin(at)) & NO_PIN
    }

    private text(index: number, key: string): string | undefined {
        const address = this.withKey(index, key, at => this.vm.dcfg_get_string(at, 0))
        if (address === 0) return undefined
        const end = this.bytes.indexOf(0, address)
        return String.fromCharCode(...this.bytes.subarray(address, end))
    }

    private withKey<T>(index: number, key: string, use: (address: number) => T): T {
        const text = Uint8Array.from(`${String.fromCharCode(0x80 + index)}${key}\0`, character =>
            character.charCodeAt(0),
        )
        return this.withBytes(text, use)
    }

    private withBytes<T>(data: Uint8Array | undefined, use: (address: number) => T): T {
        if (!data) return use(0)
        const address = this.vm.malloc(data.length)
        this.bytes.set(data, address)
        const result = use(address)
        this.vm.free(address)
        return result
    }

    private word(address: number): number {
        return this.half(address) + this.half(address + 2) * 0x10000
    }

    private half(address: number): number {
        return this.bytes[address]! | (this.bytes[address + 1]! << 8)
    }

    private setWord(address: number, value: number): void {
        for (let i = 0; i < 4; i++) this.bytes[address + i] = value >>> (8 * i)
    }
}
