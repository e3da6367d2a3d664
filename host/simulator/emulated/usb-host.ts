import type { RP2040 } from "rp2040js"

type UsbController = RP2040["usbCtrl"]

/** Descriptors and requests of USB 2.0 (chapter 9) and of its serial ports (CDC 1.2, PSTN 1.2). */
const DESCRIPTOR = { device: 1, configuration: 2, interface: 4, endpoint: 5 } as const
const CLASS = { communication: 2, data: 10 } as const
const BULK = 2
const REQUEST = {
    setAddress: 5,
    getDescriptor: 6,
    setConfiguration: 9,
    setControlLines: 0x22,
} as const
const TO_HOST = 0x80
const CLASS_INTERFACE = 0x21
/** DTR and RTS. */
const LINES_UP = 3
const PACKET_BYTES = 64
const DEVICE_BYTES = 18
const CONFIGURATION_BYTES = 9
/** Between two requests: a host polls once a millisecond. */
const PAUSE_NANOS = 200_000

/** A request to the device, and what is done with its answer. */
interface Control {
    setup: readonly number[]
    /** Bytes that are to come back; 0 when there is nothing but a yes. */
    length: number
    done?: (answer: Uint8Array) => void
}

/** Where a device's serial port is. */
interface SerialPort {
    control: number
    in: number
    out: number
}

/** What a host tells of its device. */
export interface UsbHostEvents {
    /** The device's serial port can be used. */
    mounted(): void
    /** Bytes from it; they are the listener's to keep. */
    data(bytes: Uint8Array): void
}

/**
 * The computer at the other end of an emulated chip's USB port: makes itself known to the device, and
 * is its serial port's other side. While it does not take what the device has, the device waits.
 */
export class UsbHost {
    /** Whether the device's serial port can be used. */
    isMounted = false
    private readonly usb: UsbController
    private readonly waiting: Control[] = []
    private current: Control | undefined
    private answer: number[] = []
    private isAnswered = false
    private port: SerialPort | undefined
    /** How much the device takes next, once it has asked. */
    private wanted: number | undefined
    private toDevice: Uint8Array[] = []
    private takes = true
    private held = false
    private readonly pause: { schedule(nanos: number): void }
    private readonly bufferReady: (endpoint: number, isOut: boolean) => void

    constructor(
        chip: RP2040,
        private readonly events: UsbHostEvents,
    ) {
        this.usb = chip.usbCtrl
        this.pause = chip.clock.createAlarm(() => this.next())
        const { usb } = this
        usb.onUSBEnabled = () => usb.resetDevice()
        usb.onResetReceived = () => this.enumerate()
        usb.onEndpointRead = (endpoint, size) => this.deviceTakes(endpoint, size)
        usb.onEndpointWrite = (endpoint, bytes) => this.deviceGives(endpoint, bytes)
        // A packet is the device's to keep until the host takes it (NAK), which the emulator does not know.
        const controller = usb as unknown as {
            indicateBufferReady(endpoint: number, isOut: boolean): void
        }
        this.bufferReady = controller.indicateBufferReady.bind(usb)
        controller.indicateBufferReady = (endpoint, isOut) => {
            if (!isOut && endpoint === this.port?.in && !this.takes) this.held = true
            else this.bufferReady(endpoint, isOut)
        }
    }

    /** Raises or drops the lines by which a device knows that a program has its port open. */
    setLines(isOpen: boolean): void {
        if (!this.port || !this.isMounted) return
        const value = isOpen ? LINES_UP : 0
        this.ask([CLASS_INTERFACE, REQUEST.setControlLines, value, 0, this.port.control, 0, 0, 0])
    }

    /** Bytes for the device. */
    send(bytes: Uint8Array): void {
        this.toDevice.push(bytes.slice())
        this.give()
    }

    /** What was sent and has not reached the device is lost: the port was closed. */
    forget(): void {
        this.toDevice = []
    }

    /** Whether what the device has is taken. */
    setTakes(takes: boolean): void {
        this.takes = takes
        if (!takes || !this.held || !this.port) return
        this.held = false
        this.bufferReady(this.port.in, false)
    }

    private enumerate(): void {
        this.port = undefined
        this.isMounted = false
        this.waiting.length = 0
        this.current = undefined
        this.wanted = undefined
        this.ask([0, REQUEST.setAddress, 1, 0, 0, 0, 0, 0])
        this.describe(DESCRIPTOR.device, DEVICE_BYTES)
        this.describe(DESCRIPTOR.configuration, CONFIGURATION_BYTES, ([, , low = 0, high = 0]) => {
            this.describe(DESCRIPTOR.configuration, low | (high << 8), all => {
                const port = serialPortOf(all)
                if (!port) return
                // A device has room for its first bytes before it has said yes.
                this.port = port
                this.ask([0, REQUEST.setConfiguration, 1, 0, 0, 0, 0, 0], 0, () => {
                    this.isMounted = true
                    this.events.mounted()
                    this.give()
                })
            })
        })
    }

    private describe(type: number, length: number, done?: (answer: Uint8Array) => void): void {
        const size = [length & 0xff, length >> 8]
        this.ask([TO_HOST, REQUEST.getDescriptor, 0, type, 0, 0, ...size], length, done)
    }

    private ask(setup: readonly number[], length = 0, done?: (answer: Uint8Array) => void): void {
        this.waiting.push({ setup, length, ...(done && { done }) })
        this.pause.schedule(PAUSE_NANOS)
    }

    private next(): void {
        if (this.current && this.isAnswered) {
            this.current.done?.(Uint8Array.from(this.answer))
            this.current = undefined
        }
        if (this.current) return
        this.current = this.waiting.shift()
        if (!this.current) return
        this.answer = []
        this.isAnswered = false
        this.usb.sendSetupPacket(Uint8Array.from(this.current.setup))
    }

    /** The device has room: of a request, for the yes to its answer. */
    private deviceTakes(endpoint: number, size: number): void {
        if (endpoint === 0) {
            this.usb.endpointReadDone(0, new Uint8Array(0))
            this.answered()
        } else if (endpoint === this.port?.out) {
            this.wanted = size
            this.give()
        }
    }

    private deviceGives(endpoint: number, bytes: Uint8Array): void {
        if (endpoint === 0) {
            if (this.current?.length === 0) this.answered()
            else this.answer.push(...bytes)
        } else if (endpoint === this.port?.in && bytes.length > 0) this.events.data(bytes)
    }

    /** Its last bytes are still on their way when the device asks for the yes to them. */
    private answered(): void {
        this.isAnswered = true
        this.pause.schedule(PAUSE_NANOS)
    }

    private give(): void {
        const [first] = this.toDevice
        if (this.wanted === undefined || !first || !this.port || !this.isMounted) return
        const size = Math.min(this.wanted, first.length, PACKET_BYTES)
        this.wanted = undefined
        if (size < first.length) this.toDevice[0] = first.subarray(size)
        else this.toDevice.shift()
        this.usb.endpointReadDone(this.port.out, first.slice(0, size))
    }
}

/** The serial port among a device's interfaces, if it has one. */
function serialPortOf(descriptors: Uint8Array): SerialPort | undefined {
    const port: Partial<SerialPort> = {}
    let isData = false
    for (let at = 0; at < descriptors.length; at += descriptors[at]!) {
        const size = descriptors[at]!
        if (size < 2) break
        const [, type, second = 0, third = 0] = descriptors.subarray(at, at + size)
        if (type === DESCRIPTOR.interface) {
            const interfaceClass = descriptors[at + 5]
            isData = interfaceClass === CLASS.data && port.in === undefined
            if (interfaceClass === CLASS.communication) port.control ??= second
        } else if (type === DESCRIPTOR.endpoint && isData && (third & 3) === BULK)
            port[second & TO_HOST ? "in" : "out"] = second & 0xf
    }
    const { control, in: from, out: to } = port
    if (control === undefined || from === undefined || to === undefined) return undefined
    return { control, in: from, out: to }
}
