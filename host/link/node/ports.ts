import { findUsbFamily, type UsbFamily } from "../transport/usb-families"
import { listLinuxPorts, type LinuxPort } from "./linux-ports"

/** A serial port of this machine and what its USB device says of itself, as far as it does. */
export interface PortFacts {
    path: string
    vendorId?: string
    productId?: string
    serialNumber?: string
    manufacturer?: string
    /** The family of boards it may be. */
    family?: UsbFamily
}

/**
 * The serial ports, those of boards first, then by name.
 * @throws UserError where the system does not tell
 */
export async function listPorts(): Promise<PortFacts[]> {
    const ports = (await listSystemPorts()).map(port => {
        const family = findUsbFamily(port.vendorId, port.productId)
        return {
            path: port.path,
            ...(port.vendorId !== undefined && { vendorId: port.vendorId.toLowerCase() }),
            ...(port.productId !== undefined && { productId: port.productId.toLowerCase() }),
            ...(port.serialNumber !== undefined && { serialNumber: port.serialNumber }),
            ...(port.manufacturer !== undefined && { manufacturer: port.manufacturer }),
            ...(family && { family }),
        }
    })
    const rank = ({ family, vendorId }: PortFacts) =>
        family?.kind === "chip" ? 0 : family ? 1 : vendorId ? 2 : 3
    return ports.sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path))
}

/** The serial library asks `udevadm` on Linux, which a small system or a container does not have. */
async function listSystemPorts(): Promise<LinuxPort[]> {
    const { SerialPort } = await import("serialport")
    try {
        return await SerialPort.list()
    } catch (error) {
        if (process.platform !== "linux") throw error
        return listLinuxPorts()
    }
}
