import type { WorldMode, WorldReport } from "../../documents/world-report"
import type { WorldControlled } from "../../model/controls"
import type { Door, ReportingNetwork } from "../door"
import type { Wires } from "../emulated/wires"
import { ArrivalQueue } from "./arrival-queue"
import { emptyWorld, unconnectedWorld } from "./empty-world"
import { HardwareWorld } from "./hardware/hardware-world"
import type { Screen } from "./hardware/i2c-device"
import type { Strip } from "./hardware/strips-world"
import type { WorldLibraries } from "./libraries/library"
import { WorldCloud } from "./network/cloud"
import { EXPECTED_OUTAGES_MS, OBLIGING_WIFI, STRICT_WIFI, Wifi } from "./network/wifi"
import { WorldNetwork } from "./network/world-network"
import { MadeUpSettings } from "./made-up-settings"
import { RecordedCast } from "./recorded/recorded-services"
import { CLOUD, playRecordedNetwork } from "./recorded/recorded-network"
import { NO_WANTS, type ProgramWants } from "./program-wants"
import { makeControl, type WorldControl } from "./control"
import { NO_PLAN, type WorldPlan } from "./plan"
import { ServiceWorld } from "./services/service-world"

export interface WorldOptions {
    mode: WorldMode
    /** Seed of all that is made up, a 32-bit number. */
    seed: number
    libraries: WorldLibraries
    /** What the program's text says that it wants. Default: nothing is known of that. */
    wants?: ProgramWants
    /** Makes the network that the board is on, in place of the world's own. */
    makeNetwork?: (time: ArrivalQueue) => ReportingNetwork
    /** What somebody has said of it. */
    plan?: WorldPlan | undefined
}

/** What a board is connected to for one run, and what can be told of it afterwards. */
export interface World {
    readonly door: Door
    /** The same, for a chip that is emulated: what its pins are wired to. Of none there is nothing. */
    readonly wires?: Wires
    /** What the program used, and who answered. */
    report(): WorldReport
    /** The displays that the program found, with what they show now. */
    screens(): Screen[]
    /** The strips of LEDs that the program lit, with the colours that they show now. */
    strips(): Strip[]
    /** What of it somebody can press, turn and set. */
    controls(): WorldControlled[]
    /** Acts on it; of one in which nothing happens there is none. */
    readonly control?: WorldControl
    /** How far its record is, of a world that is recorded or played. */
    place?(): DoorPlace
    /** Has a played world go on from a place, at the time that the board has then. */
    goTo?(place: DoorPlace): void
}

/** A place in the record of a world: how much has come through its door. */
export interface DoorPlace {
    /** Answers that the board asked for. */
    answers: number
    /** What came by itself. */
    comings: number
    /** Whether a connection was open. */
    isOpen: boolean
}

/** The world of one run. Its parts come into being when the program first asks for them. */
export function makeWorld(options: WorldOptions): World {
    const { mode, seed, libraries, wants = NO_WANTS, makeNetwork, plan = NO_PLAN } = options
    if (mode === "none") return unconnectedWorld(seed)
    const empty = emptyWorld(seed)
    const time = new ArrivalQueue()
    const cast = plan.recorded && new RecordedCast(plan.recorded)
    const isStrict = mode === "strict"
    const weather = isStrict ? STRICT_WIFI : OBLIGING_WIFI
    const wifi = new Wifi(seed, {
        ...weather,
        ...(wants.hearsOutages && { dropsEveryMs: EXPECTED_OUTAGES_MS }),
        ...(plan.handlesWifi && { dropsEveryMs: Infinity }),
    })
    const isCloudQuiet = isStrict || (cast?.has(CLOUD.serviceClass, true) ?? false)
    const cloud = new WorldCloud(time, wifi, isStrict, wants.topics, plan.topics, isCloudQuiet)
    const services = new ServiceWorld({
        ...{ time, seed, libraries, isStrict },
        around: {
            ...{ wifi, ...wants, devices: plan.devices, handled: plan.handled.roles },
            ...(cast && { cast }),
        },
        onOpened: serviceClass => {
            if (serviceClass === CLOUD.serviceClass) cloud.begin()
        },
    })
    const ownNetwork = new WorldNetwork(time, seed, libraries, wifi, isStrict, plan, wants.answers)
    const network = makeNetwork?.(time) ?? ownNetwork
    const hardware = new HardwareWorld(time, seed, isStrict, plan, cast)
    if (cast) playRecordedNetwork(time, cast, wifi, cloud)
    const settings = isStrict ? empty.settings : new MadeUpSettings(wants.settings)
    return {
        door: {
            ...empty,
            ...{ arrivals: time, jacdac: services, network, cloud, settings },
            ...hardware.door,
        },
        wires: {
            ...{ ...hardware.door, i2c: hardware.i2c, clock: time.clock },
            reset: () => time.reset(),
        },
        report: () =>
            report(mode, {
                ...(makeNetwork && { network: "real" as const }),
                roles: services.report(),
                hosts: [...network.report(), ...cloud.report()],
                ...(settings instanceof MadeUpSettings && { settings: settings.report() }),
                ...hardware.report(),
                ...(cast && { recorded: cast.report() }),
            }),
        screens: () => hardware.screens(),
        strips: () => hardware.ledStrips(),
        controls: () => [...services.controls(), ...hardware.controls()],
        control: makeControl({ time, wifi, cloud, services, network: ownNetwork, hardware }),
    }
}

/** What a program used, by part of the world. */
type Used = Pick<
    WorldReport,
    | "network"
    | "roles"
    | "hosts"
    | "settings"
    | "pins"
    | "i2cIsMissing"
    | "addresses"
    | "displays"
    | "ledStrips"
    | "recorded"
>

function report(mode: WorldMode, used: Used): WorldReport {
    const { roles = [], hosts = [], pins = [], addresses = [] } = used
    const { settings = [], displays = [], ledStrips = [], recorded = [] } = used
    const isRecorded = (pin: number) => recorded.some(({ playedBy }) => playedBy === `pin ${pin}`)
    const madeUp = [
        ...roles
            .filter(({ answeredBy }) => answeredBy === "simulated device")
            .map(({ name, device }) => `${name} (a simulated ${device})`),
        ...hosts
            .filter(({ answeredBy }) => answeredBy === "made-up server")
            .map(({ url }) => `${url} (made-up answers)`),
        ...settings.map(({ name, value }) => `the setting ${name} (${value})`),
        ...addresses.flatMap(({ address, device }) =>
            device === undefined ? [] : [`${i2cName(address)} (a simulated ${device})`],
        ),
        ...(mode === "made-up" ? pins : [])
            .filter(({ pin, reads }) => reads !== undefined && !isRecorded(pin))
            .map(
                ({ pin, use, part = use === "analog" ? "knob" : "button" }) =>
                    `pin ${pin} (a ${part})`,
            ),
    ]
    const unanswered = [
        ...(used.i2cIsMissing ? [NO_I2C] : []),
        ...roles.filter(({ answeredBy }) => answeredBy === "nobody").map(({ name }) => name),
        ...hosts
            .filter(({ answeredBy }) => answeredBy === "nobody")
            .map(({ url, failure }) => url + (failure ? ` (${failure})` : "")),
        ...addresses
            .filter(({ device }) => device === undefined)
            .map(({ address }) => i2cName(address)),
    ]
    return {
        mode,
        ...(used.network && { network: used.network }),
        ...(roles.length > 0 && { roles }),
        ...(hosts.length > 0 && { hosts }),
        ...(settings.length > 0 && { settings }),
        ...(pins.length > 0 && { pins }),
        ...(used.i2cIsMissing && { i2cIsMissing: true }),
        ...(addresses.length > 0 && { addresses }),
        ...(displays.length > 0 && { displays }),
        ...(ledStrips.length > 0 && { ledStrips }),
        ...(used.recorded && { recorded: used.recorded }),
        madeUp,
        unanswered,
    }
}

const NO_I2C =
    "I2C (neither the board nor the program names its pins: call configureHardware({ i2c: { pinSDA: pins..., pinSCL: pins... } }) of @devicescript/servers first, or run it on the board it was written for)"

function i2cName(address: number): string {
    return `I2C 0x${address.toString(16)}`
}
