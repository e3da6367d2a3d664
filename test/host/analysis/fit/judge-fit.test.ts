import fc from "fast-check"
import { expect, it } from "vitest"
import { judgeFit, type FitFacts } from "../../../../host/analysis/fit/judge-fit"
import type { Judgement } from "../../../../host/documents/judgement"
import { JUDGEMENT_KINDS } from "../../../../host/model/judgement"

const room = (roomBytes: number, takenBytes: number) => ({
    ...{ roomBytes, takenBytes },
    marginBytes: roomBytes - takenBytes,
})
const heapOf = (mostLiveBytes: number, offBytes = 0) => ({
    ...{ capacityBytes: 40_000, mostLiveBytes, offBytes },
    marginBytes: 40_000 - mostLiveBytes,
})
const FINE: FitFacts = {
    heap: heapOf(10_000),
    judgement: { kind: "fine", severity: "good", headline: "ran 1 h", evidence: [] },
    program: room(100_000, 20_000),
    settings: room(8000, 100),
    lacks: [],
}

it("fits with a tenth of the heap and a twentieth of the room to spare, and is tight with less", () => {
    const verdictOf = (more: Partial<FitFacts>) => judgeFit({ ...FINE, ...more }).verdict
    expect(judgeFit(FINE)).toEqual({ verdict: "fits", reasons: [] })
    expect(verdictOf({ heap: heapOf(36_000) })).toBe("fits")
    expect(verdictOf({ heap: heapOf(36_001) })).toBe("tight")
    expect(verdictOf({ heap: heapOf(35_900, 101) })).toBe("tight")
    expect(verdictOf({ program: room(100_000, 95_000) })).toBe("fits")
    expect(verdictOf({ program: room(100_000, 95_001) })).toBe("tight")
    expect(verdictOf({ program: room(100_000, 100_001) })).toBe("no")
    expect(verdictOf({ settings: room(8000, 8001) })).toBe("no")
    expect(verdictOf({ lacks: ["no pin GP15"] })).toBe("no")
})

it("fits only what ran, to its end, without a complaint", () => {
    const judgement = fc.record({
        kind: fc.constantFrom(...JUDGEMENT_KINDS),
        severity: fc.constantFrom("good", "warning", "bad"),
        headline: fc.constant("it"),
        evidence: fc.constant([]),
    }) as fc.Arbitrary<Judgement>
    const facts = fc.record(
        {
            heap: fc.integer({ min: 0, max: 40_000 }).map(most => heapOf(most)),
            judgement,
            diedAtMs: fc.nat(),
        },
        { requiredKeys: [] },
    )
    fc.assert(
        fc.property(facts, given => {
            const { heap: _, judgement: __, ...rest } = FINE
            const { verdict, reasons } = judgeFit({ ...rest, ...given })
            const { heap, judgement, diedAtMs } = given
            if (verdict === "fits") {
                expect([judgement?.severity, diedAtMs]).toEqual(["good", undefined])
                expect(heap!.marginBytes).toBeGreaterThanOrEqual(4000)
            } else expect(reasons.length).toBeGreaterThan(0)
            if (!heap || !judgement) expect(verdict).toBe("unclear")
            else if (diedAtMs !== undefined || judgement.severity === "bad")
                expect(["no", "unclear"]).toContain(verdict)
        }),
    )
})
