import type { Clock } from "./clock"
import type { ChipFeatures } from "../boards/architectures"
import { firmwareFunctions, HARDWARE_FUNCTIONS } from "./firmware/functions"
import { programConfiguration } from "../boards/program-configuration"
import { programInFlash } from "./firmware/program-in-flash"
import { isAtPins, isOwnService } from "./firmware/services/catalogue"
import { ServiceHost, type ServiceFunctions } from "./firmware/services/service-host"
import { VmValues, type FirmwareState, type ValueFunctions } from "./firmware/vm-values"
import { JD_ROLE } from "../model/heap/layout"
import { HARDWARE_MODULE, HOOK_MODULE } from "./hook-module"
import { CELLS, EPOCH_US, isCounting, NOW, OWN_SERVICE } from "./work-cells"
import { WorkCounter, type WorkState } from "./work-counter"
import { CLOUD_FORMS, SOCKET_EVENTS, type Arrival, type BoardRole, type Door } from "./door"

/** What the instrumented VM tells while it runs. Called from inside the VM: do not call back into it. */
export interface MachineHooks {
    /** A request of `size` bytes, header included; `address` is that of its block, 0 when it failed. */
    allocated(gc: number, tag: number, size: number, address: number): void
    /** A block is about to be freed by hand; `data` is the address after its header, or 0. */
    freeing(gc: number, data: number): void
    collected(gc: number): void
    /** A closure is about to be made in the call that has its frame at this address. */
    closureMade(frame: number): void
    /** `push` is about to be done, with its list and what is to be put there on the stack; `pushRange` is with `isRange`. */
    pushing(ctx: number, isRange: boolean): void
    created(gc: number): void
    destroying(gc: number): void
    panicking(ctx: number, code: number): void
    /** A line of the log; `fromProgram` when the program printed it, not the runtime. */
    log(text: string, fromProgram: boolean): void
}

/** The VM stopped in the middle of what it did: nothing more can be run on it until `reset`. */
export class VmStoppedError extends Error {
    override name = "VmStoppedError"

    /** @param why it asked for a reset of the board, or an assertion of the firmware failed */
    constructor(readonly why: "reset" | "fault") {
        super(why === "reset" ? "the VM reset the board" : "the firmware failed")
    }
}

interface VmExports extends ValueFunctions, ServiceFunctions {
    memory: WebAssembly.Memory
    __wasm_call_ctors(): void
    emscripten_stack_init(): void
    emscripten_stack_get_base(): number
    stackRestore(address: number): void
    jd_em_init(): void
    jd_em_process(): number
    jd_em_set_device_id_2x_i32(high: number, low: number): void
    jd_em_frame_received(address: number): number
    jd_em_tcpsock_on_event(event: number, data: number, size: number): void
    jd_em_devs_deploy(address: number, size: number): number
    jd_em_devs_verify(address: number, size: number): number
    /** Bytecode instructions executed since power-on. */
    instructions: WebAssembly.Global<"i64">
    /** Of an instrumented VM alone. */
    [OWN_SERVICE]?: WebAssembly.Global<"i32">
    collect(gc: number): void
    dump_heap(ctx: number, offset: number, count: number): number
    from_cloud(form: number, data: number, size: number): void
    set_setting(name: number, value: number, size: number): number
}

/** Flash the VM keeps settings and the program in: the official host's default. */
const FLASH_BYTES = 128 * 1024
/**
 * How long the board takes to boot: what the official host waits. It must not be 0: a fiber that is to
 * wake at time 0 never wakes (`wake_time` 0 means never in the VM's `fibers.c`).
 */
const BOOT_US = 10_000
const DEVICE_ID = [0x68656170, 0x73636f70] as const
/**
 * Address of the state of `Math.random` (`seed` in the VM's `jd_util.c`). Boards set it from what is
 * random in their hardware; the official simulator leaves it, so that every run draws the same.
 */
const RANDOM_STATE = 35008

/**
 * Address of the word that says how far the VM has taken memory (`sbrk_val` in its C library): from the end
 * of its stack on, where that grows.
 */
const MEMORY_END = 30692

/** Offsets in a known device and in one of its services (`jd_device_t`, `jd_device_service_t`), in bytes. */
const DEVICE = { id: 8, services: 36, serviceBytes: 12, serviceIndex: 4 } as const

/**
 * The configuration the VM is built with, and the word that says where it is: set at start, and read at
 * each look at a setting (`jd_dcfg_array` in the VM's `wasm_cfg.c`, `configs[1]` in its `jd_dcfg.c`).
 */
const CONFIGURATION = { builtIn: 14192, pointer: 33820 } as const

/** What the names of a program's settings begin with in the flash. */
const SETTING = ":"

/** What a board keeps without power: the settings and the program. Empty when it is new. */
export interface Flash {
    bytes: Uint8Array
}

/** A machine between two steps, as data. */
export interface MachineState {
    /** Virtual microseconds since power-on. */
    nowUs: number
    /** The VM's memory up to the last byte that is not zero. */
    memory: Uint8Array
    flash: Uint8Array
    /** Bytecode instructions executed since power-on. */
    instructions: bigint
    work: WorkState
    firmware: FirmwareState
    /** Address of the VM's own service for the board itself. */
    control: number
    /** Settings that the program asked for and nobody had given it. */
    missing: string[]
}

/** What a board is made of beside the VM. */
export interface MachineOptions {
    /** What outlives it. Default: a new, empty one. */
    flash?: Flash
    /** Its configuration (`DCFG`). Default: the VM's own, a board without pins called `wasm`. */
    configuration?: Uint8Array
    /** What its chip's firmware offers. Default: nothing, as on the hosted VM. */
    features?: ChipFeatures
    /**
     * Resets when a program of other hardware is to start, as a board's firmware does. Default: it goes on
     * and logs that it would, as the hosted VM does.
     */
    resetsForHardware?: boolean
}

/** What the hosted VM logs where a board resets (`devsmgr_sync_dcfg` in its `devsmgr.c`). */
const WOULD_RESET = "mgr: would restart due to DCFG"

/** Of each VM that a board of it was started anew: its memory before the first instruction. Nobody writes to it. */
const initialMemories = new WeakMap<WebAssembly.Module, Uint8Array>()

/**
 * One VM with its own memory. It sees nothing of the host: its time is the clock's, its flash is what
 * it is given, and all else comes through its door.
 */
export class Machine {
    readonly words: Uint32Array
    readonly bytes: Uint8Array
    private readonly view: DataView
    private readonly vm: VmExports
    private readonly flash: Flash
    private readonly values: VmValues
    /** What its program has cost in time. */
    readonly work: WorkCounter
    /** The services its configuration names; a board without pins has none. */
    private readonly services: ServiceHost | undefined
    /** Settings that the program asked for and that are not there. */
    readonly missing = new Set<string>()
    /** Classes of the services that the board has of itself. */
    private readonly offered = new Set<number>()
    /** What the program adds to the configuration. */
    private ofProgram: Uint8Array | undefined
    private printing = false
    private readonly decoder = new TextDecoder()

    constructor(
        private readonly module: WebAssembly.Module,
        private readonly hooks: MachineHooks,
        private readonly door: Door,
        private readonly options: MachineOptions = {},
    ) {
        this.flash = options.flash ?? { bytes: new Uint8Array(0) }
        const { exports } = new WebAssembly.Instance(module, this.imports())
        this.vm = exports as unknown as VmExports
        const counts = isCounting(exports)
        // The module's memory has a fixed size, so these views stay valid.
        const { buffer } = this.vm.memory
        this.bytes = new Uint8Array(buffer, 0, counts ? CELLS : buffer.byteLength)
        this.words = new Uint32Array(buffer, 0, this.bytes.length >>> 2)
        this.view = new DataView(buffer)
        this.work = new WorkCounter(this.vm.memory, exports)
        if (counts) this.clock.standIn(new Float64Array(buffer, NOW, 1))
        this.values = new VmValues(this.vm, this.words, this.bytes)
        const { features } = options
        if (features) {
            const log = (text: string) => hooks.log(text, false)
            const { bytes, vm, clock } = this
            this.services = new ServiceHost(vm, bytes, door, clock, features, log)
        }
        this.vm.emscripten_stack_init()
    }

    /** Its time. Let it pass between calls of `process`. */
    get clock(): Clock {
        return this.door.arrivals.clock
    }

    /** Starts the VM. The hooks are called from here on. */
    powerOn(): void {
        this.vm.__wasm_call_ctors()
        this.door.random.fill(this.bytes.subarray(RANDOM_STATE, RANDOM_STATE + 4))
        this.vm.jd_em_set_device_id_2x_i32(...DEVICE_ID)
        this.vm.jd_em_init()
        this.clock.nowUs += BOOT_US
    }

    /** All that its future hangs on, beside what comes through its door. To be called between two steps. */
    save(): MachineState {
        return {
            nowUs: this.clock.nowUs,
            memory: this.bytes.slice(0, this.usedMemory()),
            flash: this.flash.bytes.slice(),
            instructions: this.vm.instructions.value,
            work: this.work.save(),
            firmware: structuredClone(this.values.state),
            control: this.services?.control ?? 0,
            missing: [...this.missing],
        }
    }

    /** Makes it what a machine of the same options was, in place of switching it on. */
    restore({
        nowUs,
        memory,
        flash,
        instructions,
        work,
        firmware,
        control,
        missing,
    }: MachineState): void {
        this.bytes.fill(0)
        this.bytes.set(memory)
        this.printing = false
        // It may have been stopped in the middle of what it did.
        this.vm.stackRestore(this.vm.emscripten_stack_get_base())
        this.flash.bytes = flash.slice()
        this.holdsProgram()
        this.vm.instructions.value = instructions
        this.work.restore(work)
        this.values.state = structuredClone(firmware)
        this.services?.restore(control)
        this.ownService = control
        this.missing.clear()
        for (const name of missing) this.missing.add(name)
        this.clock.nowUs = nowUs
    }

    /** Address of the first service that the VM has made, for the board itself, which is never one of ours. */
    private get ownService(): number {
        return this.vm[OWN_SERVICE]?.value ?? 0
    }

    private set ownService(state: number) {
        const own = this.vm[OWN_SERVICE]
        if (own) own.value = state
    }

    private configure(configuration: Uint8Array): void {
        const pointer = CONFIGURATION.pointer >>> 2
        if (this.words[pointer] !== CONFIGURATION.builtIn)
            throw new Error("the VM's configuration is not where release 2.16.4 has it")
        const address = this.vm.malloc(configuration.length)
        this.bytes.set(configuration, address)
        this.words[pointer] = address
    }

    /** As the reset line does it: everything but the flash and the time begins anew. */
    reset(): void {
        const program = programInFlash(this.flash.bytes)
        this.ofProgram = program && programConfiguration(program)
        this.restart()
    }

    /** A program may run from now on. */
    private holdsProgram(): void {
        const { bytes } = this.flash
        this.work.holds((programInFlash(bytes) ?? bytes).length)
    }

    private restart(): void {
        this.bytes.fill(0, 0, this.writtenEnd())
        this.bytes.set(this.initialMemory())
        this.printing = false
        this.values.state.heaps++
        this.services?.reset()
        this.ownService = 0
        this.offered.clear()
        // An instance that threw in the middle of a call has its stack pointer still there.
        this.vm.emscripten_stack_init()
        this.vm.stackRestore(this.vm.emscripten_stack_get_base())
        this.powerOn()
    }

    /**
     * Starts the board anew with the services that a program's configuration names, as firmware does when
     * it is given such a program. No time passes.
     */
    startServices(program: Uint8Array): void {
        if (!this.services) return
        this.ofProgram = program
        const { nowUs } = this.clock
        this.clock.nowUs -= BOOT_US
        this.restart()
        this.clock.nowUs = nowUs
    }

    /**
     * Lets the VM do all that is due by now.
     * @returns microseconds until it wants to be called again, 10,000 at most
     */
    process(): number {
        this.values.doDue(this.clock.nowUs)
        return this.vm.jd_em_process()
    }

    /** Writes a program into the VM's flash; it starts at the next `process`. @returns 0 when accepted */
    deploy(bytecode: Uint8Array): number {
        return this.withCopy(bytecode, address =>
            this.vm.jd_em_devs_deploy(address, bytecode.length),
        )
    }

    /** Writes a setting into the VM's flash, where a program's `readSetting` finds it. @returns 0 when kept */
    setSetting(name: string, value: Uint8Array): number {
        // As the board's own settings service names them.
        const key = new TextEncoder().encode(`${SETTING}${name}\0`)
        return this.withCopy(key, nameAddress =>
            this.withCopy(value, address =>
                this.vm.set_setting(nameAddress, address, value.length),
            ),
        )
    }

    /** Runs the VM's own bytecode verifier. @returns 0 when the program is sound */
    verify(bytecode: Uint8Array): number {
        return this.withCopy(bytecode, address =>
            this.vm.jd_em_devs_verify(address, bytecode.length),
        )
    }

    /** Hands the board what has come to it. */
    receive(arrival: Arrival): void {
        if (arrival.kind === "frame")
            this.withCopy(arrival.frame, address => this.vm.jd_em_frame_received(address))
        else if (arrival.kind === "cloud") {
            const { form, data } = arrival
            this.withCopy(data, address =>
                this.vm.from_cloud(CLOUD_FORMS[form], address, data.length),
            )
        } else
            this.withCopy(arrival.data, address =>
                this.vm.jd_em_tcpsock_on_event(
                    SOCKET_EVENTS[arrival.event],
                    arrival.data.length === 0 ? 0 : address,
                    arrival.data.length,
                ),
            )
    }

    /** Bytecode instructions executed since power-on. */
    get instructions(): number {
        return Number(this.vm.instructions.value)
    }

    /** Bytes of the memory that were ever written to: the rest, most of 2 MiB, is still zero. */
    usedMemory(): number {
        return usedBytes(this.bytes)
    }

    /** Forces a collection. It changes the board: for tests of our own marking. */
    collect(gc: number): void {
        this.vm.collect(gc)
    }

    /** Has the VM log its own `stats:` line. */
    dumpHeap(ctx: number): void {
        this.vm.dump_heap(ctx, -1, 0)
    }

    /** Made at the first call: the VM's own functions, which these call, are not there before. */
    private hardware(): WebAssembly.ModuleImports {
        let made: ReturnType<typeof firmwareFunctions> | undefined
        const functions = () =>
            (made ??= firmwareFunctions(this.values, this.door, this.clock, this.options.features))
        const names = Object.keys(HARDWARE_FUNCTIONS) as (keyof typeof HARDWARE_FUNCTIONS)[]
        // Of as many parameters as the VM passes, as the hooks are.
        const calling = (name: (typeof names)[number]) =>
            HARDWARE_FUNCTIONS[name] === 1
                ? (ctx: number) => functions()[name](ctx)
                : (result: number, ctx: number, self: number) =>
                      functions()[name](result, ctx, self)
        const services = () => this.services
        return {
            ...Object.fromEntries(names.map(name => [name, calling(name)])),
            wssk_is_connected: () => Number(this.door.cloud.isConnected()),
            wssk_send_message: (form: number, topic: number, data: number, size: number) => {
                this.door.cloud.upload(
                    this.text(topic),
                    form === CLOUD_FORMS.json ? "json" : "binary",
                    this.bytes.slice(data, data + size),
                )
                return 0
            },
            // The VM has looked at its own configuration by then, and at no pin of it.
            jd_srvcfg_run: () => {
                if (this.options.configuration) this.configure(this.options.configuration)
                services()?.run(this.ofProgram)
            },
            jd_srvcfg_instance_name: (state: number) => services()?.instanceName(state) ?? 0,
            jd_srvcfg_variant: (state: number) => services()?.variant(state) ?? -1,
            jd_ctrl_process: (state: number) => Number(services()?.process(state) ?? false),
            jd_ctrl_handle_packet: (state: number, packet: number) =>
                Number(services()?.handle(state, packet) ?? false),
        }
    }

    private initialMemory(): Uint8Array {
        const known = initialMemories.get(this.module)
        if (known) return known
        const { exports } = new WebAssembly.Instance(this.module, this.imports())
        const vm = exports as unknown as VmExports
        vm.emscripten_stack_init()
        // What it begins with lies before its stack, and what nobody touches need not be there.
        const bytes = new Uint8Array(vm.memory.buffer, 0, vm.emscripten_stack_get_base())
        const initial = bytes.slice(0, usedBytes(bytes))
        initialMemories.set(this.module, initial)
        return initial
    }

    /**
     * Behind this, the memory is as it was: to clear it whole takes as long as a short run. Of a VM that has
     * run a program nobody knows: that may have gone astray.
     */
    private writtenEnd(): number {
        const { instructions, emscripten_stack_get_base: stackBase } = this.vm
        const end = this.words[MEMORY_END >>> 2]!
        const isKnown = instructions.value === 0n && end >= stackBase() && end <= this.bytes.length
        return isKnown ? end : this.bytes.length
    }

    private withCopy<T>(data: Uint8Array, use: (address: number) => T): T {
        const address = this.vm.malloc(data.length)
        this.bytes.set(data, address)
        try {
            return use(address)
        } finally {
            this.vm.free(address)
        }
    }

    /** A role of the firmware's role manager. */
    private role(address: number): BoardRole {
        const word = (at: number) => this.words[at >>> 2]!
        const service = word(address + JD_ROLE.service)
        const name = this.text(word(address + JD_ROLE.name))
        const serviceClass = word(address + JD_ROLE.serviceClass)
        return {
            name,
            serviceClass,
            isOwn:
                (this.services !== undefined && isOwnService(name, serviceClass)) ||
                (this.offered.has(serviceClass) && !isAtPins(serviceClass)),
            boundTo: service === 0 ? undefined : this.serviceAt(service),
        }
    }

    private serviceAt(address: number): BoardRole["boundTo"] {
        const index = this.bytes[address + DEVICE.serviceIndex]!
        const device = address - DEVICE.services - index * DEVICE.serviceBytes
        return { device: this.view.getBigUint64(device + DEVICE.id, true), service: index }
    }

    /** The text, ended by a zero, at an address of its memory. */
    text(address: number): string {
        const end = this.bytes.indexOf(0, address)
        return this.decoder.decode(this.bytes.subarray(address, end))
    }

    private imports(): WebAssembly.Imports {
        const { hooks, door } = this
        const { clock } = door.arrivals
        const unavailable = () => -1
        const nothing = () => undefined
        const stop = (why: VmStoppedError["why"]) => () => {
            throw new VmStoppedError(why)
        }
        return {
            [HOOK_MODULE]: {
                // Functions of as many parameters as the VM passes: V8 calls those without a detour.
                allocated: (gc: number, tag: number, size: number, address: number) =>
                    hooks.allocated(gc, tag, size, address),
                freeing: (gc: number, data: number) => hooks.freeing(gc, data),
                collected: (gc: number) => hooks.collected(gc),
                created: (gc: number) => hooks.created(gc),
                destroying: (gc: number) => {
                    this.values.state.heaps++
                    hooks.destroying(gc)
                },
                closure_made: (_into: number, _ctx: number, frame: number) =>
                    hooks.closureMade(frame),
                panicking: (ctx: number, code: number) => hooks.panicking(ctx, code),
                pushing: (ctx: number) => hooks.pushing(ctx, false),
                pushing_range: (ctx: number) => hooks.pushing(ctx, true),
                printing: () => void (this.printing = true),
                printed: () => void (this.printing = false),
                service_made: (descriptor: number, state: number) => {
                    this.offered.add(this.words[descriptor >>> 2]!)
                    this.services?.allocated(state)
                    if (this.ownService === 0) this.ownService = state
                },
                setting_read: (name: number, _into: number, _room: number, size: number) => {
                    const key = this.text(name)
                    // The board keeps more than a program's settings, under other names.
                    if (!key.startsWith(SETTING)) return
                    door.settings.asked(key.slice(1))
                    if (size < 0) this.missing.add(key.slice(1))
                },
                role_opened: (_name: number, _class: number, role: number) =>
                    door.jacdac.roleOpened(this.role(role)),
                role_changed: (role: number) => door.jacdac.roleChanged(this.role(role)),
            },
            [HARDWARE_MODULE]: this.hardware(),
            env: {
                abort: stop("fault"),
                exit: stop("reset"),
                // A microsecond passes at every look at the clock, so that code waiting for it ends. An
                // instrumented VM has this in itself.
                em_time_now: () => (EPOCH_US + clock.nowUs++) / 1000,
                em_jd_crypto_get_random: (address: number, size: number) =>
                    this.door.random.fill(this.bytes.subarray(address, address + size)),
                em_print_dmesg: (address: number) => {
                    const line = this.text(address)
                    if (this.options.resetsForHardware && line === WOULD_RESET) stop("reset")()
                    hooks.log(line, this.printing)
                },
                em_send_frame: (address: number) =>
                    door.jacdac.sent(
                        this.bytes.slice(address, address + 12 + this.bytes[address + 2]!),
                    ),
                em_send_large_frame: (address: number, size: number) =>
                    door.jacdac.sent(this.bytes.slice(address, address + size)),
                em_flash_size: () => FLASH_BYTES,
                em_flash_load: (address: number, size: number) => {
                    this.holdsProgram()
                    this.bytes.set(this.flash.bytes.subarray(0, size), address)
                },
                // The VM gives the index of the last byte for a size.
                em_flash_save: (address: number, last: number) => {
                    this.flash.bytes = this.bytes.slice(address, address + last + 1)
                    this.holdsProgram()
                },
                em_deploy_handler: nothing,
                _devs_panic_handler: nothing,
                // A negative port asks for TLS.
                _jd_tcpsock_new: (host: number, port: number) =>
                    door.network.open(this.text(host), Math.abs(port), port < 0),
                _jd_tcpsock_write: (address: number, size: number) =>
                    door.network.write(this.bytes.slice(address, address + size)),
                _jd_tcpsock_close: () => {
                    door.network.close()
                    return 0
                },
                _jd_tcpsock_is_available: () => Number(door.network.available()),
                emscripten_memcpy_big: (to: number, from: number, size: number) =>
                    this.bytes.copyWithin(to, from, from + size),
                emscripten_resize_heap: () => 0,
            },
            wasi_snapshot_preview1: {
                fd_close: unavailable,
                fd_write: unavailable,
                fd_seek: unavailable,
            },
        }
    }
}

function usedBytes({ buffer, byteLength }: Uint8Array): number {
    const words = new Uint32Array(buffer, 0, byteLength >>> 2)
    let end = words.length
    while (end > 0 && words[end - 1] === 0) end--
    return end * 4
}
