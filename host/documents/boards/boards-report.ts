/** `heapscope boards --json`: the boards there are, and what is known of each. */
export interface BoardsReport {
    schema: "heapscope/boards@1"
    boards: BoardFacts[]
    /** What a program uses at the pins of the one board, where that was asked for. */
    wiring?: BoardWiring
}

/** What a program uses at a board's pins, as far as it has come in a run. */
export interface BoardWiring {
    entry: string
    /** How long it ran, in simulated milliseconds. */
    ranMs: number
    /** Why it ended before its time, if it did. */
    ended?: string
    pins: WiredPin[]
    /** What it spoke to on the I2C bus, and what answered, if anything. */
    i2c: { address: number; device?: string }[]
}

/** A pin that a program uses. */
export interface WiredPin {
    gpio: number
    /** Not there for a pin that programs have no name for. */
    name?: string
    /** A line of a bus (`SDA`), a part (`button`), or how the program uses it itself (`output`). */
    use: string
}

/** A board, with where each figure is from. Sizes are bytes. */
export interface BoardFacts {
    /** As DeviceScript names it: `pico`, `esp32s2_bare`. */
    id: string
    /** For people: "Raspberry Pi Pico". */
    name: string
    description?: string
    /** `rp2040`, `esp32`, `esp32s2`, `esp32s3` or `esp32c3`. */
    chip: string
    /** DeviceScript's name of the firmware's build: the chip, or the chip and its radio (`rp2040w`). */
    archId: string
    url?: string
    /** Who defines it: this package, the official compiler, or the project that was asked in. */
    definedBy: "heapscope" | "official" | "project"
    /** By which a board names itself on the bus. */
    productId: number
    /** Nominal size of the garbage-collected heap: what a program's data shares with its calls. */
    heapBytes: number
    /** The chip's RAM, which the heap is a part of. */
    sramBytes: number
    /** The board's flash; of one that is sold with several sizes, the least that the firmware needs. */
    flashBytes: number
    /** Flash set aside for the program and the device's settings together. */
    storageFlashBytes: number
    /** The largest program (bytecode file) that fits that flash. */
    programFlashBytes: number
    firmware: FirmwareFacts
    /** What its chip's firmware offers to programs. */
    features: {
        pins: number
        analogPins: readonly number[]
        ledStrip: boolean
        temperature: boolean
        usb: boolean
    }
    /** GPIO numbers by the names printed on the board, and what each is for beyond that. */
    pins: BoardPin[]
    /** What the board has at pins that programs have no name for. */
    innerPins: { gpio: number; uses: string[] }[]
    /** The pins as they lie along the board's edges, where that is known. */
    header?: BoardHeader
    sources: {
        heapBytes: string
        sramBytes: string
        flashBytes: string
        storageFlashBytes: string
        programFlashBytes: string
    }
}

/** A pin that programs know by a name. */
export interface BoardPin {
    name: string
    gpio: number
    /** `analog`, `SDA`, `SCL`, `LED`, `button BOOT`, `log`. */
    uses: string[]
}

/** The pins along a board's left and right edge, from top to bottom, the USB connector at the top. */
export interface BoardHeader {
    left: string[]
    right: string[]
    source: string
}

/** How a chip's firmware gets onto it, and how it talks to a computer. Each part says where it is from. */
export interface FirmwareFacts {
    /** USB ids (`2e8a:420a`) while the firmware runs, and in the boot mode. */
    usb: { running: string[]; bootMode: string[]; source: string }
    serial: {
        /** Bits a second; null where the speed is not looked at. */
        baud: number | null
        /** What the control lines do. */
        lines: string
        source: string
    }
    /** How firmware can be written to it, step by step. */
    bootMode: { enter: string[]; leave: string; volume?: string; source: string }
    image: {
        format: "uf2" | "bin"
        /** Address of the first byte of an image. */
        offset: number
        /** Address of the board's configuration (`DCFG`). */
        configurationOffset: number
        /** Address of programs and settings. */
        storageOffset: number
        /** UF2 family, or the chip's id in an ESP image. */
        target: number
        source: string
    }
}
