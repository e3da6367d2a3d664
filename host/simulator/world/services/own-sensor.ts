import type { ImageService } from "../../../model/program/program-image"
import { READING } from "../../../wire/jacdac-packet"
import type { serviceSpecificationFromClassIdentifier } from "../libraries/jacdac"

type Specification = NonNullable<ReturnType<typeof serviceSpecificationFromClassIdentifier>>

/** Number formats by their lowest four bits (`jd_numfmt` of jacdac-c), with their bytes; the rest is the shift. */
const FORMATS = [
    ...[{ sign: "u", bytes: 1 }, { sign: "u", bytes: 2 }, { sign: "u", bytes: 4 }, undefined],
    ...[{ sign: "i", bytes: 1 }, { sign: "i", bytes: 2 }, { sign: "i", bytes: 4 }, undefined],
] as const

/** A number's type as specifications have it. */
export interface NumberType {
    /** `u8`, `i16`, or with a fraction `u0.16`. */
    name: string
    bytes: number
}

/** The type that a number format stands for; undefined for what is no number of up to 32 bits. */
export function numberType(format: number): NumberType | undefined {
    const kind = FORMATS[format & 0xf]
    if (!kind) return undefined
    const shift = format >> 4
    const bits = 8 * kind.bytes
    const name = shift === 0 ? `${kind.sign}${bits}` : `${kind.sign}${bits - shift}.${shift}`
    return { name, bytes: kind.bytes }
}

/**
 * The specification of a sensor that is in no catalogue: what all sensors have, and its reading.
 * @param sensor one of the catalogue
 */
export function sensorSpecification(
    { name, serviceClass }: ImageService,
    type: NumberType,
    sensor: Specification,
): Specification {
    const shortId = name.toLowerCase()
    const own = sensor.packets.find(({ identifier }) => identifier === READING)!
    const field = { name: "_", type: type.name, storage: type.bytes as never }
    return {
        ...{ name, shortId, camelName: name, shortName: name, extends: sensor.extends },
        ...{ status: "experimental", notes: {}, enums: {}, constants: {}, tags: [] },
        classIdentifier: serviceClass,
        packets: [
            ...sensor.packets.filter(packet => "derived" in packet),
            { ...own, fields: [field], packFormat: type.name },
        ],
    } as unknown as Specification
}
