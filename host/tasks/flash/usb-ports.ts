import type { Board } from "../../boards/board"
import type { PortFacts } from "../../link/node/ports"

/** Whether a port's USB device is that of a board, in its boot mode or running. */
export function isPortOf(board: Board, port: PortFacts): boolean {
    return [...board.firmware.usb.bootMode, ...board.firmware.usb.running].includes(usbOf(port))
}

/** The ids of the USB device behind a port: `303a:1001`. */
export function usbOf({ vendorId = "", productId = "" }: PortFacts): string {
    return `${vendorId}:${productId}`
}
