/** What is known of a serial port from the USB vendor behind it. */
export interface UsbFamily {
    /** USB vendor id, lower-case hex as the operating systems give it. */
    vendorId: string
    name: string
    /** How sure it is that a board is behind it: `chip` is the board's own USB, `bridge` could be anything. */
    kind: "chip" | "bridge"
}

/**
 * The vendors of boards that DeviceScript runs on. The ids are those by which the official client
 * knows serial boards (`transport` in jacdac-spec's `devices.json`).
 */
export const USB_FAMILIES: readonly UsbFamily[] = [
    { vendorId: "2e8a", name: "RP2040 (Raspberry Pi)", kind: "chip" },
    { vendorId: "303a", name: "ESP32 with USB (Espressif)", kind: "chip" },
    { vendorId: "10c4", name: "UART bridge CP210x (many ESP32 boards)", kind: "bridge" },
    { vendorId: "1a86", name: "UART bridge CH340 or CH910x (many ESP32 boards)", kind: "bridge" },
]

export function findUsbFamily(vendorId: string | undefined): UsbFamily | undefined {
    return USB_FAMILIES.find(family => family.vendorId === vendorId?.toLowerCase())
}
