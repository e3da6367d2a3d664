import { isEspImage } from "./esp-image"
import { prepareEspFirmware } from "./esp-firmware"
import type { Firmware, PrepareOptions } from "./firmware"
import { refuse } from "./refuse"
import { isUf2 } from "./uf2"
import { prepareUf2Firmware } from "./uf2-firmware"

/**
 * Checks a file of firmware by the rules of its format and those of the chip that is to start it, and puts
 * the board's configuration in, as the official tool does it (`devs flash`, `devs binpatch`).
 * @throws UserError when the file is damaged, for another chip, too large, or no DeviceScript firmware
 */
export async function prepareFirmware(
    bytes: Uint8Array,
    options: PrepareOptions,
): Promise<Firmware> {
    const { name, board } = options
    const { format } = board.firmware.image
    const found = isUf2(bytes) ? "uf2" : isEspImage(bytes) ? "bin" : undefined
    if (found !== undefined && found !== format)
        throw refuse(
            name,
            found === "uf2"
                ? `it is a UF2 file, and a ${board.name} takes an image of its flash (.bin)`
                : `it is an image for an ESP32, and a ${board.name} takes UF2 files`,
        )
    return format === "uf2"
        ? prepareUf2Firmware(bytes, options)
        : prepareEspFirmware(bytes, options)
}
