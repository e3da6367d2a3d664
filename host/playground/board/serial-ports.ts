import type { Board } from "../../boards/board"
import { usbIdOf } from "../../link/flash/serial-device"
import { findUsbFamily, USB_FAMILIES } from "../../link/transport/usb-families"
import { choosePort, filtersOf, hasSerial } from "../../link/web-serial/choose-port"
import { WebSerialDevice } from "../../link/web-serial/web-serial-device"
import { nameOfPort } from "../../link/web-serial/web-serial-port"

/** What may be the matter with a board that the browser does not list. */
const NOT_LISTED =
    "A board that is not in the list is not plugged in, its cable is one for charging alone, or its USB chip is not known: then have all ports shown."

/**
 * Has somebody choose a port, among those of USB devices that may be a board.
 * @param any offers all there are instead
 * @throws NothingChosenError
 */
export function chooseBoardPort(boards: readonly Board[], any: boolean): Promise<SerialPort> {
    const known = boards.flatMap(({ firmware }) => firmware.usb.running)
    const families = USB_FAMILIES.flatMap(({ vendorId, productIds }) =>
        productIds ? productIds.map(id => `${vendorId}:${id}`) : [vendorId],
    )
    const ids = any ? [] : [...new Set([...known, ...families])]
    return choosePort(filtersOf(ids), NOT_LISTED)
}

/** The ports that somebody has let this page use before, and that are there. */
export async function portsBefore(): Promise<readonly SerialPort[]> {
    return hasSerial() ? await navigator.serial.getPorts() : []
}

/** Tells when ports come and go, for as long as the page is there. */
export function whenPortsChange(changed: () => void): void {
    if (!hasSerial()) return
    for (const kind of ["connect", "disconnect"] as const)
        navigator.serial.addEventListener(kind, changed)
}

/** A port for people: its USB device, and whose that is. */
export function describePort(port: SerialPort): string {
    const [vendorId, productId] = usbIdOf(new WebSerialDevice(port))?.split(":") ?? []
    const family = findUsbFamily(vendorId, productId)
    return family ? `${nameOfPort(port)}, ${family.name}` : nameOfPort(port)
}
