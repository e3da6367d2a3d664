import type { Page } from "playwright-core"
import type { Cable } from "../../host/simulator/served/served-board"

/** What is at the end of a cable, as far as a serial port of a browser can tell. */
export interface SerialEnd {
    plug(cable: Cable): void
    unplug(): void
    receive(bytes: Uint8Array): void
    /** The control lines; a board with USB of its own may not look at them. */
    setLines?(lines: { dtr: boolean; rts: boolean }): void
}

/**
 * The serial ports of a browser (Web Serial), in the page itself: real streams, with the simulated boards of the
 * test at their other ends. They are as strict as the browser's own: a port that is open is not opened, one
 * whose streams are locked not closed. Whoever is asked chooses the first port that the page asked for.
 */
export class FakeSerial {
    /** What the page has asked for, each time: the ids of USB devices, `303a:1001`, or of vendors, `303a`. */
    readonly asked: string[][] = []
    /** The speeds that ports were opened with. */
    readonly bauds: number[] = []
    /** Cuts the cable when the page has sent so many bytes more. */
    cutAfterBytes = Infinity
    private waiting: [n: number, what: string, data: string][] = []
    private readonly lines: { dtr: boolean; rts: boolean }[] = []

    private constructor(
        private readonly page: Page,
        private readonly ports: { usb: string; end: SerialEnd }[],
    ) {}

    /** Gives them to a page that is not loaded yet. */
    static async give(page: Page, ports: { usb: string; end: SerialEnd }[]): Promise<FakeSerial> {
        const serial = new FakeSerial(page, ports)
        const act = (n: number, act: string, data: unknown) => serial.act(n, act, data)
        await page.exposeFunction("__serialAct", act)
        await page.addInitScript(`(${IN_PAGE})(${JSON.stringify(ports.map(({ usb }) => usb))})`)
        return serial
    }

    /** Somebody pulls the cable of a port. */
    pull(n: number): void {
        this.ports[n]!.end.unplug()
        this.tell(n, "gone", "")
    }

    /** Somebody plugs it in again: another port of the same device. */
    plugIn(n: number): void {
        this.tell(n, "again", "")
    }

    /** Another tab, or another program, opens a port, or lets go of it. */
    take(n: number, isTaken: boolean): void {
        this.tell(n, isTaken ? "taken" : "free", "")
    }

    private act(n: number, act: string, data: unknown): void {
        if (act === "asked") {
            this.asked.push(data as string[])
            return
        }
        const { end } = this.ports[n]!
        if (act === "open") {
            this.bauds.push(data as number)
            end.plug({
                send: bytes => {
                    this.tell(n, "data", Buffer.from(bytes).toString("base64"))
                    return true
                },
                unplugged: () => this.tell(n, "gone", ""),
            })
        } else if (act === "close") end.unplug()
        else if (act === "lines") {
            const known = this.lines[n] ?? { dtr: true, rts: true }
            this.lines[n] = { ...known, ...(data as { dtr?: boolean; rts?: boolean }) }
            end.setLines?.(this.lines[n])
        } else {
            const bytes = Buffer.from(data as string, "base64")
            this.cutAfterBytes -= bytes.length
            if (this.cutAfterBytes > 0) return end.receive(bytes)
            this.cutAfterBytes = Infinity
            this.pull(n)
        }
    }

    /** What is told in the same turn goes together: it takes longer to get to the page than to be made. */
    private tell(n: number, what: string, data: string): void {
        if (this.waiting.push([n, what, data]) > 1) return
        setImmediate(() => {
            const all = JSON.stringify(this.waiting.splice(0))
            // A page that was closed is told nothing any more.
            this.page.evaluate(`window.__serialTell(${all})`).catch(() => undefined)
        })
    }
}

/** Runs in the page, before anything of it. */
const IN_PAGE = String.raw`ids => {
    const lost = () => new DOMException("The device has been lost.", "NetworkError")
    const usbOf = id => ({ usbVendorId: parseInt(id.slice(0, 4), 16), usbProductId: parseInt(id.slice(5), 16) })
    const idOf = ({ usbVendorId, usbProductId }) => [usbVendorId, usbProductId].filter(n => n !== undefined).map(n => n.toString(16).padStart(4, "0")).join(":")
    class FakePort extends EventTarget {
        readable = null
        writable = null
        isGone = false
        isTaken = false
        constructor(n, id) {
            super()
            this.n = n
            this.id = id
        }
        get connected() {
            return !this.isGone
        }
        getInfo() {
            return usbOf(this.id)
        }
        async open({ baudRate }) {
            if (!(baudRate > 0)) throw new TypeError("no baud rate")
            if (this.readable) throw new DOMException("The port is already open.", "InvalidStateError")
            if (this.isGone || this.isTaken) throw new DOMException("Failed to open serial port.", "NetworkError")
            const port = this
            this.readable = new ReadableStream({ start: controller => void (this.controller = controller) }, { highWaterMark: 1024 })
            this.writable = new WritableStream({
                write(bytes) {
                    if (port.isGone) throw lost()
                    let text = ""
                    for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte)
                    __serialAct(port.n, "write", btoa(text))
                },
            })
            await __serialAct(this.n, "open", baudRate)
        }
        async close() {
            if (!this.readable && !this.writable) throw new DOMException("The port is already closed.", "InvalidStateError")
            if (this.readable?.locked || this.writable?.locked) throw new TypeError("Cannot cancel a locked stream")
            this.readable = this.writable = this.controller = null
            await __serialAct(this.n, "close", null)
        }
        async setSignals({ dataTerminalReady: dtr, requestToSend: rts }) {
            if (this.isGone) throw lost()
            if (!this.readable) throw new DOMException("The port is closed.", "InvalidStateError")
            await __serialAct(this.n, "lines", { ...(dtr !== undefined && { dtr }), ...(rts !== undefined && { rts }) })
        }
        tell(what, data) {
            if (what === "taken" || what === "free") {
                this.isTaken = what === "taken"
                return
            }
            if (what === "data") {
                try {
                    this.controller?.enqueue(Uint8Array.from(atob(data), sign => sign.charCodeAt(0)))
                } catch {}
                return
            }
            this.isGone = true
            this.controller?.error(lost())
            this.readable = this.writable = this.controller = null
            this.dispatchEvent(new Event("disconnect"))
        }
    }
    const ports = ids.map((id, n) => new FakePort(n, id))
    const granted = new Set()
    window.__serialTell = all => {
        for (const [n, what, data] of all) {
            if (what !== "again") {
                ports[n].tell(what, data)
                continue
            }
            const again = new FakePort(n, ids[n])
            if (granted.delete(ports[n])) granted.add(again)
            ports[n] = again
        }
    }
    const serial = new EventTarget()
    serial.requestPort = async ({ filters } = {}) => {
        if (!navigator.userActivation.isActive) throw new DOMException("Must be handling a user gesture to show a permission request.", "SecurityError")
        const wanted = filters?.map(idOf)
        await __serialAct(0, "asked", wanted ?? ["any"])
        const port = ports.find(port => !port.isGone && (!wanted || wanted.some(id => port.id.startsWith(id))))
        if (!port) throw new DOMException("No port selected by the user.", "NotFoundError")
        granted.add(port)
        return port
    }
    serial.getPorts = async () => [...granted].filter(port => !port.isGone)
    Object.defineProperty(navigator, "serial", { value: serial })
}`
