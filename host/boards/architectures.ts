/** What of a chip its firmware offers to programs, from the firmware's sources (`adc.c`, `jd_user_config.h`). */
export interface ChipFeatures {
    /** How many pins it has for general use, numbered from 0; some may be taken on every board. */
    pins: number
    /** Pins whose voltage the firmware can read. */
    analogPins: readonly number[]
    /** Whether it can drive a strip of addressable LEDs (`JD_LED_STRIP`). */
    ledStrip: boolean
    /** Whether its firmware tells the chip's temperature (`JD_CONFIG_TEMPERATURE`). */
    temperature: boolean
    /** Whether it can be a computer's keyboard, mouse and joystick (`JD_HID`). */
    usb: boolean
}

export interface Architecture extends ChipFeatures {
    chip: string
    /** The board of ours that stands for it when only the chip is known. */
    board: string
}

const RP2040 = {
    chip: "rp2040",
    ...{ pins: 30, analogPins: range(26, 29), ledStrip: false, temperature: true, usb: true },
}

/**
 * The architectures DeviceScript has firmware for (`arch.json` of its board repositories), and the chip
 * each runs on.
 */
export const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
    rp2040: { ...RP2040, board: "pico" },
    rp2040w: { ...RP2040, board: "pico_w" },
    esp32: { ...esp("esp32", 40, range(32, 39)), board: "esp32_devkit_c" },
    esp32s2: { ...esp("esp32s2", 47, range(1, 10)), board: "esp32s2_bare" },
    esp32c3: { ...esp("esp32c3", 22, range(0, 4)), board: "esp32c3_bare" },
    esp32s3: { ...esp("esp32s3", 49, range(1, 10)), board: "esp32s3_devkit_m" },
}

function esp(chip: string, pins: number, analogPins: readonly number[]) {
    return { chip, pins, analogPins, ledStrip: true, temperature: chip !== "esp32", usb: false }
}

/** Whole numbers from the first to the last. */
function range(first: number, last: number): number[] {
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
