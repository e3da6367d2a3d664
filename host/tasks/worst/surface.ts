import { ProgramImage } from "../../model/program/program-image"
import type { Program } from "../../model/program/program"
import type { SimReport } from "../../documents/sim-report"
import { wantsOf } from "../../simulator/world/program-wants"

/** What there is of a program's world to act on, as one run of it has shown. */
export interface Surface {
    /** Roles and pins that are pressed, and what else can be done with roles. */
    pressed: string[]
    dials: string[]
    knobs: string[]
    /** Sensors with one value. */
    sensors: string[]
    /** Hosts that were asked over HTTP. */
    hosts: string[]
    /** Topics that it may listen to at a broker, and of the cloud. */
    topics: string[]
    cloudTopics: string[]
    usesNetwork: boolean
    /** Simulated milliseconds at which it did something of its own accord: opened a connection, logged. */
    moments: number[]
}

const PRESSED = ["Button", "Switch", "Motion", "MatrixKeypad"]
/** `house/light`, `garden/#`. */
const TOPIC = /^[\w-]+(?:\/(?:[\w-]+|\+|#))+$/
const MAX_MOMENTS = 200

/** @param opened when it opened connections, in simulated milliseconds */
export function surfaceOf(
    program: Program,
    { world, log }: Pick<SimReport, "world" | "log">,
    opened: readonly number[],
): Surface {
    const image = ProgramImage.of(program.bytecode)
    const services = new Map(image.services().map(service => [service.serviceClass, service]))
    const roles = (world?.roles ?? [])
        .filter(({ answeredBy }) => answeredBy === "simulated device")
        .map(({ name, serviceClass }) => ({ name, service: services.get(serviceClass) }))
    const called = (...names: string[]) =>
        roles.filter(({ service }) => names.includes(service?.name ?? "")).map(({ name }) => name)
    const pins = (use: "input" | "analog") =>
        (world?.pins ?? [])
            .filter(pin => pin.use === use && (pin.reads ?? 0) > 0)
            .map(({ pin }) => `pin ${pin}`)
    const hosts = (world?.hosts ?? []).flatMap(({ url }) => (URL.canParse(url) ? new URL(url) : []))
    const isMqtt = hosts.some(({ protocol }) => /^mqtts?:$/.test(protocol))
    const special = [...PRESSED, "RotaryEncoder", "Potentiometer"]
    return {
        pressed: [...called(...PRESSED), ...pins("input")],
        dials: called("RotaryEncoder"),
        knobs: [...called("Potentiometer"), ...pins("analog")],
        sensors: roles
            .filter(
                ({ service }) => service?.reading !== undefined && !special.includes(service.name),
            )
            .map(({ name }) => name),
        hosts: hosts
            .filter(({ protocol }) => /^https?:$/.test(protocol))
            .map(({ hostname }) => hostname),
        topics: isMqtt
            ? [
                  ...new Set(
                      image
                          .texts()
                          .filter(text => TOPIC.test(text))
                          .map(asTopic),
                  ),
              ]
            : [],
        cloudTopics: [...wantsOf(program).topics],
        usesNetwork: opened.length > 0 || hosts.length > 0,
        moments: [
            ...opened,
            ...log.filter(({ level }) => level !== "runtime").map(line => line.atMs),
        ]
            .slice(0, MAX_MOMENTS)
            .sort((a, b) => a - b),
    }
}

/** A topic that a filter takes. */
function asTopic(filter: string): string {
    return filter.replace(/[+#]/g, "simulated")
}
