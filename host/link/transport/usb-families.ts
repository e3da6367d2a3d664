/** What is known of a serial port from the USB device behind it. */
export interface UsbFamily {
    /** USB vendor id, lower-case hex as the operating systems give it. */
    vendorId: string
    /** The vendor's products that belong here; without it, all do. */
    productIds?: readonly string[]
    name: string
    /** How sure it is that a board is behind it: `chip` is the board's own USB, `bridge` could be anything. */
    kind: "chip" | "bridge"
    /**
     * What the control lines do there. `auto-reset`: two transistors, as Espressif draws them for its
     * boards, or the chip's own USB in their place; RTS raised without DTR resets, DTR raised without
     * RTS has the next reset end in the bootloader, both or neither do nothing. `ready`: nothing, but the
     * board may wait for DTR before it sends. `SerialStreamPort` does right by both.
     */
    lines: "auto-reset" | "ready"
}

/**
 * The USB devices of boards that DeviceScript runs on: those by which the official client knows serial
 * boards (`transport` in jacdac-spec's `devices.json`), and FTDI's standard bridges. A product id of
 * FTDI's that is not among these is some vendor's own device.
 */
export const USB_FAMILIES: readonly UsbFamily[] = [
    { vendorId: "2e8a", name: "RP2040 (Raspberry Pi)", kind: "chip", lines: "ready" },
    { vendorId: "303a", name: "ESP32 with USB (Espressif)", kind: "chip", lines: "auto-reset" },
    {
        vendorId: "10c4",
        name: "UART bridge CP210x (many ESP32 boards)",
        kind: "bridge",
        lines: "auto-reset",
    },
    {
        vendorId: "1a86",
        name: "UART bridge CH340 or CH910x (many ESP32 boards)",
        kind: "bridge",
        lines: "auto-reset",
    },
    {
        vendorId: "0403",
        // FT232R, FT2232, FT4232, FT232H, FT-X.
        productIds: ["6001", "6010", "6011", "6014", "6015"],
        name: "UART bridge FTDI (some ESP32 boards)",
        kind: "bridge",
        lines: "auto-reset",
    },
]

/** The family of a USB device; ids as hex of either case. */
export function findUsbFamily(
    vendorId: string | undefined,
    productId?: string,
): UsbFamily | undefined {
    return USB_FAMILIES.find(
        ({ vendorId: vendor, productIds }) =>
            vendor === vendorId?.toLowerCase() &&
            (productIds?.includes(productId?.toLowerCase() ?? "") ?? true),
    )
}
