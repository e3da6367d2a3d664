import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs"
import { dirname, join } from "node:path"
import { UserError } from "../../base/errors"

/** What Linux tells of a serial port and the USB device behind it. Names as the serial library has them. */
export interface LinuxPort {
    path: string
    vendorId?: string
    productId?: string
    serialNumber?: string
    manufacturer?: string
}

/** Serial hardware, not the consoles (`tty1`) and pseudo-terminals that are listed beside it. */
const SERIAL_NAME = /^(tty[A-Z]|rfcomm)/
/** The kernel's `PORT_UNKNOWN`: a port that it is ready for, with no chip behind it. */
const NO_CHIP = "0"

/**
 * The serial ports as the kernel itself lists them (its ABI documents `/sys/class/tty` and a USB
 * device's `idVendor`, `idProduct`, `serial`, `manufacturer`): what `udevadm` reads, where that is not
 * installed. A port without its file in `dev`, as in a container that was given none, is no port.
 * @throws UserError where there is no such list
 */
export function listLinuxPorts(sys = "/sys", dev = "/dev"): LinuxPort[] {
    const classFolder = join(sys, "class/tty")
    let names: string[]
    try {
        names = readdirSync(classFolder)
    } catch {
        throw new UserError(
            "E_NO_PORTS",
            `The serial ports of this machine cannot be told: there is neither udevadm nor ${classFolder}. Name the port, as in --port /dev/ttyACM0.`,
        )
    }
    return names
        .filter(name => SERIAL_NAME.test(name) && existsSync(join(dev, name)))
        .flatMap(name => {
            const folder = join(classFolder, name)
            const device = devicePath(folder)
            if (device === undefined || read(folder, "type") === NO_CHIP) return []
            return [{ path: join(dev, name), ...usbFacts(device, sys) }]
        })
}

/** Where the kernel keeps the device of a port; nothing for one that is made of software alone. */
function devicePath(folder: string): string | undefined {
    try {
        return realpathSync(join(folder, "device"))
    } catch {
        return undefined
    }
}

/** What the USB device says that a port is part of: it lies above the port's own folder. */
function usbFacts(device: string, sys: string): Omit<LinuxPort, "path"> {
    const top = realpathSync(sys)
    for (
        let folder = device;
        folder !== top && folder !== dirname(folder);
        folder = dirname(folder)
    ) {
        const vendorId = read(folder, "idVendor")
        if (vendorId === undefined) continue
        const productId = read(folder, "idProduct")
        const serialNumber = read(folder, "serial")
        const manufacturer = read(folder, "manufacturer")
        return {
            vendorId,
            ...(productId !== undefined && { productId }),
            ...(serialNumber !== undefined && { serialNumber }),
            ...(manufacturer !== undefined && { manufacturer }),
        }
    }
    return {}
}

function read(folder: string, name: string): string | undefined {
    try {
        return readFileSync(join(folder, name), "utf8").trim()
    } catch {
        return undefined
    }
}
