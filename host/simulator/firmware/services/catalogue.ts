import type { ChipFeatures } from "../../../boards/architectures"
import { analogService } from "./analog"
import { ButtonService } from "./button"
import { BuzzerService } from "./buzzer"
import { FlexService } from "./flex"
import { GamepadService } from "./gamepad"
import { HidJoystickService, HidKeyboardService, HidMouseService } from "./hid"
import { LightBulbService } from "./light-bulb"
import { MotionService } from "./motion"
import { MotorService } from "./motor"
import { PowerService } from "./power"
import { RelayService } from "./relay"
import { RotaryEncoderService } from "./rotary-encoder"
import type { BoardService, ServiceBoard } from "./service"
import { ServoService } from "./servo"
import { SwitchService } from "./switch"

/** A service that firmware starts when its configuration names it. */
export interface ServiceKind {
    /** Class of the service in the Jacdac catalogue. */
    serviceClass: number
    make: new (board: ServiceBoard) => BoardService
    /** What the chip must have for it, beside pins. */
    needs?: "analogPin" | "usb"
}

/** By the name in the configuration, as `jd_srvcfg.c` and `analogsensor.c` of jacdac-c have them. */
export const SERVICE_KINDS: Readonly<Record<string, ServiceKind>> = {
    button: { serviceClass: 0x1473a263, make: ButtonService },
    switch: { serviceClass: 0x1ad29402, make: SwitchService },
    rotaryEncoder: { serviceClass: 0x10fa29c9, make: RotaryEncoderService },
    motion: { serviceClass: 0x1179a749, make: MotionService },
    flex: { serviceClass: 0x1f47c6c6, make: FlexService },
    relay: { serviceClass: 0x183fe656, make: RelayService },
    lightBulb: { serviceClass: 0x1cab054c, make: LightBulbService },
    buzzer: { serviceClass: 0x1b57b1d7, make: BuzzerService },
    servo: { serviceClass: 0x12fc9103, make: ServoService },
    motor: { serviceClass: 0x17004cd8, make: MotorService },
    gamepad: { serviceClass: 0x108f7456, make: GamepadService },
    power: { serviceClass: 0x1fa4c95a, make: PowerService },
    "analog:lightLevel": analog(0x17dc9a1c, "light sensor"),
    "analog:reflectedLight": analog(0x126c4cb2, "reflected light sensor"),
    "analog:waterLevel": analog(0x147b62ed, "water level sensor"),
    "analog:soundLevel": analog(0x14ad1a5d, "microphone"),
    "analog:soilMoisture": analog(0x1d4aa3b3, "soil moisture sensor"),
    "analog:potentiometer": analog(0x1f274746, "knob"),
    hidKeyboard: { serviceClass: 0x18b05b6a, make: HidKeyboardService, needs: "usb" },
    hidMouse: { serviceClass: 0x1885dc1c, make: HidMouseService, needs: "usb" },
    hidJoystick: { serviceClass: 0x1a112155, make: HidJoystickService, needs: "usb" },
}

const CLASSES: ReadonlySet<number> = new Set(
    Object.values(SERVICE_KINDS).map(({ serviceClass }) => serviceClass),
)

/** Whether a role is for a service that the firmware of a board with pins starts itself, or nobody does. */
export function isOwnService(role: string, serviceClass: number): boolean {
    return role.includes("[int:") && isAtPins(serviceClass)
}

/** Whether firmware can start such a service at its pins; devices on the bus may offer it, too. */
export function isAtPins(serviceClass: number): boolean {
    return CLASSES.has(serviceClass)
}

/** Why the firmware of a chip does not start a service, in its own words; undefined when it does. */
export function whyNot(
    { needs }: ServiceKind,
    { analogPins, usb }: ChipFeatures,
    name: string,
    pin: number,
): string | undefined {
    if (needs === "analogPin" && !analogPins.includes(pin)) return `can't ADC ${pin}`
    return needs === "usb" && !usb ? `service ${name} not found` : undefined
}

function analog(serviceClass: number, part: string): ServiceKind {
    return { serviceClass, make: analogService(part), needs: "analogPin" }
}
