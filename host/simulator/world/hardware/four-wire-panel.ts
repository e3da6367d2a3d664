import type { Screen } from "./i2c-device"

/** A display that is told by a pin whether bytes are a command or what follows one (D/C). */
export interface FourWirePanel extends Screen {
    command(code: number): void
    data(bytes: Uint8Array): void
}
