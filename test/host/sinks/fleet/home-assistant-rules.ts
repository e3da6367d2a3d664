import { expect } from "vitest"

// What Home Assistant takes of a device's discovery, after its own schemas: mqtt/discovery.py for the
// topic, mqtt/schemas.py for the device, its origin and its components, mqtt/sensor.py and
// sensor/const.py for units and classes.

const TOPIC = /^homeassistant\/device\/(?:[a-zA-Z0-9_-]+\/)?[a-zA-Z0-9_-]+\/config$/
const DEVICE_KEYS = [
    ...["identifiers", "connections", "manufacturer", "model", "model_id", "name", "hw_version"],
    ...["serial_number", "sw_version", "via_device", "suggested_area", "configuration_url"],
]
const ORIGIN_KEYS = ["name", "sw_version", "support_url"]
const KEYS = [
    ...["device", "origin", "components", "state_topic", "command_topic", "qos", "encoding"],
    ...["availability", "availability_mode", "availability_topic", "availability_template"],
    ...["payload_available", "payload_not_available"],
]
const SENSOR_KEYS = [
    ...["platform", "name", "unique_id", "value_template", "unit_of_measurement", "device_class"],
    ...["state_class", "suggested_display_precision", "entity_category", "expire_after", "icon"],
    ...["force_update", "last_reset_value_template", "options", "object_id", "state_topic"],
    ...["enabled_by_default", "default_entity_id", "json_attributes_topic"],
]
const STATE_CLASSES = ["measurement", "measurement_angle", "total", "total_increasing"]
const UNITS: Record<string, string[]> = {
    data_size: [
        ...["bit", "kbit", "Mbit", "Gbit", "B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"],
        ...["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"],
    ],
    duration: ["d", "h", "min", "s", "ms", "μs"],
}

type Json = Record<string, unknown>

/** Fails for what Home Assistant would refuse. @returns the unique identifiers of its entities */
export function takenByHomeAssistant(topic: string, payload: string): string[] {
    expect(topic).toMatch(TOPIC)
    const config = JSON.parse(payload) as Json
    for (const key of Object.keys(config)) expect(KEYS).toContain(key)
    const device = config["device"] as Json
    for (const key of Object.keys(device)) expect(DEVICE_KEYS).toContain(key)
    expect((device["identifiers"] as string[]).length).toBeGreaterThan(0)
    for (const key of ["name", "manufacturer", "model", "sw_version"])
        expect(["string", "undefined"]).toContain(typeof device[key])
    const origin = config["origin"] as Json
    expect(origin["name"]).toBeTypeOf("string")
    for (const key of Object.keys(origin)) expect(ORIGIN_KEYS).toContain(key)
    const availability = config["availability"] as Json[]
    expect(["all", "any", "latest"]).toContain(config["availability_mode"])
    for (const text of [config["state_topic"], ...availability.map(({ topic }) => topic)])
        expect(text).toMatch(/^[^\0]{1,1000}$/)
    expect([0, 1, 2]).toContain(config["qos"])
    const components = Object.values(config["components"] as Record<string, Json>)
    expect(components.length).toBeGreaterThan(0)
    return components.map(component => {
        for (const key of Object.keys(component)) expect(SENSOR_KEYS).toContain(key)
        expect(component["platform"]).toBe("sensor")
        const { device_class: deviceClass, unit_of_measurement: unit } = component
        if (deviceClass !== undefined) expect(UNITS[deviceClass as string]).toContain(unit)
        expect(STATE_CLASSES).toContain(component["state_class"])
        expect([undefined, "diagnostic"]).toContain(component["entity_category"])
        expect(component["value_template"]).toMatch(
            /^\{\{ value_json\.\w+ \| default\(None\) \}\}$/,
        )
        expect(component["unique_id"]).toBeTypeOf("string")
        return component["unique_id"] as string
    })
}
