import fc from "fast-check"
import { expect, test } from "vitest"
import { takesTopic } from "../../../../host/simulator/world/network/topic-filter"
import { checkFilter, nameInTopic } from "../../../../host/tasks/fleet/topic-name"

const level = fc.constantFrom("", "a", "b", "heapscope")
const topic = fc.array(level, { minLength: 1, maxLength: 4 }).map(levels => levels.join("/"))
const filter = fc
    .tuple(
        fc.array(fc.oneof(level, fc.constant("+")), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
    )
    .map(([levels, isOpen]) => [...levels, ...(isOpen ? ["#"] : [])].join("/"))
    .filter(text => text !== "")

test("a filter names the boards of all topics that a broker sends for it, and of no other", () => {
    fc.assert(
        fc.property(filter, topic, (filter, topic) => {
            checkFilter(filter)
            expect(nameInTopic(topic, filter) !== undefined).toBe(takesTopic(filter, topic))
        }),
    )
})

test("what stands for the wildcards is the name", () => {
    expect(nameInTopic("heapscope/kitchen", "heapscope/+")).toBe("kitchen")
    expect(nameInTopic("site/3/kitchen/heap", "site/+/+/heap")).toBe("3/kitchen")
    expect(nameInTopic("site/3/kitchen", "site/#")).toBe("3/kitchen")
    expect(nameInTopic("site/kitchen", "site/kitchen")).toBe("kitchen")
})

test("what is no filter is refused", () => {
    for (const wrong of ["", "a/#/b", "a+/b", "a/b#", "a\0"])
        expect(() => checkFilter(wrong)).toThrow("is no filter of MQTT topics")
})
