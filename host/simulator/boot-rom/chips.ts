/**
 * What tells one chip's boot ROM from another's over its serial protocol. Sources: Espressif, esptool
 * documentation, "Serial Protocol" (chip detection); the chips' Technical Reference Manuals, chapters "SPI
 * Controller" (the registers of SPI1, by which a host speaks to the flash chip itself).
 */
export interface RomChip {
    /** `esp_chip_id_t` */
    chipId: number
    /** What it has at 0x40001000, by which chips are known that do not tell their id. */
    magic: number
    /** Bytes of what it tells of its security: none, without its id, with it. */
    securityBytes: 0 | 12 | 20
    /** Where its SPI controller's registers are: the first, and from there the others. */
    spi: { base: number; user: number; user1: number; user2: number; w0: number }
    /** Where flash has what it starts. */
    bootAddress: number
    /** How a host's control lines reset it. */
    lines: "transistors" | "usb"
}

const NEW_SPI = { user: 0x18, user1: 0x1c, user2: 0x20, w0: 0x58 }

/** By DeviceScript's names of architectures. */
export const ROM_CHIPS: Readonly<Record<string, RomChip>> = {
    esp32: {
        ...{ chipId: 0, magic: 0x00f01d83, securityBytes: 0, bootAddress: 0x1000 },
        ...{ spi: { base: 0x3ff42000, user: 0x1c, user1: 0x20, user2: 0x24, w0: 0x80 } },
        lines: "transistors",
    },
    esp32s2: {
        ...{ chipId: 2, magic: 0x000007c6, securityBytes: 12, bootAddress: 0x1000 },
        ...{ spi: { base: 0x3f402000, ...NEW_SPI }, lines: "usb" },
    },
    esp32c3: {
        ...{ chipId: 5, magic: 0x1b31506f, securityBytes: 20, bootAddress: 0 },
        ...{ spi: { base: 0x60002000, ...NEW_SPI }, lines: "usb" },
    },
    esp32s3: {
        ...{ chipId: 9, magic: 0x00000009, securityBytes: 20, bootAddress: 0 },
        ...{ spi: { base: 0x60002000, ...NEW_SPI }, lines: "usb" },
    },
}
