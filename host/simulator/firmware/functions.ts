import type { Clock } from "../clock"
import type { Door } from "../door"
import type { ChipFeatures } from "../../boards/architectures"
import { gpioFunctions } from "./gpio"
import { i2cTransaction } from "./i2c"
import { ledStripSend } from "./led-strip"
import { spiFunctions } from "./spi"
import type { VmValues } from "./vm-values"

/**
 * The functions of the VM that reach for hardware, by their names in it. The hosted VM throws "not
 * supported" in them; these do what the firmware's do. `HARDWARE_FUNCTIONS` has their parameters.
 */
export type FirmwareFunctions = Record<keyof typeof HARDWARE_FUNCTIONS, (...args: number[]) => void>

/** Number of parameters of each function that is replaced when the VM is prepared. */
export const HARDWARE_FUNCTIONS = {
    fun3_DeviceScript__i2cTransaction: 1,
    fun5_DeviceScript_spiConfigure: 1,
    fun2_DeviceScript_spiXfer: 1,
    fun3_DeviceScript_spiSendImage: 1,
    fun2_DeviceScript_ledStripSend: 1,
    prop_GPIO_value: 3,
    prop_GPIO_capabilities: 3,
    meth1_GPIO_setMode: 1,
} as const

/** What is replaced, or called first, for the services that the configuration names. */
export const SERVICE_FUNCTIONS = {
    jd_srvcfg_run: { params: 0, result: false },
    jd_srvcfg_instance_name: { params: 1, result: true },
    jd_srvcfg_variant: { params: 1, result: true },
} as const

/** The encrypted connection of the VM's cloud adapter, which ends in what it is connected to. */
export const CLOUD_FUNCTIONS = {
    wssk_is_connected: { params: 0, result: true },
    wssk_send_message: { params: 4, result: true },
} as const

/**
 * Functions of the VM's own service for the board, through which all of ours are called too, by their
 * number of parameters: the host tells whether the VM is to go on.
 */
export const INTERCEPTED_FUNCTIONS = { jd_ctrl_process: 1, jd_ctrl_handle_packet: 2 } as const

/**
 * @param chip what its firmware offers; without one the board is the hosted VM that it was, on which
 * pins and buses are not supported
 */
export function firmwareFunctions(
    values: VmValues,
    door: Door,
    clock: Clock,
    chip: ChipFeatures | undefined,
): FirmwareFunctions {
    const notSupported = (what: string) => (ctx?: number) => values.throwNotSupported(ctx!, what)
    const gpio = gpioFunctions(values, door.pins, chip?.analogPins ?? [])
    if (!chip) {
        const spi = notSupported("SPI")
        return {
            fun3_DeviceScript__i2cTransaction: notSupported("I2C"),
            fun5_DeviceScript_spiConfigure: spi,
            fun2_DeviceScript_spiXfer: spi,
            fun3_DeviceScript_spiSendImage: spi,
            fun2_DeviceScript_ledStripSend: notSupported("ledStripSend"),
            ...gpio,
        } as FirmwareFunctions
    }
    return {
        fun3_DeviceScript__i2cTransaction: i2cTransaction(values, door.i2c, door.pins, clock),
        fun2_DeviceScript_ledStripSend: ledStripSend(values, door.strips, chip),
        ...spiFunctions(values, door.spi, clock),
        ...gpio,
    } as FirmwareFunctions
}
