import type { ESPLoader } from "esptool-js"
import type { SerialDevice } from "./serial-device"

/** The speed that every boot ROM begins with, in bits a second. */
const ROM_BAUD = 115_200

/**
 * Espressif's own client of the boot ROM, on a port that is not open yet. It tells nobody what it does: its
 * errors are what there is to tell.
 * @param baud to go on with once a loader runs in the chip's RAM; none where the speed is not looked at
 */
export async function openLoader(
    device: SerialDevice,
    { baud = ROM_BAUD }: { baud?: number | undefined } = {},
): Promise<ESPLoader> {
    // Only who flashes loads it.
    const { ESPLoader, Transport } = await import("esptool-js")
    const transport = new Transport(device as unknown as SerialPort)
    // It prints even what it was not asked to trace.
    transport.trace = () => undefined
    const nobody = { clean: () => undefined, write: () => undefined, writeLine: () => undefined }
    return new ESPLoader({ transport, baudrate: baud, romBaudrate: ROM_BAUD, terminal: nobody })
}
